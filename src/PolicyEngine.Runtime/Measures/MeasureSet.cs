using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// All measures of a plan, grouped into families. State outlives plans: a measure whose definition hash a new plan still has keeps
/// its family (J5), whatever it is called there; others begin empty, in families of their own.
/// </summary>
/// <param name="readOnAllRows">Somebody looks at rows on which no rule could hold.</param>
internal sealed class MeasureSet(EngineLimits limits, bool readOnAllRows)
{
    private FamilyUnit[] _plain = [];
    private FamilyUnit[] _sequential = [];
    private (FamilyUnit Unit, int Slot)[] _places = [];
    private readonly Dictionary<string, FamilyUnit> _byHash = [];
    private IReadOnlyList<MeasurePlan> _measures = [];

    /// <summary>Measures kept row by row, in the order in which they may read one another.</summary>
    public ReadOnlySpan<FamilyUnit> Sequential => _sequential;

    /// <summary>Measures kept in columns, in such an order too.</summary>
    public ReadOnlySpan<FamilyUnit> Plain => _plain;

    public IReadOnlyList<MeasurePlan> Measures => _measures;

    /// <param name="started">Clock when measures that begin now begin, for warming; null: with the first event.</param>
    /// <returns>Hashes of measures that were kept.</returns>
    public IReadOnlySet<string> Bind(Plan plan, int batchSize, long? started)
    {
        var kept = plan.Measures.Where(m => _byHash.ContainsKey(m.Hash)).Select(m => m.Hash).ToHashSet(StringComparer.Ordinal);
        var groups = plan.Measures.DistinctBy(m => m.Hash).GroupBy(m =>
            _byHash.TryGetValue(m.Hash, out var old) ? (object)old : (m.FamilyKey, m.IsSequential, m.AfterStratum));
        var units = new List<FamilyUnit>();
        foreach (var group in groups)
        {
            var members = group.ToList();
            var unit = group.Key as FamilyUnit ?? new FamilyUnit(new Family(members, limits), started);
            unit.Bind(plan, members, batchSize);
            units.Add(unit);
        }
        _byHash.Clear();
        foreach (var unit in units)
            foreach (var member in unit.Members) _byHash[member.Hash] = unit;
        units = [.. units.OrderBy(u => u.Depth).ThenBy(u => u.ReadingDepth).ThenBy(u => u.Members[0].Index)];
        _plain = [.. units.Where(u => !u.IsSequential)];
        if (!readOnAllRows) NarrowReading(plan);
        _sequential = [.. units.Where(u => u.IsSequential)];
        _measures = plan.Measures;
        _places = [.. plan.Measures.Select(m => (_byHash[m.Hash], _byHash[m.Hash].SlotOf(m.Hash)))];
        foreach (var unit in units)
            unit.Places = [.. _places.Select((p, i) => (p.Unit, Measure: i, p.Slot)).Where(p => p.Unit == unit).Select(p => (p.Measure, p.Slot))];
        return kept;
    }

    /// <summary>A family kept over a reload may hold what was not together before: then some screen would come too early.</summary>
    private void NarrowReading(Plan plan)
    {
        var before = new HashSet<string>(StringComparer.Ordinal);
        foreach (var unit in _plain)
        {
            var isInOrder = ReadOnlyKnown(plan, unit.Members.Where((_, slot) => !unit.Family.IsLazy(slot)), before);
            before.UnionWith(unit.Members.Where((_, slot) => !unit.Family.IsLazy(slot)).Select(m => m.Hash));
            if (isInOrder && ReadOnlyKnown(plan, unit.Members.Where((_, slot) => unit.Family.IsLazy(slot)), before)) unit.ReadOnScreens();
            before.UnionWith(unit.Members.Select(m => m.Hash));
        }
    }

    private static bool ReadOnlyKnown(Plan plan, IEnumerable<MeasurePlan> members, HashSet<string> known)
    {
        var read = new HashSet<int>();
        foreach (var member in members)
            if (member.ReaderScreen >= 0) MeasuresOf(plan, member.ReaderScreen, read);
        return read.All(m => known.Contains(plan.Measures[m].Hash));
    }

    private static void MeasuresOf(Plan plan, int id, HashSet<int> into)
    {
        var node = plan.Nodes[id];
        if (node.Op == Op.Measure) into.Add(node.Target);
        foreach (var input in node.Inputs) MeasuresOf(plan, input, into);
    }

    /// <summary>Counts the rows of a stretch in all plain families and hands the values to the evaluator.</summary>
    public void ApplyPlain(EventBatch batch, ReadOnlySpan<int> order, BatchEvaluator evaluator, RowEvaluator rows, TypeRows types)
    {
        // All begin with the first event applied, whether they count it or not: a measure is as old as the log it has seen.
        if (order.Length > 0)
            foreach (var unit in _plain.Concat(_sequential)) unit.Start(batch.Taus[order[0]]);
        foreach (var unit in _plain)
        {
            unit.Apply(batch, order, evaluator, rows, types);
            foreach (var (measure, slot) in unit.Places)
                if (!unit.Family.IsLazy(slot)) evaluator.SetMeasure(measure, unit.Results[slot]);
            if (!unit.Family.HasLazy) continue;
            unit.ApplyLazy(batch, order, evaluator, types);
            foreach (var (measure, slot) in unit.Places)
                if (unit.Family.IsLazy(slot)) evaluator.SetMeasure(measure, unit.Results[slot]);
        }
    }

    public MeasureValue Read(int measure, int key, long tau, long ordinal)
    {
        var (unit, slot) = _places[measure];
        return unit.Family.Read(slot, key, tau, ordinal);
    }

    /// <summary>Younger than its window: what it counts may be less than what happened (D7).</summary>
    public bool IsWarming(int measure, long tau)
    {
        var window = _measures[measure].Window;
        var span = window.Kind switch
        {
            PlanWindowKind.Forever => 0,
            PlanWindowKind.Session => 24 * 3_600_000L,
            _ => window.Length + window.Ending,
        };
        return span > 0 && _places[measure].Unit.Started is { } started && tau - started < span;
    }

    /// <summary>Drops keys beyond the cap, oldest first (L2).</summary>
    public void Evict(KeyTables tables)
    {
        foreach (var unit in _plain) unit.Evict(limits.KeysPerMeasure, tables);
        foreach (var unit in _sequential) unit.Evict(limits.KeysPerMeasure, tables);
    }
}
