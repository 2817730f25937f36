using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>A family with the nodes that feed it under the plan in force.</summary>
internal sealed class FamilyUnit(Family family, long? started) : IGapAmount
{
    private static readonly ulong[] None = [];
    private static readonly ulong[]?[] NoParts = [];
    private int[] _readerTypes = [];
    private int[] _readerScreens = [];
    // Set where values are asked for on the rows of screens.
    private bool _hasScreens;
    private ulong[] _readers = [];
    // More than one where some members count a part of the events only.
    private int[] _feeds = [];
    private ulong[] _fed = [];
    private ulong[]?[] _numeratorScratch = [];
    private ulong[]?[] _numerators = [];
    private ulong[]?[] _parts = [];
    private Vector?[] _amounts = [];
    private Vector?[] _scratch = [];
    private RowEvaluator? _rows;
    private EventBatch? _batch;

    public Family Family { get; } = family;

    public IReadOnlyList<MeasurePlan> Members { get; private set; } = [];

    public Vector[] Results { get; private set; } = [];

    /// <summary>Which measures of the plan are which slots here; two names of one definition share a slot.</summary>
    public IReadOnlyList<(int Measure, int Slot)> Places { get; set; } = [];

    /// <summary>How many measures deep its members count.</summary>
    public int Depth { get; private set; }

    /// <summary>The same with what the screens of their readers read; those only ever read measures that count no others.</summary>
    public int ReadingDepth { get; private set; }

    public long? Started { get; private set; } = started;

    public bool IsSequential => Members[0].IsSequential;

    public int AfterStratum => Members[0].AfterStratum;

    /// <summary>Plain bitmap nodes; a row that could enter is in one of them.</summary>
    public IReadOnlyList<int> FeedScreens { get; private set; } = [];

    public void Start(long tau) => Started ??= tau;

    public int SlotOf(string hash)
    {
        for (var i = 0; i < Members.Count; i++)
            if (Members[i].Hash == hash) return i;
        return -1;
    }

    public void Bind(Plan plan, IReadOnlyList<MeasurePlan> members, int batchSize)
    {
        // One measure of a family that must be kept row by row makes all of it so; the stratum is the latest that any waits for.
        var sequential = members.Any(m => m.IsSequential);
        Members = sequential
            ? [.. members.Select(m => m with { IsSequential = true, AfterStratum = members.Max(x => x.AfterStratum) })] : members;
        Family.Rebind(Members);
        Depth = members.Max(m => DepthOf(plan, m, false, []));
        ReadingDepth = members.Max(m => DepthOf(plan, m, true, []));
        var words = (batchSize + 63) >> 6;
        _readers = new ulong[words];
        _numeratorScratch = new ulong[]?[members.Count];
        ReadOnAllRows();
        _numerators = new ulong[]?[members.Count];
        _parts = new ulong[]?[members.Count];
        _fed = new ulong[words];
        _feeds = [.. Members.Select(m => m.Feed).Distinct()];
        FeedScreens = [.. Members.Select(m => m.FeedScreen).Distinct()];
        _amounts = new Vector?[members.Count];
        _scratch = [.. members.Select(m => ScratchFor(plan, m, batchSize))];
        Results = [.. members.Select(m => new Vector(m.Result, batchSize, handles: m.Result == m.AmountKind && m.AmountDomain >= 0))];
    }

    /// <summary>Values are asked for on rows of which no screen knows.</summary>
    public void ReadOnAllRows()
    {
        _readerTypes = [.. Members.SelectMany(m => m.ReaderTypes).Distinct().Order()];
        _readerScreens = [];
        _hasScreens = false;
    }

