using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Sigma;

/// <summary>How several values are joined, and whether case is told apart.</summary>
internal readonly record struct TextTestForm(bool All, bool IgnoringCase);

/// <summary>
/// Texts with wildcards to the tests of the language: equality, starts, ends, contains, and only where a wildcard stands within, `like` or a
/// pattern. Tests of one kind are one test with a list, so that thousands of texts are looked for at once.
/// </summary>
internal static class SigmaTexts
{
    private enum Kind { Equal, Starts, Ends, Contains, Like, Pattern, Present }

    public static ExpressionSyntax Test(PathSyntax field, IReadOnlyList<(TextSpan Span, IReadOnlyList<SigmaText> Variants)> values, TextTestForm form, TextSpan span)
    {
        // Under `all` each value that stands for several texts is an `or` of its own.
        if (form.All && values.Any(v => v.Variants.Count > 1))
            return SigmaNodes.And(span, [.. values.Select(v => Joined(field, [.. v.Variants.Select(t => (v.Span, t))], form with { All = false }, v.Span))]);
        return Joined(field, [.. values.SelectMany(v => v.Variants.Select(t => (v.Span, t)))], form, span);
    }

    private static ExpressionSyntax Joined(PathSyntax field, IReadOnlyList<(TextSpan Span, SigmaText Text)> texts, TextTestForm form, TextSpan span)
    {
        var parts = new List<ExpressionSyntax>();
        // A test of one value is shown with its field; of several, each with what it looks for.
        var isOne = texts.Select(t => t.Span).Distinct().Count() == 1;
        foreach (var group in texts.Select(t => (t.Span, t.Text, Kind: KindOf(t.Text))).GroupBy(t => t.Kind).OrderBy(g => g.Key))
        {
            var literals = group.DistinctBy(t => Constant(t.Kind, t.Text, form)).Select(t => (LiteralSyntax)Literal(t.Span, t.Kind, t.Text, form)).ToList();
            parts.AddRange(OfKind(group.Key, field, literals, form, (span, isOne)));
        }
        return form.All ? SigmaNodes.And(span, parts) : SigmaNodes.Or(span, parts);
    }

    private static IEnumerable<ExpressionSyntax> OfKind(Kind kind, PathSyntax field, List<LiteralSyntax> literals, TextTestForm form, (TextSpan Span, bool IsOne) place)
    {
        var span = place.Span;
        if (kind == Kind.Present) return [new PresenceSyntax(span, field, PresenceTest.Present)];
        if (kind == Kind.Equal)
        {
            if (literals.Count > 1 && !form.All) return [new InSyntax(span, false, field, new ListLiteral(span, literals), form.IgnoringCase)];
            return literals.Select(l => new ComparisonSyntax(place.IsOne ? span : l.Span, ComparisonOperator.Equal, field, l, form.IgnoringCase));
        }
        var fold = form.IgnoringCase && kind != Kind.Pattern;
        if (literals.Count == 1) return [new TextTestSyntax(place.IsOne ? span : literals[0].Span, false, OperatorOf(kind), Quantifier.One, field, literals[0], fold)];
        var quantifier = form.All ? Quantifier.All : Quantifier.Any;
        return [new TextTestSyntax(span, false, OperatorOf(kind), quantifier, field, new ListLiteral(span, literals), fold)];
    }

    private static TextOperator OperatorOf(Kind kind) => kind switch
    {
        Kind.Starts => TextOperator.StartsWith,
        Kind.Ends => TextOperator.EndsWith,
        Kind.Contains => TextOperator.Contains,
        Kind.Like => TextOperator.Like,
        _ => TextOperator.Matches,
    };

    private static Kind KindOf(SigmaText text)
    {
        if (text.IsAnything) return Kind.Present;
        if (text.Core is null) return text.AsLike is null ? Kind.Pattern : Kind.Like;
        return (text.StartsOpen, text.EndsOpen) switch
        {
            (true, true) => Kind.Contains,
            (true, false) => Kind.Ends,
            (false, true) => Kind.Starts,
            _ => Kind.Equal,
        };
    }

    private static string Constant(Kind kind, SigmaText text, TextTestForm form) => kind switch
    {
        Kind.Like => text.AsLike!,
        Kind.Pattern => text.AsPattern(form.IgnoringCase),
        _ => text.Core ?? "",
    };

    private static LiteralSyntax Literal(TextSpan span, Kind kind, SigmaText text, TextTestForm form) => kind == Kind.Pattern
        ? new PatternLiteral(span, Constant(kind, text, form)) : new TextLiteral(span, Constant(kind, text, form));
}
