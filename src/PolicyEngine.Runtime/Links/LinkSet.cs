using PolicyEngine.Runtime.Decisions;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.State;

namespace PolicyEngine.Runtime.Links;

/// <summary>
/// The links of a plan and the members around values, with what events and labels do to them. State outlives plans: what a new plan
/// defines as before is kept (J5); the rest begins empty.
/// </summary>
internal sealed partial class LinkSet(KeyTables tables, LabelStore labels, MarkSet marks, Timers timers)
{
    private readonly LabelWatches _watches = new(labels, tables, timers);
    private readonly Dictionary<string, ITied> _byHash = [];
    private LinkGraph[] _graphs = [];
    private (AroundTable Table, int Watch)[] _arounds = [];
    private ITied[] _tied = [];
    private long[] _due = [];
    private Tie[] _plain = [];
    private (int AfterStratum, Tie Tie)[] _sequential = [];
    private long[] _steps = [];
    private ulong[] _begin = [];
    private ulong[] _sequentialRows = [];
    private bool _hasJoinRules;
    private GroupMeasure[] _perGroup = [];
    private GroupMeasure[] _plainPerGroup = [];

    /// <summary>Nothing in the plan speaks of links.</summary>
    public bool IsEmpty => _tied.Length == 0;

    public Plan Plan { get; private set; } = null!;

    /// <summary>The instant in which groups change.</summary>
    public long Tau { get; private set; } = long.MinValue;

    /// <summary>Groups change because of a boundary, not of an event.</summary>
    public bool IsBoundary { get; private set; }

    public LinkGraph Graph(int link) => _graphs[link];

    /// <param name="tau">The clock.</param>
    /// <param name="groupState">What rules and labels keep per group of a link.</param>
    public void Bind(Plan plan, int batchSize, long tau, Func<LinkPlan, LinkGraph, IGroupParts> groupState)
    {
        Plan = plan;
        Tau = tau;
        BindStarts(plan, tau);
        _watches.Bind(plan);
        labels.OnChanged = null;
        var kept = new Dictionary<string, ITied>(_byHash);
        _byHash.Clear();
        _graphs = [.. plan.Links.Select(l => BindGraph(l, kept))];
        var tables = plan.Arounds.GroupBy(a => a.EdgeHash).ToDictionary(g => g.Key, g => BindAround([.. g], kept));
        _arounds = [.. plan.Arounds.Select(a => (tables[a.EdgeHash].Table, a.Label < 0 ? -1 : tables[a.EdgeHash].Labels.IndexOf((a.Label, a.View))))];
        _tied = [.. _graphs, .. tables.Values.Select(t => t.Table)];
        _due = [.. _tied.Select(_ => long.MaxValue)];
        _steps = [.. _tied.Select(t => t.Step).Distinct()];
        BindTies(plan, batchSize);
        labels.OnChanged = Changed;
        for (var i = 0; i < _tied.Length; i++)
            if (tau != long.MinValue) SetTimer(i, _tied[i].NextBoundary(tau));
        BindGroups(plan, groupState);
    }

    /// <summary>Lengths of the cells between whose boundaries edges only begin; batches are cut there (B1, F2).</summary>
    public IReadOnlyList<long> Steps => _steps;

    /// <summary>Known edges of a stretch; what is new waits for its row.</summary>
    public void Screen(EventBatch batch, ReadOnlySpan<int> order, BatchEvaluator evaluator)
    {
        Array.Clear(_begin);
        if (order.Length == 0) return;
        Start(batch.Taus[order[0]]);
        foreach (var measure in _plainPerGroup) measure.Screen(evaluator);
        foreach (var tie in _plain) tie.Screen(batch, order, evaluator, _begin);
        Array.Clear(_sequentialRows);
        foreach (var (_, tie) in _sequential)
        {
            var feed = evaluator.Bits(tie.Plan.FeedScreen);
            for (var w = 0; w < _sequentialRows.Length; w++) _sequentialRows[w] |= feed[w];
        }
        foreach (var measure in _perGroup)
        {
            if (!measure.Plan.IsSequential) continue;
            var feed = evaluator.Bits(measure.Plan.FeedScreen);
            for (var w = 0; w < _sequentialRows.Length; w++) _sequentialRows[w] |= feed[w];
        }
    }

    /// <summary>Rows of the stretch that tie, or count for groups, and so must have their turn.</summary>
    public void CollectRows(StateColumns columns, Stretch stretch, BatchEvaluator evaluator, ulong[] into)
    {
        if (IsEmpty) return;
        Unite(into, _begin);
        foreach (var measure in _plainPerGroup) Unite(into, evaluator.Bits(measure.Plan.Feed));
        foreach (var (_, tie) in _sequential) tie.CollectRows(columns, stretch, evaluator, into);
        foreach (var measure in _perGroup)
            if (measure.Plan.IsSequential) Unite(into, evaluator.Bits(measure.Plan.FeedScreen));
    }

    /// <summary>Rows up to this time have had their turn.</summary>
    public void Pass(long tau)
    {
        if (!IsEmpty && tau > Tau) SetTau(tau);
    }

