using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// All tests of one text (folded or as it is) that share an index: a row's text is gone through once, whoever asks first, and from
/// then on every one of them is known there.
/// </summary>
internal sealed class TextGroup
{
    private readonly List<TextSlot> _touched = [];
    private readonly LiteralMemo _memo = new();
    private LiteralSearch? _search;
    private int[] _starts = [];
    private TextSlot[] _targets = [];
    private ulong[] _all = [];
    private ulong[] _known = [];
    private Vector? _nowhere;
    private int _batch = -1;
    private long _look;

    public TextGroup(Node source, bool ignoringCase)
    {
        Source = source;
        IgnoringCase = ignoringCase;
    }

    /// <summary>The text that is tested.</summary>
    public Node Source { get; }

    public bool IgnoringCase { get; }

    public IReadOnlyList<TextSlot> Slots { get; private set; } = [];

    /// <summary>Tests for which something was found in this batch, on the rows known so far.</summary>
    public IReadOnlyList<TextSlot> Touched => _touched;

    /// <summary>Known on all rows of the batch.</summary>
    public bool IsComplete { get; private set; }

    /// <param name="targets">By literal of the index: the tests that it counts for.</param>
    public void Take(LiteralIndex index, IReadOnlyList<TextSlot> slots, IReadOnlyList<IReadOnlyList<TextSlot>> targets)
    {
        _search = new LiteralSearch(index, IgnoringCase);
        Slots = slots;
        _starts = new int[targets.Count + 1];
        for (var i = 0; i < targets.Count; i++) _starts[i + 1] = _starts[i] + targets[i].Count;
        _targets = [.. targets.SelectMany(t => t)];
    }

    /// <param name="all">Rows of the batch to be applied; kept.</param>
    public void Begin(int batch, ulong[] all, int words)
    {
        _batch = batch;
        if (!ReferenceEquals(_all, all))
        {
            _all = all;
            _known = new ulong[all.Length];
            _nowhere = new Vector(all);
        }
        _known.AsSpan(0, words).Clear();
        _touched.Clear();
        IsComplete = false;
    }

    /// <summary>Which of the rows have not been looked at; from now on they count as known.</summary>
    public void Ask(ReadOnlySpan<ulong> rows, Span<ulong> unknown)
    {
        var complete = true;
        for (var word = 0; word < rows.Length; word++)
        {
            unknown[word] = rows[word] & ~_known[word];
            _known[word] |= rows[word];
            complete &= _known[word] == _all[word];
        }
        IsComplete = complete;
    }

    /// <param name="handle">By which the text's literals can be recalled; −1 without.</param>
    public void Look(int row, ReadOnlySpan<byte> text, int handle)
    {
        var found = _search!.Find(text);
        if (handle >= 0) _memo.Keep(handle, found);
        Add(row, found);
    }

    /// <summary>The same for a text that was looked at before; false when that is forgotten.</summary>
    public bool TryRecall(int row, int handle)
    {
        if (!_memo.TryRecall(handle, out var found)) return false;
        Add(row, found);
        return true;
    }

    private void Add(int row, ReadOnlySpan<int> found)
    {
        _look++;
        foreach (var literal in found)
        {
            for (var at = _starts[literal]; at < _starts[literal + 1]; at++)
            {
                var slot = _targets[at];
                if (slot.Count(_look) && slot.Add(row, _batch, _all)) _touched.Add(slot);
            }
        }
    }

    /// <summary>Where the literals of a test were found, on the rows known so far.</summary>
    public Vector Found(TextSlot slot) => slot.Batch == _batch ? slot.Rows! : _nowhere!;

    /// <summary>What is known of a test on all rows; null while that is not enough to say where it holds.</summary>
    public Vector? Known(TextSlot slot) => IsComplete && IsSettled(slot) ? Found(slot) : null;

    /// <summary>What is known of a test on one row; null while that is not enough to say whether it holds there.</summary>
    public Vector? Known(TextSlot slot, int row) => (_known[row >> 6] >> (row & 63) & 1) != 0 && IsSettled(slot) ? Found(slot) : null;

    private bool IsSettled(TextSlot slot) => slot.IsExact || slot.Batch != _batch;
}
