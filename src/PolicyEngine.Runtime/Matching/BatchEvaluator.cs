using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// Evaluates plain nodes for all rows of a batch at once, each at most once and only when somebody asks. Conditions are bitmaps with
/// missing as false; `not` is the exact complement over the rows that are to be applied, and rows outside the batch's order are never
/// looked at. What has no kernel goes through
/// <see cref="RowEvaluator"/>, whose results it equals everywhere. Not for several threads.
/// </summary>
/// <remarks>Interns constants when it is made: make it while nobody else uses the key tables.</remarks>
public sealed partial class BatchEvaluator
{
    private readonly PreparedNodes _prepared;
    private readonly Node[] _nodes;
    private readonly RowEvaluator _rows;
    private readonly Vector?[] _owned;
    private readonly ulong[]?[] _masked;
    /// <summary>Boolean nodes whose bitmap is a column as it came.</summary>
    private readonly bool[] _isRaw;
    /// <summary>Of And nodes: the inputs, cheap and telling ones first.</summary>
    private readonly int[]?[] _ands;
    /// <summary>Tests of texts, and the negation of such: worth looking at few rows only.</summary>
    private readonly bool[] _isCostly;
    /// <summary>Conditions made of such.</summary>
    private readonly bool[] _holdsCostly;
    private readonly TextGroups _texts;
    private readonly PartialBits?[] _partials;
    private readonly bool[] _seenTypes;
    private readonly HandleMemo?[] _memos;
    private readonly NetworkMemo?[] _networks;
    private readonly KeyProbe[] _probes = new KeyProbe[64];
    private ulong[] _all = [];
    private ulong[] _mask = [];
    private ulong[] _spare = [];
    private ulong[] _unknown = [];
    private EventBatch _batch = null!;
    private int _capacity;
    private int _count;
    private int _words;
    private int _batchNumber;

    public BatchEvaluator(Plan plan, KeyTables tables, Lists lists)
    {
        _prepared = new PreparedNodes(plan, tables, lists);
        _nodes = _prepared.Nodes;
        _rows = new RowEvaluator(_prepared, NoFacts.Instance);
        _owned = new Vector?[_nodes.Length];
        _networks = new NetworkMemo?[_nodes.Length];
        _masked = new ulong[]?[_nodes.Length];
        _isRaw = [.. _nodes.Select(n => n.Op is Op.Field or Op.FieldByType or Op.Measure)];
        _texts = new TextGroups(_prepared);
        _ands = [.. _nodes.Select(n => n.Op == Op.And ? CheapFirst(n.Inputs) : null)];
        _isCostly = [.. _nodes.Select(n => IsCostly(n.Op == Op.Not ? _nodes[n.Inputs[0]] : n))];
        _holdsCostly = HoldCostly();
        _partials = new PartialBits?[_nodes.Length];
        _memos = new HandleMemo?[_nodes.Length];
        _seenTypes = new bool[plan.EventTypes.Count];
        Vectors = new BatchVectors(_nodes.Length, plan.Measures.Count, _texts);
    }

    /// <summary>What was computed for the batch in hand, for <see cref="RowContext.Vectors"/>.</summary>
    public BatchVectors Vectors { get; }

    /// <summary>Names of the sources by their number in the batch, UTF-8.</summary>
    public IReadOnlyList<byte[]> SourceNames
    {
        get => _rows.SourceNames;
        set => _rows.SourceNames = value;
    }

    /// <summary>Takes a batch in hand and forgets everything about the one before.</summary>
    public void Begin(EventBatch batch)
    {
        _batch = batch;
        _batchNumber++;
        if (batch.Capacity > _capacity) Resize(batch.Capacity);
        _count = batch.Count;
        _words = (_count + 63) >> 6;
        TakeRows(batch);
        TakeTypes(batch);
        Vectors.Begin();
        foreach (var (node, values) in batch.Ahead) Vectors.Set(node, values);
        foreach (var group in _texts.All) group.Begin(_batchNumber, _all, _words);
    }

    /// <summary>Some row to be applied is an event of this type.</summary>
    internal bool HasType(int type) => _seenTypes[type];

    /// <summary>Gives the values of a measure for the batch; before anyone asks for a node that reads it. Rows not present are missing.</summary>
    public void SetMeasure(int measure, Vector values) => Vectors.SetMeasure(measure, values);

    /// <summary>
    /// The truth of a boolean node for the rows to be applied, as the first (Count + 63) / 64 words. Only to be read, until the next
    /// batch.
    /// </summary>
    public ulong[] Bits(int node)
    {
        if (!_isRaw[node]) return Vectors.Find(node)?.Bits ?? Vector(node).Bits;
        // These are as they came, with rows that are not looked at.
        var known = _masked[node] ??= new ulong[_all.Length];
        Vector(node).Bits.AsSpan(0, _words).CopyTo(known);
        Bitmaps.And(known.AsSpan(0, _words), _all.AsSpan(0, _words));
        return known;
    }

