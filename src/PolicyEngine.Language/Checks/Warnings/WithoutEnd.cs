using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Checks.Warnings;

/// <summary>P4104, P4105 and P4112: what lets through for ever, and exceptions whose time is over.</summary>
internal static class WithoutEnd
{
    public static IEnumerable<Diagnostic> Run(PolicyModel model, long? today) =>
        model.Rules.SelectMany(r => Allows(r).Concat(r.Exceptions.SelectMany(e => Exceptions(r, e, today))));

    private static IEnumerable<Diagnostic> Allows(RuleSymbol rule)
    {
        foreach (var action in rule.Actions)
        {
            if (action.Act is not ResponseAct { Response: { Name: "allow" } response } act) continue;
            var end = response.Parameters.ToList().FindIndex(p => p.Preposition == "for" && p.Type.Kind == TypeKind.Duration);
            if (end < 0 || act.Arguments[end] is not null) continue;
            yield return Report.Warning("P4104", action.Span, "this allows for ever", "say for how long: `for 30d`");
        }
    }

    private static IEnumerable<Diagnostic> Exceptions(RuleSymbol rule, RuleException exception, long? today)
    {
        if (exception.Until is null)
        {
            yield return Report.Warning("P4105", exception.Span, $"this exception of `{rule.Name}` has no end",
                "say `until 2027-03-31` before `because`: exceptions outlive their reasons");
        }
        else if (exception.Until <= today)
        {
            yield return Report.Warning("P4112", exception.Span, $"the time of this exception of `{rule.Name}` is over, and it no longer holds",
                "remove it, or give it a new end");
        }
    }
}
