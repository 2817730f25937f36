using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.DryRun.Evaluation;

/// <summary>
/// A plan in which each rule on events has a shadow of its own: without a condition, without effects, so that it fires at every sample
/// and its evidence shows what each clause came to. The rules themselves decide as before.
/// </summary>
internal static class TracePlan
{
    private const string Mark = " (trace)";

    public static Plan Of(Plan plan)
    {
        var rules = new List<RulePlan>();
        var moved = new int[plan.Rules.Count];
        foreach (var rule in plan.Rules)
        {
            moved[rule.Index] = rules.Count;
            rules.Add(rule with { Index = rules.Count });
            if (rule.Trigger is TriggerKind.Each or TriggerKind.Keyed) rules.Add(Shadow(rule, rules.Count));
        }
        return plan with
        {
            Rules = rules,
            // Where a rule's condition cannot hold nobody asks for its measures; its shadow does.
            Measures = [.. plan.Measures.Select(measure => measure with { ReaderScreen = -1 })],
            Nodes = [.. plan.Nodes.Select(node => node.Op == Op.Fired ? node with { Target = moved[node.Target] } : node)],
        };
    }

    public static bool IsTrace(RulePlan rule) => rule.Id.EndsWith(Mark, StringComparison.Ordinal);

    private static RulePlan Shadow(RulePlan rule, int index) => rule with
    {
        Index = index,
        Id = rule.Id + Mark,
        Trigger = TriggerKind.Each,
        Key = -1,
        KeyNames = [],
        Condition = -1,
        Screen = rule.SampleScreen,
        IsExact = false,
        Rearm = -1,
        Once = 0,
        Exceptions = [],
        Actions = [],
        Because = [],
        Stage = RuleStage.Enforce,
    };
}