    /// <summary>
    /// Values are asked for where the screens of their readers hold, all of whose own measures come before. Lazy ones need all rows on
    /// which they may be asked for to be looked at, but no more.
    /// </summary>
    public void ReadOnScreens()
    {
        var waiting = Members.Where((_, slot) => Family.IsLazy(slot)).ToList();
        var others = Members.Except(waiting).ToList();
        _readerTypes = [.. others.Where(m => m.ReaderScreen < 0).Concat(waiting).SelectMany(m => m.ReaderTypes).Distinct().Order()];
        _readerScreens = [.. others.Where(m => m.ReaderScreen >= 0).Select(m => m.ReaderScreen).Distinct()];
        _hasScreens = true;
    }

    public void Apply(EventBatch batch, ReadOnlySpan<int> order, BatchEvaluator evaluator, RowEvaluator rows, TypeRows types)
    {
        types.Union(_readerTypes, _readers);
        foreach (var screen in _readerScreens)
        {
            var rowsOfScreen = evaluator.Bits(screen);
            for (var w = 0; w < _readers.Length; w++) _readers[w] |= rowsOfScreen[w];
        }
        var feed = Feed(evaluator);
        Gather(evaluator);
        _rows = rows;
        _batch = batch;
        var input = new FamilyInput
        {
            Key = evaluator.Vector(Members[0].Key), Feed = feed, Readers = _readers, Numerators = _numerators, Amounts = _amounts, Parts = _parts,
            Gap = this,
        };
        Family.Apply(batch, order, input, Results);
    }

    /// <summary>Counts rows of which it is known that they feed; what they bring lies in columns.</summary>
    public void Enter(EventBatch batch, ReadOnlySpan<int> order, ulong[] feed, BatchEvaluator evaluator)
    {
        Gather(evaluator);
        Array.Clear(_readers);
        var input = new FamilyInput
        {
            Key = evaluator.Vector(Members[0].Key), Feed = feed, Readers = _readers, Numerators = _numerators, Amounts = _amounts,
            Parts = NoParts,
        };
        Family.Apply(batch, order, input, Results);
    }

    /// <summary>The values of lazy measures, once all else that their screens read is known.</summary>
    public void ApplyLazy(EventBatch batch, ReadOnlySpan<int> order, BatchEvaluator evaluator, TypeRows types)
    {
        Family.AskNobody(_readers.Length);
        for (var slot = 0; slot < Members.Count; slot++)
        {
            if (!Family.IsLazy(slot)) continue;
            var screen = _hasScreens ? Members[slot].ReaderScreen : -1;
            if (screen < 0) types.Union(Members[slot].ReaderTypes, _readers);
            Family.Ask(slot, screen < 0 ? _readers : evaluator.Bits(screen));
            if (!_hasScreens) Family.Ask(slot, evaluator.Bits(Members[slot].Feed));
        }
        Family.ReadLazy(batch, order, Results);
    }

    /// <summary>Counts one row if it feeds; the handle of its key, −1 when it does not or has none.</summary>
    public int Enter(EventBatch batch, int row, RowEvaluator rows, in RowContext context)
    {
        if (!IsFed(rows, context)) return -1;
        Start(context.Tau);
        var key = rows.Handle(Members[0].Key, context);
        for (var slot = 0; slot < Members.Count; slot++) Put(slot, row, rows, context);
        _rows = rows;
        _batch = batch;
        var input = new FamilyInput { Key = null!, Feed = None, Readers = None, Numerators = _numerators, Amounts = _amounts, Parts = NoParts, Gap = this };
        Family.Enter(key, context.Tau, context.Ordinal, row, input);
        return key;
    }

    public MeasureValue Evaluate(int slot, int row, MeasureValue gap)
    {
        var context = new RowContext { Batch = _batch, Row = row, Tau = _batch!.Taus[row], Gap = gap.IsPresent ? gap.Bits : -1 };
        var value = _rows!.Evaluate(Members[slot].Amount, context);
        if (value.IsMissing) return MeasureValue.Missing;
        return value.Kind is ValueKind.Number or ValueKind.Share or ValueKind.Rate ? MeasureValue.Of(value.Double) : MeasureValue.Of(value.Long);
    }

