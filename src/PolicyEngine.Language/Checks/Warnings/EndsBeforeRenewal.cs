using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Checks.Warnings;

/// <summary>P4111: a response that ends before its rule may fire again leaves a gap while the condition lasts (C5).</summary>
internal static class EndsBeforeRenewal
{
    public static IEnumerable<Diagnostic> Run(PolicyModel model)
    {
        foreach (var rule in model.Rules)
        {
            foreach (var action in rule.Actions)
            {
                if (rule.Once is not { } once || Length(action.Act) is not { } length || length >= once) continue;
                yield return Report.Warning("P4111", action.Span, $"this ends after {Report.Duration(length)}, and `{rule.Name}` does not fire again within {Report.Duration(once)}",
                    $"make it last `for {Report.Duration(once)}`, or let the rule fire `once in {Report.Duration(length)}`");
            }
        }
    }

    private static long? Length(Act act) => act switch
    {
        LabelAct label => label.For,
        ResponseAct response => response.Response.Parameters.Zip(response.Arguments)
            .Where(p => p.First.Preposition == "for" && p.Second is LiteralExpression { Type.Kind: TypeKind.Duration })
            .Select(p => (long?)((LiteralExpression)p.Second!).Value).FirstOrDefault(),
        _ => null,
    };
}
