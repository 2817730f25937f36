using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>
/// Conditions that hang on events and on labels and scores of their entities, as bitmaps of a stretch: each row at its own time, but
/// with what there is when the stretch begins. Rows of entities of whom something changes later must be looked at again.
/// </summary>
internal sealed class StateColumns
{
    private const int Ahead = 16;

    private readonly Node[] _nodes;
    private readonly StateNodes _conditions;
    private readonly StateMemo _memo;
    private readonly BatchEvaluator _evaluator;
    private readonly Stretch _stretch;
    private readonly ulong[]?[] _truths;
    private readonly long[] _truthsOf;
    private readonly ulong[]?[] _bits;
    private readonly long[] _bitsOf;
    private readonly List<(int Domain, Vector Handles)> _entities = [];

    public StateColumns(Plan plan, RowEvaluator rows, BatchEvaluator evaluator, Stretch stretch)
    {
        _nodes = [.. plan.Nodes];
        _conditions = rows.Conditions;
        _memo = rows.Memo!;
        _evaluator = evaluator;
        _stretch = stretch;
        (_truths, _truthsOf) = (new ulong[_nodes.Length][], new long[_nodes.Length]);
        (_bits, _bitsOf) = (new ulong[_nodes.Length][], new long[_nodes.Length]);
    }

    /// <summary>On whom the conditions hang that were asked for in this stretch: domains and handles by row.</summary>
    public IReadOnlyList<(int Domain, Vector Handles)> Entities => _entities;

    public void Begin() => _entities.Clear();

    /// <summary>What must hold wherever a condition does, and is to be had as a bitmap, beside what is plain.</summary>
    public IEnumerable<int> PartsOf(int condition) => _conditions.CheapPartsOf(condition).Where(_conditions.IsColumn);

    /// <summary>A condition that <see cref="StateNodes.IsColumn"/>. Bits of rows outside the stretch say nothing. Only to be read.</summary>
    public ulong[] Bits(int condition)
    {
        var node = _nodes[condition];
        if (node.IsPlain) return _evaluator.Bits(condition);
        var bits = _bits[condition] ??= new ulong[_stretch.Rows.Length];
        if (_bitsOf[condition] == _stretch.Number) return bits;
        _bitsOf[condition] = _stretch.Number;
        if (_conditions.Place(condition) >= 0) Take(_conditions.Entity(condition), _conditions.Place(condition), bits);
        else Join(node, bits);
        return bits;
    }

    private void Take(int entity, int place, ulong[] bits)
    {
        Array.Clear(bits);
        var truths = TruthsOf(entity);
        foreach (var row in _stretch.InOrder)
        {
            bits[row >> 6] |= (truths[row] >> place & 1) << (row & 63);
        }
    }

    private ulong[] TruthsOf(int entity)
    {
        var truths = _truths[entity] ??= new ulong[_stretch.Order.Length];
        if (_truthsOf[entity] == _stretch.Number) return truths;
        _truthsOf[entity] = _stretch.Number;
        var domain = _nodes[entity].Domain;
        var vector = _evaluator.Vector(entity);
        var (handles, present) = (vector.Handles, vector.Present);
        _entities.Add((domain, vector));
        var order = _stretch.InOrder;
        for (var i = 0; i < order.Length; i++)
        {
            if (i + Ahead < order.Length) _memo.AskFor(domain, handles[order[i + Ahead]]);
            var row = order[i];
            var handle = (present[row >> 6] >> (row & 63) & 1) != 0 ? handles[row] : -1;
            truths[row] = _memo.Of(domain, handle, _stretch.Batch.Taus[row]);
        }
        return truths;
    }

    private void Join(Node node, ulong[] bits)
    {
        switch (node.Op)
        {
            case Op.Not:
                Bitmaps.Complement(bits, Bits(node.Inputs[0]), _stretch.Rows);
                break;
            case Op.And:
                _stretch.Rows.AsSpan().CopyTo(bits);
                foreach (var input in node.Inputs) Bitmaps.And(bits, Bits(input).AsSpan(0, bits.Length));
                break;
            case Op.Or:
                Array.Clear(bits);
                foreach (var input in node.Inputs) Bitmaps.Or(bits, Bits(input).AsSpan(0, bits.Length));
                break;
            default:
                AtLeast(node, bits);
                break;
        }
    }

    private void AtLeast(Node node, ulong[] bits)
    {
        Array.Clear(bits);
        foreach (var row in _stretch.InOrder)
        {
            var count = 0;
            foreach (var input in node.Inputs)
                if ((Bits(input)[row >> 6] >> (row & 63) & 1) != 0) count++;
            if (count >= node.Target) bits[row >> 6] |= 1UL << (row & 63);
        }
    }
}
