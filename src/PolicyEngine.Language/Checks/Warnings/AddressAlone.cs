using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Checks.Warnings;

/// <summary>P4103: one address can be a campus, an office or a mobile carrier, and a country is a whole country.</summary>
internal static class AddressAlone
{
    public static IEnumerable<Diagnostic> Run(PolicyModel model) => model.Rules.Where(Restrains).SelectMany(Of);

    /// <summary>`allow` restrains nobody; what stands under `also` decides nothing.</summary>
    private static bool Restrains(RuleSymbol rule) => rule.Actions.Any(a => a.Act is ResponseAct { Response: { Also: false, Name: not "allow" } });

    private static IEnumerable<Diagnostic> Of(RuleSymbol rule)
    {
        var operands = rule.When.Select(c => c.Condition).SelectMany(Conditions.Tests).SelectMany(Conditions.Operands).ToList();
        if (operands.Count == 0 || !operands.All(IsPlace)) yield break;
        yield return Report.Warning("P4103", rule.When[0].Condition.Span, $"`{rule.Name}` restrains by address or country alone",
            "one address can be a campus, an office or a mobile carrier; add a test of what the account does");
    }

    private static bool IsPlace(Expression operand) => operand switch
    {
        MeasureRead measure => measure.Keys.Count > 0 && measure.Keys.All(IsPlace),
        CallExpression call => call.Arguments.Where(a => a is not LiteralExpression).All(IsPlace),
        FieldRead read => read.Type.Kind is TypeKind.Ip or TypeKind.Cidr || read.Name.Contains("country", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
