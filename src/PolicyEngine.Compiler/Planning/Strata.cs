using PolicyEngine.Compiler.Lowering;
using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Planning;

/// <summary>
/// Strata (B3): a reader stands above every writer of what it reads or is triggered by. Counted from 0. The language has refused
/// circles before this runs.
/// </summary>
internal sealed class Strata(LoweringContext context, IReadOnlyList<RulePlan> rules)
{
    private readonly Dictionary<int, int> _rules = [];
    private readonly Dictionary<int, int> _nodes = [];

    public int OfRule(int rule)
    {
        if (_rules.TryGetValue(rule, out var known)) return known;
        var plan = rules[rule];
        var roots = plan.Sequence < 0 ? RootsOf(plan) : RootsOf(plan).Concat(SequenceLowering.RootsOf(context.Sequences.Plans[plan.Sequence]));
        var stratum = roots.Select(Ready).DefaultIfEmpty().Max();
        if (plan.TriggerLabel >= 0) stratum = Math.Max(stratum, AfterWriters(context.State.Labels[plan.TriggerLabel]));
        if (plan.TriggerLink >= 0) stratum = Math.Max(stratum, OfLink(plan.TriggerLink));
        return _rules[rule] = stratum;
    }

    /// <summary>The stratum after whose rules a measure is complete; −1 when it waits for none.</summary>
    public int AfterStratumOf(MeasurePlan measure) => RootsOf(measure).Select(Ready).DefaultIfEmpty().Max() - 1;

    /// <summary>The stratum after whose rules events tie; −1 when raw events do.</summary>
    public int AfterStratumOf(WayPlan way) => All(LinkLowering.RootsOf(way)) - 1;

    public int AfterStratumOf(GroupMeasurePlan plan) => Math.Max(OfLink(plan.Link), All(GroupMeasureLowering.RootsOf(plan))) - 1;

    public int AfterStratumOf(AlignmentPlan plan) => All(AlignmentLowering.RootsOf(plan)) - 1;

    private int OfLink(int link) => All(LinkLowering.RootsOf(context.Links.Plans[link]));

    private int All(IEnumerable<int> nodes) => nodes.Where(n => n >= 0).Select(Ready).DefaultIfEmpty().Max();

    /// <summary>The first stratum in which the value of a node is complete.</summary>
    private int Ready(int id)
    {
        if (_nodes.TryGetValue(id, out var known)) return known;
        var node = context.Nodes[id];
        var own = node.Op switch
        {
            _ when node.IsPlain => 0,
            Op.HasLabel when !node.Had => AfterWriters(context.State.Labels[node.Target]),
            Op.Score => AfterWriters(context.State.Scores[node.Target]),
            Op.InList or Op.TextTest when node.Target >= 0 => AfterWriters(context.State.Lists[node.Target]),
            Op.Fired => OfRule(node.Target) + 1,
            Op.Group or Op.GroupSize or Op.GroupReasons or Op.GroupAge => OfLink(node.Target),
            Op.Around => All([context.Links.Arounds[node.Target].Where, .. LinkLowering.RootsOf(context.Links.Arounds[node.Target].Way)]),
            Op.OverMembers => Math.Max(
                OfLink(context.Links.Members[node.Target].Link), All([context.Links.Members[node.Target].Where, context.Links.Members[node.Target].Amount])),
            Op.GroupMeasure => Math.Max(
                OfLink(context.GroupMeasures.Plans[node.Target].Link), All(GroupMeasureLowering.RootsOf(context.GroupMeasures.Plans[node.Target]))),
            Op.Alignment => All(AlignmentLowering.RootsOf(context.Alignments.Plans[node.Target])),
            Op.Measure => RootsOf(context.Measures.Plans[node.Target]).Select(Ready).DefaultIfEmpty().Max(),
            _ => 0,
        };
        return _nodes[id] = Math.Max(own, node.Inputs.Select(Ready).DefaultIfEmpty().Max());
    }

    private int AfterWriters(Symbol state) =>
        context.State.WritersOf(state).Select(r => OfRule(context.State.Rule(r)) + 1).DefaultIfEmpty().Max();

    private static IEnumerable<int> RootsOf(MeasurePlan measure) =>
        new[] { measure.Feed, measure.Key, measure.Amount, measure.Numerator }.Where(n => n >= 0);

    private static IEnumerable<int> RootsOf(RulePlan rule) =>
        new[] { rule.Sample, rule.Condition, rule.Rearm, rule.Key }
            .Concat(rule.Exceptions.Select(e => e.When)).Concat(rule.Operands.Select(o => o.Node))
            .Concat(rule.Actions.SelectMany(a => a.Arguments.Select(g => g.Node).Append(a.Value).Append(a.Target)))
            .Concat(rule.Actions.SelectMany(a => a.Each is { } each ? new[] { each.Group, each.Where } : [])).Where(n => n >= 0);
}