    public void Evict(int cap, KeyTables tables)
    {
        if (Family.Keys <= cap) return;
        var domain = Members[0].KeyDomain;
        Family.Evict(cap, (a, b) => tables.Compare(domain, a, b));
    }

    private ulong[] Feed(BatchEvaluator evaluator)
    {
        if (_feeds.Length == 1) return evaluator.Bits(_feeds[0]);
        Array.Clear(_fed);
        foreach (var feed in _feeds)
        {
            var bits = evaluator.Bits(feed);
            for (var w = 0; w < _fed.Length; w++) _fed[w] |= bits[w];
        }
        return _fed;
    }

    private bool IsFed(RowEvaluator rows, in RowContext context)
    {
        foreach (var feed in _feeds)
            if (rows.IsTrue(feed, context)) return true;
        return false;
    }

    private void Gather(BatchEvaluator evaluator)
    {
        for (var slot = 0; slot < Members.Count; slot++)
        {
            var member = Members[slot];
            _parts[slot] = _feeds.Length > 1 ? evaluator.Bits(member.Feed) : null;
            _numerators[slot] = member.Numerator >= 0 ? evaluator.Bits(member.Numerator) : null;
            _amounts[slot] = member.Amount >= 0 && !member.AmountReadsGap ? evaluator.Vector(member.Amount) : null;
        }
    }

    private void Put(int slot, int row, RowEvaluator rows, in RowContext context)
    {
        var member = Members[slot];
        if (member.Numerator >= 0)
        {
            _numerators[slot] = _numeratorScratch[slot] ??= new ulong[_readers.Length];
            Assign(_numerators[slot]!, row, rows.IsTrue(member.Numerator, context));
        }
        if (member.Amount < 0 || member.AmountReadsGap) return;
        var vector = _scratch[slot]!;
        _amounts[slot] = vector;
        if (_feeds.Length > 1 && !rows.IsTrue(member.Feed, context))
        {
            Assign(vector.Present, row, false);
            return;
        }
        var isHandle = member.AmountDomain >= 0;
        var value = isHandle ? default : rows.Evaluate(member.Amount, context);
        var handle = isHandle ? rows.Handle(member.Amount, context) : -1;
        Assign(vector.Present, row, isHandle ? handle >= 0 : !value.IsMissing);
        if (isHandle) vector.Handles[row] = handle;
        else if (vector.Doubles.Length > 0) vector.Doubles[row] = value.IsMissing ? 0 : value.AsDouble;
        else vector.Longs[row] = value.IsMissing ? 0 : value.Long;
    }

    private static void Assign(ulong[] bits, int row, bool value)
    {
        var mask = 1UL << (row & 63);
        if (value) bits[row >> 6] |= mask;
        else bits[row >> 6] &= ~mask;
    }

    private static Vector? ScratchFor(Plan plan, MeasurePlan member, int batchSize) =>
        member.Amount < 0 ? null : new Vector(plan.Nodes[member.Amount].Kind, batchSize, handles: member.AmountDomain >= 0);

    private static int DepthOf(Plan plan, MeasurePlan measure, bool screens, Dictionary<int, int> known) =>
        new[] { measure.Feed, measure.Key, measure.Amount, measure.Numerator, !screens || measure.CanBeLazy ? -1 : measure.ReaderScreen }
            .Where(n => n >= 0).Select(n => DepthOf(plan, n, screens, known)).DefaultIfEmpty().Max();

    private static int DepthOf(Plan plan, int id, bool screens, Dictionary<int, int> known)
    {
        if (known.TryGetValue(id, out var depth)) return depth;
        var node = plan.Nodes[id];
        depth = node.Inputs.Select(i => DepthOf(plan, i, screens, known)).DefaultIfEmpty().Max();
        if (node.Op == Op.Measure) depth = Math.Max(depth, 1 + DepthOf(plan, plan.Measures[node.Target], screens, known));
        return known[id] = depth;
    }
}
