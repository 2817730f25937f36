using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Alignments;

/// <summary>The alignments of a plan; they outlive it by the hash of their definition (J5).</summary>
internal sealed class AlignmentSet
{
    private sealed record Kept(KeyedAlignment State)
    {
        public long? Started { get; set; }
    }

    private Dictionary<string, Kept> _byHash = [];
    private Kept[] _states = [];

    public IReadOnlyList<AlignmentPlan> Plans { get; private set; } = [];

    /// <param name="started">Clock when those that begin now begin, for warming; null: with the first event.</param>
    public void Bind(Plan plan, long? started)
    {
        Plans = plan.Alignments;
        _states = [.. Plans.Select(p => _byHash.GetValueOrDefault(p.Hash)
            ?? new Kept(new KeyedAlignment(p.Slot, p.Length / (p.Slot * Aligned.Slots))) { Started = started })];
        _byHash = Plans.DistinctBy(p => p.Hash).ToDictionary(p => p.Hash, p => _states[p.Index]);
    }

    /// <summary>All begin with the first event applied, whether it makes somebody active or not.</summary>
    public void Start(long tau)
    {
        foreach (var state in _states) state.Started ??= tau;
    }

    public void Enter(int stratum, RowEvaluator rows, in RowContext context)
    {
        foreach (var plan in Plans)
        {
            if (plan.AfterStratum != stratum || !rows.IsTrue(plan.Feed, context)) continue;
            var key = rows.Handle(plan.Key, context);
            var member = key < 0 ? -1 : rows.Handle(plan.Member, context);
            if (member >= 0) _states[plan.Index].State.Add(key, member, context.Tau);
        }
    }

    public Value Read(Node node, int key, long tau)
    {
        if (key < 0) return Value.Missing;
        var aligned = _states[node.Target].State.Read(key, tau);
        return (PlanAlignmentPart)node.Types[0] switch
        {
            PlanAlignmentPart.Coincidences => Value.OfLong(ValueKind.Integer, (long)aligned.Coincidences),
            PlanAlignmentPart.Expected => Value.OfDouble(ValueKind.Number, aligned.Expected),
            _ => Value.OfDouble(ValueKind.Number, aligned.Value),
        };
    }

    public bool IsWarming(int index, long tau) => _states[index].Started is { } started && tau - started < Plans[index].Length;

    public void Sweep(long tau)
    {
        foreach (var state in _states) state.State.Sweep(tau);
    }
}