    /// <summary>New edges of a row, and what groups count of it, before any rule looks at it.</summary>
    public void Enter(RowEvaluator rows, in RowContext context)
    {
        ForgetJoined();
        var (row, tau) = (context.Row, context.Tau);
        SetTau(tau);
        if ((_begin[row >> 6] >> (row & 63) & 1) != 0)
            foreach (var tie in _plain)
                if (tie.Enter(row, tau)) NoteEntered(tie.Tied, tau);
        foreach (var measure in _plainPerGroup) measure.Count(row, rows, context);
    }

    /// <summary>Rules upon joining look at the event in hand although none of them stands on it.</summary>
    public bool HasJoined => _hasJoinRules && AnyJoined;

    /// <summary>The row may tie, or be counted for groups, after some stratum.</summary>
    public bool IsCounted(int row) => (_sequentialRows[row >> 6] >> (row & 63) & 1) != 0;

    public void EnterAfter(int stratum, RowEvaluator rows, in RowContext context)
    {
        foreach (var (after, tie) in _sequential)
            if (after == stratum && tie.Enter(rows, context)) NoteEntered(tie.Tied, context.Tau);
        foreach (var measure in _perGroup)
            if (measure.Plan.IsSequential && measure.Plan.AfterStratum == stratum) measure.Count(rows, context);
    }

    /// <summary>Forgets what nobody can ask for any more (L2).</summary>
    public void Sweep()
    {
        foreach (var measure in _perGroup) measure.Sweep(Tau);
    }

    private static void Unite(ulong[] into, ulong[] rows)
    {
        for (var w = 0; w < into.Length; w++) into[w] |= rows[w];
    }

    /// <summary>Runs a boundary of the link or table that a timer names.</summary>
    public void Boundary(int subject, long tau)
    {
        SetTau(tau);
        IsBoundary = true;
        _due[subject] = long.MaxValue;
        _tied[subject].Boundary(tau);
        IsBoundary = false;
        SetTimer(subject, _tied[subject].NextBoundary(tau));
    }

    private void SetTau(long tau)
    {
        Tau = tau;
        foreach (var cases in _cases.Values) cases.Now = tau;
    }

    private void Changed(int label, int entity, long tau)
    {
        _watches.Changed(label, entity, tau);
        for (var i = 0; i < _tied.Length; i++)
            if (_tied[i].IsTouched) SetTimer(i, CellMath.Next(tau, _tied[i].Step));
    }

    private void NoteEntered(ITied tied, long tau)
    {
        var i = Array.IndexOf(_tied, tied);
        if (tied.IsTouched) SetTimer(i, CellMath.Next(tau, tied.Step));
        else if (_due[i] == long.MaxValue) SetTimer(i, tied.NextBoundary(tau));
    }

    private void SetTimer(int subject, long? due)
    {
        if (due is not { } at || at >= _due[subject]) return;
        _due[subject] = at;
        timers.Set(new Decisions.Timer(at, TimerKind.LinkBoundary, subject, -1, -1));
    }

    private LinkGraph BindGraph(LinkPlan plan, Dictionary<string, ITied> kept)
    {
        var watches = plan.Ways.Select(w => w.WithoutLabel < 0 ? null : _watches.Of(w.WithoutLabel, plan.View)).ToArray();
        var graph = kept.GetValueOrDefault(plan.Hash) as LinkGraph ?? new LinkGraph(plan, tables, watches);
        graph.Rebind(plan, watches);
        _byHash[plan.Hash] = graph;
        return graph;
    }

    private (AroundTable Table, List<(int Label, View View)> Labels) BindAround(IReadOnlyList<AroundPlan> plans, Dictionary<string, ITied> kept)
    {
        var first = plans[0];
        var counted = plans.Where(p => p.Label >= 0).Select(p => (p.Label, p.View)).Distinct().ToList();
        var watches = counted.Select(c => _watches.Of(c.Label, c.View)).ToArray();
        var table = kept.GetValueOrDefault(first.EdgeHash) as AroundTable ?? new AroundTable(first, Plan.Limits.EdgesPerLink, []);
        table.Table.OnMarked = value => marks.Set(first.ValueDomain, value);
        table.Table.Rebind(watches);
        _byHash[first.EdgeHash] = table;
        return (table, counted);
    }

    private void BindTies(Plan plan, int batchSize)
    {
        var ties = new List<(WayPlan Way, Tie Tie)>();
        foreach (var link in plan.Links)
            ties.AddRange(link.Ways.Select((w, i) => (w, new Tie(_graphs[link.Index], i, w, batchSize))));
        foreach (var around in plan.Arounds.DistinctBy(a => a.EdgeHash))
            ties.Add((around.Way, new Tie(_arounds[around.Index].Table, 0, around.Way, batchSize)));
        _plain = [.. ties.Where(t => !t.Way.IsSequential).Select(t => t.Tie)];
        _sequential = [.. ties.Where(t => t.Way.IsSequential).Select(t => (t.Way.AfterStratum, t.Tie))];
        _begin = new ulong[(batchSize + 63) >> 6];
        _sequentialRows = new ulong[_begin.Length];
        _hasJoinRules = plan.Rules.Any(r => r.Trigger == TriggerKind.Join);
    }
}