    /// <summary>The values of a plain node for the rows to be applied. Only to be read, until the next batch.</summary>
    public Vector Vector(int node)
    {
        if (Vectors.Find(node) is { } known) return known;
        var asked = _nodes[node];
        return asked.Op switch
        {
            Op.Field => _batch.Columns[asked.Target],
            Op.FieldByType when OnlyColumn(asked) is >= 0 and var column => _batch.Columns[column],
            Op.Measure => Vectors.FindMeasure(asked.Target) ?? Vectors.Set(node, Empty(asked)),
            _ => Vectors.Set(node, Compute(asked)),
        };
    }

    /// <summary>Rows that are not to be applied hold no handles and are not looked at.</summary>
    private void TakeRows(EventBatch batch)
    {
        if (batch.OrderCount == _count)
        {
            Bitmaps.FillRows(_all.AsSpan(0, _words), _count);
            return;
        }
        _all.AsSpan(0, _words).Clear();
        foreach (var row in batch.Order.AsSpan(0, batch.OrderCount))
            _all[row >> 6] |= 1UL << (row & 63);
    }

    private void TakeTypes(EventBatch batch)
    {
        Array.Clear(_seenTypes);
        foreach (var row in Rows)
            _seenTypes[batch.Types[row]] = true;
    }

    private Vector Compute(Node node) => IsCondition(node) ? Condition(node) : IsHandle(node) ? HandleVector(node) : ValueVector(node);

    /// <summary>The general way: the inputs as vectors, the node itself by the row evaluator.</summary>
    private Vector RowByRow(Node node)
    {
        foreach (var input in node.Inputs)
        {
            if (_nodes[input].Op is not Op.Constant) Vector(input);
        }
        var result = Own(node);
        if (IsCondition(node)) FillConditions(node, result);
        else FillValues(node, result);
        return result;
    }

    private void FillConditions(Node node, Vector result)
    {
        result.Bits.AsSpan(0, _words).Clear();
        foreach (var row in Rows)
        {
            if (_rows.IsTrue(node.Id, At(row))) result.SetTrue(row);
        }
    }

    private void FillValues(Node node, Vector result)
    {
        var writer = new VectorWriter(result, _count, _capacity);
        foreach (var row in Rows)
            writer.Set(row, _rows.Evaluate(node.Id, At(row)));
    }

    private RowSet Rows => new(_all.AsSpan(0, _words));

    private RowContext At(int row) => new() { Batch = _batch, Row = row, Tau = _batch.Taus[row], Vectors = Vectors };

    private Vector Empty(Node node)
    {
        var result = Own(node);
        result.Clear(_count);
        return result;
    }

    /// <summary>The vector that a node keeps from batch to batch.</summary>
    private Vector Own(Node node) => _owned[node.Id] ??= NewVector(node);

    private Vector NewVector(Node node)
    {
        if (IsCondition(node)) return new Vector(_all);
        if (IsHandle(node)) return new Vector(ValueKind.Entity, _capacity, handles: true);
        var slices = node.Kind is ValueKind.Text or ValueKind.Entity or ValueKind.List;
        return new Vector(node.Kind, _capacity, slices, handles: _prepared.Domain(node.Id) >= 0);
    }

    private void Resize(int capacity)
    {
        _capacity = capacity;
        _all = new ulong[(capacity + 63) >> 6];
        _mask = new ulong[_all.Length];
        _spare = new ulong[_all.Length];
        _unknown = new ulong[_all.Length];
        _words = 0;
        Array.Clear(_owned);
        Array.Clear(_masked);
        Array.Clear(_partials);
    }

    /// <summary>Types, then equalities, then other tests, then texts: an empty intersection ends an And.</summary>
    private int[] CheapFirst(int[] inputs) => [.. inputs.OrderBy(Cost)];

    private bool IsCostly(Node node) => _texts.Of(node.Id) is not null ||
        (node.Op == Op.TextTest && node.Inputs.Length == 1 && _nodes[node.Inputs[0]].Op != Op.Constant);

    private int Cost(int id)
    {
        var node = _nodes[id];
        return node.Op switch
        {
            Op.IsType => 0,
            _ when _texts.Of(id) is { } slot => slot.IsExact ? 50 : 100,
            Op.Equal => 1,
            Op.Not => Cost(node.Inputs[0]),
            Op.And or Op.Or or Op.AtLeast => 3 + node.Inputs.Select(Cost).DefaultIfEmpty().Max(),
            Op.TextTest => _prepared.Domain(node.Inputs[0]) < 0 ? 100 : 60,
            _ => 2,
        };
    }

    private bool[] HoldCostly()
    {
        var holds = new bool[_nodes.Length];
        foreach (var node in _nodes)
            holds[node.Id] = _isCostly[node.Id] || (node.Op is Op.And or Op.Or or Op.Not or Op.AtLeast && node.Inputs.Any(i => holds[i]));
        return holds;
    }

    private static bool IsHandle(Node node) => node.Op is Op.Handle or Op.CompositeKey or Op.NoKey;

    /// <summary>Conditions are never missing: they share the bitmap of all rows as their presence.</summary>
    private static bool IsCondition(Node node) => node.Op is Op.IsType or Op.Fired or (>= Op.And and <= Op.HasLabel);
}
