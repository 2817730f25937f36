using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Checks.Warnings;

/// <summary>P4107, P4108 and P4109: rules without a test, an owner or a reason. Drafts and retired rules are left alone.</summary>
internal static class RuleHousekeeping
{
    public static IEnumerable<Diagnostic> Run(PolicyModel model)
    {
        var expectations = model.Tests.SelectMany(t => t.Expectations).ToList();
        foreach (var rule in model.Rules.Where(r => r.Metadata.Stage is not (Stage.Draft or Stage.Retired)))
        {
            if (!expectations.Exists(e => IsAbout(e, rule)))
                yield return Report.Warning("P4107", rule.Span, $"no test speaks of the rule `{rule.Name}`", $"write a test with `expect {rule.Name}`");
            if (rule.Metadata.Owner is null)
                yield return Report.Warning("P4108", rule.Span, $"nobody owns the rule `{rule.Name}`", "say `owner \"…\"` in the rule or in its pack");
            if (rule.Because is null)
                yield return Report.Warning("P4109", rule.Span, $"the rule `{rule.Name}` gives no reason", "say `because \"…\"`: it stands in every decision");
        }
    }

    /// <summary>The rule is named, or what it does is expected of whatever rule.</summary>
    private static bool IsAbout(Expectation expectation, RuleSymbol rule) => expectation switch
    {
        { ByRule: { } by } => by == rule,
        RuleExpected expected => expected.Rule == rule,
        LabelExpected expected => rule.Actions.Any(a => a.Act is LabelAct act && act.Label == expected.Label),
        ResponseExpected expected => rule.Actions.Any(a => a.Act is ResponseAct act && act.Response == expected.Response),
        _ => false,
    };
}
