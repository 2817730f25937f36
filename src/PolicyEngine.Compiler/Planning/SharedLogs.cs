using PolicyEngine.Compiler.Lowering;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Planning;

/// <summary>
/// Measures over a part of the events that another logs under the same key go into its family: the amount is missing on the events that
/// they do not count. `sum tokens of exchange where status &lt; 400` then needs no second log, key table and header. Only for values that
/// missing amounts do not touch, and where the other remembers for as long anyway.
/// </summary>
internal sealed class SharedLogs(NodeTable nodes, IReadOnlyList<MeasurePlan> measures)
{
    public MeasurePlan Join(MeasurePlan measure)
    {
        if (measure.IsSequential || !IgnoresMissing(measure)) return measure;
        var host = measures.FirstOrDefault(m => Hosts(m, measure));
        return host is null ? measure : measure with { FamilyKey = host.FamilyKey };
    }

    private bool Hosts(MeasurePlan host, MeasurePlan guest) =>
        !host.IsSequential && !host.CanBeLazy && host.Feed != guest.Feed && Rest(host.FamilyKey) == Rest(guest.FamilyKey)
        && host.Aggregate is PlanAggregate.Count or PlanAggregate.Rate
        && host.Window is { IsSliding: true, Ending: 0 } && host.Window.Length >= guest.Window.Length + guest.Window.Step
        && Parts(host.Feed).All(Parts(guest.Feed).Contains);

    private static bool IgnoresMissing(MeasurePlan plan) =>
        plan is { Amount: >= 0, AmountReadsGap: false, Window: { Kind: PlanWindowKind.Sliding, Ending: 0 } }
        && plan.Aggregate is PlanAggregate.Sum or PlanAggregate.Average or PlanAggregate.Percentile or PlanAggregate.Entropy
            or PlanAggregate.TopShare or PlanAggregate.Distinct or PlanAggregate.Min or PlanAggregate.Max;

    private IReadOnlyList<int> Parts(int feed) => nodes[feed].Op == Op.And ? nodes[feed].Inputs : [feed];

    /// <summary>Key, depth and view.</summary>
    private static string Rest(string family) => family[family.IndexOf('/', StringComparison.Ordinal)..];
}
