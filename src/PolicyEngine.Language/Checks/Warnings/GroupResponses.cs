using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Checks.Warnings;

/// <summary>P4115 and P4116: what acts on a whole group without a limit, and what lets a whole group through.</summary>
internal static class GroupResponses
{
    public static IEnumerable<Diagnostic> Run(PolicyModel model) => model.Rules.SelectMany(r => Unlimited(r).Concat(LetsThrough(r)));

    private static IEnumerable<Diagnostic> Unlimited(RuleSymbol rule) => rule.Actions
        .Where(a => a is { Limit: null, Act: ResponseAct { Target: EachMember } })
        .Select(a => Report.Warning("P4115", a.Span, $"`{rule.Name}` acts on every member of a group at once, however many there are",
            "say `at most 500 per hour`: the rest is held for a person"));

    /// <summary>A group takes over the labels of those it merges with (F9): one account that touches both opens the door.</summary>
    private static IEnumerable<Diagnostic> LetsThrough(RuleSymbol rule)
    {
        var allows = rule.Actions.Any(a => a.Act is ResponseAct { Response.Name: "allow" });
        var doors = rule.Exceptions.Select(e => e.When).Concat(allows ? rule.When.Select(c => c.Condition) : []);
        return doors.SelectMany(ExpressionTree.All).OfType<LabelTestExpression>().Where(t => t.Label.Link is not null)
            .Select(t => Report.Warning("P4116", t.Span, $"whoever joins a group with the label `{t.Label.Name}` is let through",
                "groups keep their labels when they merge; ask for a label of the account instead"));
    }
}
