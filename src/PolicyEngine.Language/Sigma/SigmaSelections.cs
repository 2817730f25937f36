using System.Globalization;
using System.Net;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml;

namespace PolicyEngine.Language.Sigma;

/// <summary>
/// A selection to a condition of the language: a map is `and`, a list is `or`, a text alone is looked for in the whole event. Fields read are
/// gathered, because Sigma declares no events.
/// </summary>
internal sealed class SigmaSelections(SigmaValues values, SigmaReport report, Func<string, string> rename)
{
    /// <summary>Fields by the name that events bear them under.</summary>
    public HashSet<string> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>Null after an error.</summary>
    public ExpressionSyntax? Lower(YamlNode selection) => selection switch
    {
        YamlMapping mapping => Map(mapping),
        YamlSequence sequence => List(sequence),
        _ => Keywords([(YamlScalar)selection], selection.Span),
    };

    private ExpressionSyntax? Map(YamlMapping mapping)
    {
        var parts = mapping.Pairs.Select(Item).ToList();
        if (parts.Count == 0) report.Shape(mapping.Span, "selection", "at least one field or keyword");
        return parts.Count == 0 || parts.Contains(null) ? null : SigmaNodes.And(mapping.Span, parts!);
    }

    private ExpressionSyntax? List(YamlSequence sequence)
    {
        var keywords = sequence.Items.OfType<YamlScalar>().ToList();
        var parts = sequence.Items.Where(i => i is not YamlScalar).Select(Lower).ToList();
        if (keywords.Count > 0) parts.Add(Keywords(keywords, sequence.Span));
        if (parts.Count == 0) report.Shape(sequence.Span, "selection", "at least one field or keyword");
        return parts.Count == 0 || parts.Contains(null) ? null : SigmaNodes.Or(sequence.Span, parts!);
    }

    private ExpressionSyntax? Keywords(List<YamlScalar> keywords, TextSpan span) => Keywords(keywords, new SigmaModifiers { Field = "" }, span);

    private ExpressionSyntax? Keywords(List<YamlScalar> keywords, SigmaModifiers modifiers, TextSpan span)
    {
        Fields.Add(SigmaNodes.Everything);
        var whole = SigmaNodes.Field(span, SigmaNodes.Everything);
        if (modifiers.Test == SigmaTest.Pattern)
        {
            var patterns = keywords.Select(k => (ExpressionSyntax?)Pattern(modifiers, whole, k)).ToList();
            if (patterns.Contains(null)) return null;
            return modifiers.All ? SigmaNodes.And(span, patterns!) : SigmaNodes.Or(span, patterns!);
        }
        var texts = keywords.Select(k => (k.Span, Texts: values.Texts(k, modifiers)?.Select(t => t.OpenAtStart().OpenAtEnd()).ToList())).ToList();
        if (texts.Exists(t => t.Texts is null)) return null;
        return SigmaTexts.Test(whole, [.. texts.Select(t => (t.Span, (IReadOnlyList<SigmaText>)t.Texts!))], new TextTestForm(modifiers.All, !modifiers.Cased), span);
    }

    private ExpressionSyntax? Item(YamlPair pair)
    {
        if (SigmaModifiers.Read(pair.Key, report) is not { } modifiers) return null;
        if (pair.Value is YamlMapping)
        {
            report.Shape(pair.Value.Span, pair.Name, "a value or a list of values");
            return null;
        }
        IReadOnlyList<YamlNode> nodes = pair.Value is YamlSequence sequence ? sequence.Items : [pair.Value];
        var given = nodes.OfType<YamlScalar>().ToList();
        if (given.Count == 0 || given.Count < nodes.Count)
        {
            report.Shape(pair.Value.Span, pair.Name, "a value or a list of values");
            return null;
        }
        if (!IsSound(pair, modifiers, given)) return null;
        var span = pair.Key.Span.To(pair.Value.Span);
        var test = modifiers.IsKeyword ? Keywords(given, modifiers, span) : Field(modifiers, given, span, pair.Key.SpanOf(0, modifiers.Field.Length));
        return test is not null && modifiers.Negated ? new NotSyntax(span, test) : test;
    }

    /// <summary>What the specification rules out: `all` for one value, and `null` among others.</summary>
    private bool IsSound(YamlPair pair, SigmaModifiers modifiers, List<YamlScalar> given)
    {
        if (modifiers is { All: true, Expands: false } && given.Count == 1)
        {
            report.Clash(pair.Key.Span, "`all` joins several values, and here is one");
            return false;
        }
        if (given.Count == 1 || given.Find(g => g.IsNull) is not { } nothing) return true;
        report.Shape(nothing.Span, pair.Name, "no `null` among other values; it is a selection of its own");
        return false;
    }

    private ExpressionSyntax? Field(SigmaModifiers modifiers, List<YamlScalar> given, TextSpan span, TextSpan name)
    {
        var field = Read(modifiers.Field, name);
        var parts = new List<ExpressionSyntax?>();
        var texts = new List<(TextSpan, IReadOnlyList<SigmaText>)>();
        foreach (var value in given)
        {
            if (modifiers is { Test: SigmaTest.Text, DatePart: null } && !value.IsNull)
            {
                if (values.Texts(value, modifiers) is { } found) texts.Add((value.Span, found));
                else parts.Add(null);
            }
            else
            {
                var single = value.IsNull && modifiers.Test != SigmaTest.Exists
                    ? new PresenceSyntax(value.Span, field, PresenceTest.Missing) : Single(modifiers, field, value);
                // Whoever reads why a rule fired wants to see the field as well.
                parts.Add(single is not null && given.Count == 1 ? single with { Span = span } : single);
            }
        }
        if (texts.Count > 0) parts.Add(SigmaTexts.Test(field, texts, new TextTestForm(modifiers.All, !modifiers.Cased), span));
        if (parts.Contains(null)) return null;
        return modifiers.All ? SigmaNodes.And(span, parts!) : SigmaNodes.Or(span, parts!);
    }

