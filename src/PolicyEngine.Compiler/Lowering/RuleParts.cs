using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>The expressions that stand in a rule.</summary>
internal static class RuleParts
{
    public static IEnumerable<Expression> Expressions(RuleSymbol rule) =>
        [.. Conditions(rule), .. Holes(rule), .. rule.Actions.SelectMany(a => OfAct(a.Act)), .. OfSteps(rule)];

    /// <summary>What decides whether the rule fires.</summary>
    public static IEnumerable<Expression> Conditions(RuleSymbol rule)
    {
        foreach (var part in rule.When) yield return part.Condition;
        foreach (var exception in rule.Exceptions) yield return exception.When;
        if (rule.Rearm is { } rearm) yield return rearm;
    }

    public static IEnumerable<Expression> Holes(RuleSymbol rule) =>
        rule.Because?.Parts.Select(p => p.Hole).OfType<Expression>() ?? [];

    private static IEnumerable<Expression> OfSteps(RuleSymbol rule) =>
        RuleSteps.Of(rule.Trigger).Select(s => s.Where).OfType<Expression>();

    private static IEnumerable<Expression> OfAct(Act act) => act switch
    {
        LabelAct a => [a.Target],
        UnlabelAct a => [a.Target],
        AddScoreAct a => [a.Points, a.Target],
        AddEntryAct a => [a.Value],
        RemoveEntryAct a => [a.Value],
        OpenCaseAct a => [a.Target],
        ResponseAct a => [.. new[] { a.Target }.Concat(a.Arguments).OfType<Expression>()],
        _ => [],
    };
}
