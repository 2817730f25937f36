using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Checks.Warnings;

/// <summary>P4110: a part of a condition that is always true or always false, by constants and by simple ranges.</summary>
internal static class ConstantParts
{
    public static IEnumerable<Diagnostic> Run(PolicyModel model) => Conditions.All(model).SelectMany(Visit);

    private static IEnumerable<Diagnostic> Visit(Expression condition)
    {
        foreach (var test in Conditions.Tests(condition))
            if (Constant(test) is { } value) yield return Always(test, value);
        foreach (var and in ExpressionTree.All(condition).OfType<AndExpression>())
            foreach (var contradiction in Contradictions(and)) yield return contradiction;
    }

    private static Diagnostic Always(Expression test, bool value) =>
        Report.Warning("P4110", test.Span, $"this is always {(value ? "true" : "false")}");

    private static bool? Constant(Expression test) => test switch
    {
        LiteralExpression { Value: bool value } => value,
        PresenceExpression { Operand.Type.Optional: false, Operand: not LiteralExpression } presence => presence.Test == PresenceTest.Present,
        InExpression { Set: LiteralExpression { Value: IReadOnlyList<LiteralExpression> { Count: 0 } } } => false,
        ComparisonExpression comparison => Compared(comparison),
        BetweenExpression { Low: LiteralExpression low, High: LiteralExpression high } => Number(low) > Number(high) ? false : null,
        _ => null,
    };

    private static bool? Compared(ComparisonExpression comparison)
    {
        if (comparison is { Left: LiteralExpression left, Right: LiteralExpression right })
            return Number(left) is { } a && Number(right) is { } b ? Holds(comparison.Operator, a.CompareTo(b)) : null;
        if (Bound(comparison) is not { } bound) return null;
        var range = RangeOf(bound.Operand);
        var whole = range.Intersect(NumberRange.Of(bound.Operator, bound.Value));
        if (whole.IsEmpty) return bound.Operator == ComparisonOperator.NotEqual ? null : false;
        return whole == range && !bound.Operand.Type.Optional && bound.Operator != ComparisonOperator.NotEqual ? true : null;
    }

    private static bool Holds(ComparisonOperator @operator, int order) => @operator switch
    {
        ComparisonOperator.Equal => order == 0,
        ComparisonOperator.NotEqual => order != 0,
        ComparisonOperator.Less => order < 0,
        ComparisonOperator.LessOrEqual => order <= 0,
        ComparisonOperator.Greater => order > 0,
        _ => order >= 0,
    };

    /// <summary>What a measure can be at all: counts are never below 0, shares never above 1.</summary>
    private static NumberRange RangeOf(Expression operand) => operand switch
    {
        { Type.Kind: TypeKind.Share } => new NumberRange(0, true, 1, true),
        MeasureRead { Measure.Aggregate: Aggregate.Count or Aggregate.Distinct or Aggregate.Rate or Aggregate.SinceFirst or Aggregate.SinceLast or Aggregate.Entropy or Aggregate.Variation or Aggregate.Alignment } => NumberRange.NotNegative,
        ScoreRead or AlignmentRead => NumberRange.NotNegative,
        GroupPropertyRead { Property: GroupProperty.Size } => NumberRange.All with { Low = 2 },
        GroupPropertyRead => NumberRange.NotNegative,
        CallExpression { Function: Function.Length or Function.Occurrences or Function.Distance or Function.Abs } => NumberRange.NotNegative,
        _ => NumberRange.All,
    };

    private sealed record BoundOf(Expression Operand, ComparisonOperator Operator, double Value);

    private static BoundOf? Bound(ComparisonExpression comparison)
    {
        if (Number(comparison.Right) is { } right && comparison.Left is not LiteralExpression) return new(comparison.Left, comparison.Operator, right);
        if (Number(comparison.Left) is not { } left || comparison.Right is LiteralExpression) return null;
        var turned = comparison.Operator switch
        {
            ComparisonOperator.Less => ComparisonOperator.Greater,
            ComparisonOperator.LessOrEqual => ComparisonOperator.GreaterOrEqual,
            ComparisonOperator.Greater => ComparisonOperator.Less,
            ComparisonOperator.GreaterOrEqual => ComparisonOperator.LessOrEqual,
            var same => same,
        };
        return new(comparison.Right, turned, left);
    }

    /// <summary>A number, duration, time or rate written out, as a number.</summary>
    private static double? Number(Expression expression) => expression is LiteralExpression literal
        ? literal.Value switch { long integer => integer, double number => number, _ => null }
        : null;

    /// <summary>Parts of one `and` that cannot be true together.</summary>
    private static IEnumerable<Diagnostic> Contradictions(AndExpression and)
    {
        var bounds = and.Parts.OfType<ComparisonExpression>().Where(c => c.Operator != ComparisonOperator.NotEqual)
            .Select(c => (Part: c, Bound: Bound(c))).Where(p => p.Bound is not null);
        foreach (var group in bounds.GroupBy(p => Conditions.Identity(p.Bound!.Operand)))
        {
            var range = NumberRange.All;
            foreach (var (part, bound) in group)
            {
                var next = range.Intersect(NumberRange.Of(bound!.Operator, bound.Value));
                if (next.IsEmpty && !range.IsEmpty)
                    yield return Report.Warning("P4110", part.Span, $"this can never be true together with what is asked of `{bound.Operand.Span.Text}` before it");
                range = next;
            }
        }
        foreach (var group in and.Parts.OfType<ComparisonExpression>().Where(c => c is { Operator: ComparisonOperator.Equal, Right: LiteralExpression { Value: string } }).GroupBy(c => Conditions.Identity(c.Left)))
        {
            var first = group.First();
            var other = group.FirstOrDefault(c => !((LiteralExpression)c.Right).Value.Equals(((LiteralExpression)first.Right).Value));
            if (other is not null && !first.IgnoringCase && !other.IgnoringCase)
                yield return Report.Warning("P4110", other.Span, $"this can never be true together with what is asked of `{first.Left.Span.Text}` before it");
        }
    }
}
