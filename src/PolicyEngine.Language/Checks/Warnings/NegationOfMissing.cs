using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Checks.Warnings;

/// <summary>P4101: a negated test is true where its value is missing, which is seldom what was meant (E1).</summary>
internal static class NegationOfMissing
{
    public static IEnumerable<Diagnostic> Run(PolicyModel model) =>
        Conditions.All(model).SelectMany(c => Visit(c, negated: false, c.Span, []));

    private static IEnumerable<Diagnostic> Visit(Expression expression, bool negated, TextSpan whole, IReadOnlyCollection<string> guarded) => expression switch
    {
        NotExpression not => Visit(not.Operand, !negated, not.Span, guarded),
        AndExpression and => Parts(and.Parts, negated, [.. guarded, .. negated ? Missing(and.Parts) : Present(and.Parts)]),
        OrExpression or => Parts(or.Parts, negated, [.. guarded, .. negated ? Present(or.Parts) : Missing(or.Parts)]),
        AtLeastExpression atLeast => Parts(atLeast.Conditions, negated, guarded),
        PresenceExpression => [],
        ComparisonExpression { Operator: ComparisonOperator.NotEqual } => negated ? [] : Test(expression, expression.Span, guarded),
        _ => negated ? Test(expression, whole, guarded) : [],
    };

    private static IEnumerable<Diagnostic> Parts(IReadOnlyList<Expression> parts, bool negated, IReadOnlyCollection<string> guarded) =>
        parts.SelectMany(p => Visit(p, negated, p.Span, guarded));

    private static IEnumerable<Diagnostic> Test(Expression test, TextSpan whole, IReadOnlyCollection<string> guarded)
    {
        var open = Conditions.Operands(test).FirstOrDefault(o => o.Type.Optional && !guarded.Contains(Conditions.Identity(o)));
        if (open is null) yield break;
        var name = open.Span.Text;
        var warning = Report.Warning("P4101", whole, $"`{name}` may be missing, and then this test is true",
            $"say `{name} is present and …`, or `{name} is missing or …` if that is what is meant");
        yield return warning.Inserting(whole, $"{name} is present and ");
    }

    /// <summary>What has to be there for all parts to be true.</summary>
    private static IEnumerable<string> Present(IReadOnlyList<Expression> parts) => parts.SelectMany(p => p switch
    {
        PresenceExpression { Test: PresenceTest.Present } presence => [Conditions.Identity(presence.Operand)],
        PresenceExpression or NotExpression or AndExpression or OrExpression or AtLeastExpression => [],
        ComparisonExpression { Operator: ComparisonOperator.NotEqual } => [],
        _ => Conditions.Operands(p).Select(Conditions.Identity),
    });

    private static IEnumerable<string> Missing(IReadOnlyList<Expression> parts) =>
        parts.OfType<PresenceExpression>().Where(p => p.Test == PresenceTest.Missing).Select(p => Conditions.Identity(p.Operand));
}