    private ExpressionSyntax? Single(SigmaModifiers modifiers, PathSyntax field, YamlScalar value) => modifiers.Test switch
    {
        _ when modifiers.DatePart is { } part => Date(modifiers, part, field, value),
        SigmaTest.Pattern => Pattern(modifiers, field, value),
        SigmaTest.Cidr => Cidr(field, value),
        SigmaTest.Exists => Exists(field, value),
        SigmaTest.FieldReference => Reference(modifiers, field, value),
        _ => Compare(modifiers, field, value),
    };

    private TextTestSyntax? Pattern(SigmaModifiers modifiers, PathSyntax field, YamlScalar value)
    {
        var options = modifiers.PatternOptions.Length == 0 ? "" : $"(?{modifiers.PatternOptions})";
        if (SigmaPatterns.Problem(options + value.Value) is { } problem)
        {
            report.Pattern(value.SpanOf(Math.Clamp(problem.Offset - options.Length, 0, value.Value.Length), problem.Length), problem.Why);
            return null;
        }
        return new TextTestSyntax(value.Span, false, TextOperator.Matches, Quantifier.One, field, new PatternLiteral(value.Span, options + value.Value) { IsChecked = true }, false);
    }

    private TextTestSyntax? Date(SigmaModifiers modifiers, string part, PathSyntax field, YamlScalar value)
    {
        var (least, most) = SigmaDates.Range(part);
        if (int.TryParse(value.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            var pattern = SigmaDates.Pattern(part, modifiers.Test, number);
            return new TextTestSyntax(
                value.Span, false, TextOperator.Matches, Quantifier.One, field, new PatternLiteral(value.Span, pattern) { IsChecked = true }, false);
        }
        report.ModifierValue(value.Span, part, $"a whole number from {least} to {most}");
        return null;
    }

    private InSyntax? Cidr(PathSyntax field, YamlScalar value)
    {
        if (IPNetwork.TryParse(value.Value, out var network))
            return new InSyntax(value.Span, false, SigmaNodes.Call(field.Span, "ip_of", field), new CidrLiteral(value.Span, network.BaseAddress, network.PrefixLength), false);
        report.ModifierValue(value.Span, "cidr", "a network such as `10.0.0.0/8`");
        return null;
    }

    /// <summary>The name is there, whatever it holds (E12).</summary>
    private ExpressionSyntax? Exists(PathSyntax field, YamlScalar value)
    {
        var there = SigmaNodes.Or(value.Span,
            [new PresenceSyntax(value.Span, field, PresenceTest.Present), new PresenceSyntax(value.Span, field, PresenceTest.Null)]);
        switch (value.Value.ToLowerInvariant())
        {
            case "true" or "yes" or "on":
                return there;
            case "false" or "no" or "off":
                return new NotSyntax(value.Span, there);
            default:
                report.ModifierValue(value.Span, "exists", "`true` or `false`");
                return null;
        }
    }

    private ExpressionSyntax? Reference(SigmaModifiers modifiers, PathSyntax field, YamlScalar value)
    {
        var other = Read(value.Value, value.Span);
        if (modifiers.Changes.Count == 0) return new ComparisonSyntax(value.Span, ComparisonOperator.Equal, field, other, !modifiers.Cased);
        var test = modifiers.Changes[^1] switch
        {
            "contains" => TextOperator.Contains,
            "startswith" => TextOperator.StartsWith,
            "endswith" => TextOperator.EndsWith,
            _ => (TextOperator?)null,
        };
        if (test is { } found) return new TextTestSyntax(value.Span, false, found, Quantifier.One, field, other, !modifiers.Cased);
        report.ModifierValue(value.Span, "fieldref", "no modifier but startswith, endswith, contains, cased and neq beside it, and so no such value");
        return null;
    }

    private ComparisonSyntax? Compare(SigmaModifiers modifiers, PathSyntax field, YamlScalar value)
    {
        var (comparison, word) = modifiers.Test switch
        {
            SigmaTest.Less => (ComparisonOperator.Less, "lt"),
            SigmaTest.LessOrEqual => (ComparisonOperator.LessOrEqual, "lte"),
            SigmaTest.Greater => (ComparisonOperator.Greater, "gt"),
            _ => (ComparisonOperator.GreaterOrEqual, "gte"),
        };
        if (double.TryParse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            return new ComparisonSyntax(value.Span, comparison, SigmaNodes.Call(field.Span, "number_of", field), SigmaNodes.Number(value.Span, number), false);
        report.ModifierValue(value.Span, word, "a number");
        return null;
    }

    private PathSyntax Read(string field, TextSpan span)
    {
        var renamed = rename(field);
        Fields.Add(renamed);
        return SigmaNodes.Field(span, renamed);
    }
}
