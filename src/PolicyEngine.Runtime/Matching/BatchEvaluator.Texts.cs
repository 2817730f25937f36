using static System.Numerics.BitOperations;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>Tests of one text against constants or a list: by index, by what is remembered, and where only few rows are left.</summary>
public sealed partial class BatchEvaluator
{
    /// <summary>Rows of which a costly condition is asked one by one: at most one in so many.</summary>
    private const int OneInFew = 16;

    internal TextGroups Texts => _texts;

    /// <summary>Whether a condition looks at a text, or is made of such that do.</summary>
    internal bool LooksAtText(int node) => _holdsCostly[node];

    /// <summary>The rows to be applied.</summary>
    internal ReadOnlySpan<ulong> All(int words) => _all.AsSpan(0, words);

    /// <summary>Whether a plain condition holds on a row to be applied.</summary>
    internal bool IsTrue(int node, int row) => _rows.IsTrue(node, At(row));

    /// <summary>Makes every test of a group known on these rows.</summary>
    internal void Know(TextGroup group, ReadOnlySpan<ulong> rows)
    {
        var source = group.Source;
        if (group.IsComplete) return;
        var input = Vector(source.Id);
        var unknown = Words(_unknown);
        group.Ask(rows, unknown);
        Bitmaps.And(unknown, Words(input.Present));
        var isInterned = _prepared.Domain(source.Id) >= 0 && input.Handles.Length > 0;
        foreach (var row in new RowSet(unknown))
        {
            if (!isInterned || !group.TryRecall(row, input.Handles[row]))
                group.Look(row, _rows.Read(source, input, row).Utf8, isInterned ? input.Handles[row] : -1);
        }
    }

    private bool IsFew(ReadOnlySpan<ulong> rows)
    {
        var count = 0;
        foreach (var word in rows) count += PopCount(word);
        return count * OneInFew <= _count;
    }

    private bool AndRows(Span<ulong> bits, ReadOnlySpan<ulong> left, int node)
    {
        var any = false;
        // The two may be one: a word of what is left is read before its rows are written.
        for (var word = 0; word < _words; word++)
        {
            var (asked, holds) = (left[word], 0UL);
            for (; asked != 0; asked &= asked - 1)
            {
                if (IsTrue(node, (word << 6) + TrailingZeroCount(asked))) holds |= asked & (~asked + 1);
            }
            bits[word] = holds;
            any |= holds != 0;
        }
        return any;
    }

    /// <summary>Looks at a text only on the rows that are left, and remembers what it saw for other rules.</summary>
    private bool AndCostly(Span<ulong> bits, ReadOnlySpan<ulong> left, Node node)
    {
        var negated = node.Op == Op.Not;
        var test = negated ? _nodes[node.Inputs[0]] : node;
        var slot = _texts.Of(test.Id);
        if (slot is not null) Know(slot.Group, left);
        var holds = slot is { IsExact: true } ? slot.Group.Found(slot).Bits : LookAt(test, slot, left);
        for (var word = 0; word < _words; word++)
            bits[word] = left[word] & (negated ? ~holds[word] : holds[word]);
        return !Bitmaps.IsEmpty(bits);
    }

    private ulong[] LookAt(Node test, TextSlot? slot, ReadOnlySpan<ulong> rows)
    {
        var source = _nodes[test.Inputs[0]];
        var input = Vector(source.Id);
        var partial = _partials[test.Id] ??= new PartialBits(_all.Length);
        partial.Begin(_batchNumber);
        var asked = Words(_mask);
        for (var word = 0; word < _words; word++)
        {
            asked[word] = rows[word] & ~partial.Known[word] & input.Present[word];
            partial.Known[word] |= rows[word];
        }
        if (slot is not null) Bitmaps.And(asked, Words(slot.Group.Found(slot).Bits));
        TestRows(test, source, input, partial.Bits);
        return partial.Bits;
    }

    /// <summary>A test of one column against constants or a list. Interned values are remembered, others looked at row by row.</summary>
    private Vector TestAlone(Node node)
    {
        if (_nodes[node.Inputs[0]].Op == Op.Constant) return RowByRow(node);
        if (_texts.Of(node.Id) is { } slot) return TestFound(node, slot);
        var input = Vector(node.Inputs[0]);
        var result = Own(node);
        Words(result.Bits).Clear();
        Operands.Mask(input, _all, Words(_mask));
        var source = _nodes[node.Inputs[0]];
        TestRows(node, source, input, result.Bits);
        return result;
    }

    private Vector TestFound(Node node, TextSlot slot)
    {
        Know(slot.Group, Words(_all));
        var found = slot.Group.Found(slot);
        if (slot.IsExact) return found;
        var source = _nodes[node.Inputs[0]];
        var input = Vector(source.Id);
        var result = Own(node);
        Words(result.Bits).Clear();
        Words(found.Bits).CopyTo(_mask);
        TestRows(node, source, input, result.Bits);
        return result;
    }

    /// <summary>The rows of the mask on which a test holds are added to the bits.</summary>
    private void TestRows(Node node, Node source, Vector input, ulong[] bits)
    {
        if (_prepared.Domain(source.Id) >= 0 && input.Handles.Length > 0 && IsFixed(node)) TestHandles(node, source, input, bits);
        else TestValues(node, source, input, bits);
    }

    private void TestHandles(Node node, Node source, Vector input, ulong[] bits)
    {
        var memo = _memos[node.Id] ??= new HandleMemo();
        memo.Keep(node.Target >= 0 ? _prepared.Lists[node.Target].Version : 0);
        foreach (var row in new RowSet(Words(_mask)))
        {
            var handle = input.Handles[row];
            var answer = memo.Find(handle);
            if (answer < 0)
            {
                var holds = _rows.TestAlone(node, _rows.Read(source, input, row), _batch.Taus[row]);
                memo.Set(handle, holds);
                answer = holds ? 1 : 0;
            }
            if (answer > 0) bits[row >> 6] |= 1UL << (row & 63);
        }
    }

    private void TestValues(Node node, Node source, Vector input, ulong[] bits)
    {
        foreach (var row in new RowSet(Words(_mask)))
        {
            if (_rows.TestAlone(node, _rows.Read(source, input, row), _batch.Taus[row])) bits[row >> 6] |= 1UL << (row & 63);
        }
    }

    /// <summary>The answer depends on the value alone until the list is edited.</summary>
    private bool IsFixed(Node node) => node.Target < 0 || !_prepared.Lists[node.Target].HasEnds;
}
