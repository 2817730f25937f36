using System.Globalization;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml;

namespace PolicyEngine.Language.Sigma;

/// <summary>What a correlation refers to: a rule, named event or correlation of the pack, and the event types behind it.</summary>
internal sealed record SigmaSource(string Name, IReadOnlyList<string> Types);

/// <summary>
/// Correlations to measures and keyed rules over what they refer to, ordered ones to sequences (B9, C1, E12). Without `group-by` all events
/// share one key.
/// </summary>
internal sealed class SigmaCorrelations(SigmaEvents events, SigmaReport report)
{
    private static readonly (string Word, ComparisonOperator Operator)[] Comparisons =
    [
        ("gt", ComparisonOperator.Greater), ("gte", ComparisonOperator.GreaterOrEqual), ("lt", ComparisonOperator.Less),
        ("lte", ComparisonOperator.LessOrEqual), ("eq", ComparisonOperator.Equal), ("neq", ComparisonOperator.NotEqual),
    ];

    /// <summary>Statements for one correlation; none after an error. <paramref name="rules"/>: by the words it uses for them.</summary>
    public IReadOnlyList<Statement> Lower(SigmaDocument document, YamlMapping section, IReadOnlyList<(YamlScalar Word, SigmaSource Source)> rules)
    {
        var type = section["type"] as YamlScalar;
        if (type is null) report.MissingPart(section.Span with { Length = 0 }, "type", "a correlation");
        var span = Timespan(section);
        var keys = Keys(document, section, rules);
        if (type is null || span is null || keys is null) return [];
        var place = document.Place;
        var sources = rules.Select(r => SigmaNodes.Single(r.Word.Span, r.Source.Name)).ToList();
        if (type.Value == "temporal_ordered") return [Ordered(document, section, sources, keys, span)];
        var window = new SlidingWindowSyntax(span.Span, span, null, null);
        var measures = new List<MeasureStatement>();
        var when = type.Value == "temporal"
            ? Together(document, section, sources, keys, window, measures)
            : Compared(document, section, type, sources, keys, window, measures);
        if (when is null) return [];
        var trigger = new KeyedTriggerSyntax(place, new StepSyntax(place, null, sources, null, null), keys, [], null, null);
        return [.. measures, Rule(document, trigger, when)];
    }

    private static RuleStatement Rule(SigmaDocument document, TriggerSyntax trigger, ExpressionSyntax? when) =>
        SigmaRules.Rule(document, trigger, when, []);

    private RuleStatement Ordered(
        SigmaDocument document, YamlMapping section, List<Syntax.Path> sources, IReadOnlyList<KeySyntax> keys, DurationSyntax span)
    {
        if (sources.Count < 2) report.Correlation(document.Place, "an ordered correlation needs two rules or more");
        var limits = (section["condition"] as YamlMapping)?.Pairs ?? [];
        foreach (var limit in limits.Where(l => !MeansAll(l, sources.Count)))
            report.Correlation(limit.Key.Span.To(limit.Value.Span), "an ordered correlation wants all of its rules",
                "for some of them use `temporal`; for another order or fewer of them, a correlation of its own");
        var steps = sources.Select(s => new StepSyntax(s.Span, null, [s], null, null)).ToList();
        var trigger = new KeyedTriggerSyntax(
            document.Place, steps[0], keys, [.. steps.Skip(1).Select(s => new FollowSyntax(s.Span, false, s))], span, null);
        return Rule(document, trigger, null);
    }

    private static bool MeansAll(YamlPair limit, int rules) => limit.Name switch
    {
        "gte" or "eq" => Number(limit.Value) == rules,
        "gt" => Number(limit.Value) == rules - 1,
        _ => false,
    };

    /// <summary>All of the rules within the span, or as many of them as the condition says.</summary>
    private ExpressionSyntax? Together(
        SigmaDocument document, YamlMapping section, List<Syntax.Path> sources, IReadOnlyList<KeySyntax> keys, WindowSyntax window, List<MeasureStatement> measures)
    {
        var there = new List<ExpressionSyntax>();
        foreach (var source in sources)
        {
            var measure = Measure(document, $"{document.Name} {source.Text}", Function(source.Span, Aggregate.Count, null, [source]), keys, window);
            measures.Add(measure);
            there.Add(new ComparisonSyntax(source.Span, ComparisonOperator.GreaterOrEqual, Read(measure), SigmaNodes.Number(source.Span, 1), false));
        }
        if (section["condition"] is not YamlMapping { Pairs.Count: > 0 } condition) return SigmaNodes.And(document.Place, there);
        var parts = condition.Pairs.Select(p => NumberOfRules(p, there)).ToList();
        return parts.Contains(null) ? null : SigmaNodes.And(condition.Span, parts!);
    }

    /// <summary>How many of the rules there are is no number of the language, so each comparison is made of `at least`.</summary>
    private ExpressionSyntax? NumberOfRules(YamlPair limit, List<ExpressionSyntax> there)
    {
        var span = limit.Key.Span.To(limit.Value.Span);
        if (Number(limit.Value) is { } number && number == Math.Floor(number) && number is >= 0 and < 10_000 && Comparisons.Any(c => c.Word == limit.Name))
        {
            var count = (int)number;
            return limit.Name switch
            {
                "gte" => AtLeast(span, count, there),
                "gt" => AtLeast(span, count + 1, there),
                "lt" => new NotSyntax(span, AtLeast(span, count, there)),
                "lte" => new NotSyntax(span, AtLeast(span, count + 1, there)),
                "eq" => Exactly(span, count, there),
                _ => new NotSyntax(span, Exactly(span, count, there)),
            };
        }
        report.Correlation(span, "a temporal correlation compares the number of its rules that have fired, by `gte`, `gt`, `lte`, `lt`, `eq` or `neq`");
        return null;
    }

    private static AndSyntax Exactly(TextSpan span, int count, List<ExpressionSyntax> there) =>
        new(span, [AtLeast(span, count, there), new NotSyntax(span, AtLeast(span, count + 1, there))]);

    /// <summary>One of them fires now, so there is never none.</summary>
    private static ExpressionSyntax AtLeast(TextSpan span, int count, List<ExpressionSyntax> there)
    {
        if (count <= 1) return SigmaNodes.Or(span, there);
        if (count > there.Count) return new NotSyntax(span, SigmaNodes.Or(span, there));
        return count == there.Count ? SigmaNodes.And(span, there) : new AtLeastSyntax(span, new NumberLiteral(span, true, count, count), there);
    }

    private ExpressionSyntax? Compared(SigmaDocument document, YamlMapping section, YamlScalar type, List<Syntax.Path> sources,
        IReadOnlyList<KeySyntax> keys, WindowSyntax window, List<MeasureStatement> measures)
    {
        if (section["condition"] is not YamlMapping condition)
        {
            report.MissingPart(section.Span with { Length = 0 }, "condition", "a correlation that counts");
            return null;
        }
        if (FunctionOf(type, condition, sources) is not { } function) return null;
        var measure = Measure(document, $"{document.Name} {type.Value}", function, keys, window);
        measures.Add(measure);
        var parts = new List<ExpressionSyntax>();
        foreach (var pair in condition.Pairs.Where(p => p.Name is not ("field" or "percentile")))
        {
            var comparison = Comparisons.FirstOrDefault(c => c.Word == pair.Name);
            if (comparison.Word is null || Number(pair.Value) is not { } number)
            {
                report.Correlation(pair.Key.Span, "a condition compares by `gt`, `gte`, `lt`, `lte`, `eq` or `neq` with a number");
                return null;
            }
            parts.Add(new ComparisonSyntax(pair.Key.Span.To(pair.Value.Span), comparison.Operator, Read(measure), SigmaNodes.Number(pair.Value.Span, number), false));
        }
        if (parts.Count == 0) report.Correlation(condition.Span, "the condition compares with nothing");
        return parts.Count == 0 ? null : SigmaNodes.And(condition.Span, parts);
    }

    private FunctionSyntax? FunctionOf(YamlScalar type, YamlMapping condition, List<Syntax.Path> sources)
    {
        if (type.Value == "event_count") return Function(type.Span, Aggregate.Count, null, sources);
        Aggregate? aggregate = type.Value switch
        {
            "value_count" => Aggregate.Distinct,
            "value_sum" => Aggregate.Sum,
            "value_avg" => Aggregate.Average,
            "value_percentile" or "value_median" => Aggregate.Percentile,
            _ => null,
        };
        if (aggregate is null)
        {
            report.Correlation(type.Span, $"there is no correlation of type `{type.Value}`");
            return null;
        }
        if (condition["field"] is not YamlScalar field)
        {
            report.Correlation(condition.Span, $"`{type.Value}` needs one `field` in its condition");
            return null;
        }
        ExpressionSyntax amount = SigmaNodes.Field(field.Span, field.Value);
        if (aggregate != Aggregate.Distinct) amount = SigmaNodes.Call(field.Span, "number_of", amount);
        if (aggregate != Aggregate.Percentile) return Function(type.Span, aggregate.Value, amount, sources);
        var percentile = type.Value == "value_median" ? 50 : Number(condition["percentile"]);
        if (percentile is > 0 and <= 100) return Function(type.Span, Aggregate.Percentile, amount, sources) with { Percentile = SigmaNodes.Number(type.Span, percentile.Value) };
        report.Correlation(condition.Span, "`value_percentile` says which one by `percentile` in its condition, above 0 and at most 100");
        return null;
    }

    private IReadOnlyList<KeySyntax>? Keys(SigmaDocument document, YamlMapping section, IReadOnlyList<(YamlScalar Word, SigmaSource Source)> rules)
    {
        var types = rules.SelectMany(r => r.Source.Types).Distinct().ToList();
        if (section["condition"] is YamlMapping condition && condition["field"] is YamlScalar field)
            foreach (var type in types) events.Read(type, [field.Value], field.Span);
        var groups = section["group-by"] switch { YamlSequence list => list.Items.OfType<YamlScalar>().ToList(), YamlScalar { IsNull: false } one => [one], _ => [] };
        if (groups.Count == 0)
        {
            foreach (var type in types) events.One(type, "one key", document.Place);
            return [Key(document.Place, "one key")];
        }
        var keys = new List<KeySyntax>();
        foreach (var group in groups)
        {
            if ((section["aliases"] as YamlMapping)?[group.Value] is YamlMapping alias)
            {
                if (!Alias(document, group, alias, rules)) return null;
                keys.Add(Key(group.Span, AliasName(document, group)));
                continue;
            }
            foreach (var type in types) events.Read(type, [group.Value], group.Span);
            keys.Add(new KeySyntax(group.Span, SigmaNodes.FieldPath(group.Span, group.Value), null));
        }
        return keys;
    }

    private bool Alias(SigmaDocument document, YamlScalar group, YamlMapping alias, IReadOnlyList<(YamlScalar Word, SigmaSource Source)> rules)
    {
        foreach (var (word, source) in rules)
        {
            if ((alias[word.Value] ?? alias[source.Name]) is not YamlScalar field)
            {
                report.Correlation(alias.Span, $"the alias `{group.Value}` does not say which field it is of `{word.Value}`");
                return false;
            }
            foreach (var type in source.Types)
            {
                if (events.Alias(type, AliasName(document, group), field.Value, group.Span)) continue;
                report.Correlation(field.Span, $"the alias `{group.Value}` is two fields of one event type, `{type}`",
                    "an alias names one field of each event type; two rules about the same events share it");
                return false;
            }
        }
        return true;
    }

    /// <summary>With a space, so that no field of an event is called so.</summary>
    private static string AliasName(SigmaDocument document, YamlScalar group) => $"{document.Name} {group.Value}";

    private DurationSyntax? Timespan(YamlMapping section)
    {
        if (section["timespan"] is not YamlScalar span)
        {
            report.MissingPart(section.Span with { Length = 0 }, "timespan", "a correlation");
            return null;
        }
        long unit = span.Value.Length == 0 ? 0 : span.Value[^1] switch { 's' => 1_000, 'm' => 60_000, 'h' => 3_600_000, 'd' => 86_400_000, 'w' => 604_800_000, _ => 0 };
        if (unit > 0 && int.TryParse(span.Value.AsSpan(0, span.Value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
            return SigmaNodes.Duration(span.Span, count * unit);
        report.Correlation(span.Span, "a timespan is a number and `s`, `m`, `h` or `d`, such as `15m`");
        return null;
    }

    private static KeySyntax Key(TextSpan span, string name) => new(span, SigmaNodes.Single(span, name), null);

    private static MeasureStatement Measure(SigmaDocument document, string name, FunctionSyntax function, IReadOnlyList<KeySyntax> keys, WindowSyntax window) =>
        new(document.Place, SigmaNodes.Name(document.Place, name), function, null, keys, window);

    private static FunctionSyntax Function(TextSpan span, Aggregate aggregate, ExpressionSyntax? amount, IReadOnlyList<Syntax.Path> sources) =>
        new(span, aggregate, null, amount, sources, null, null);

    private static PathSyntax Read(MeasureStatement measure) => new(measure.Span, new Syntax.Path(measure.Span, [measure.Name]));

    private static double? Number(YamlNode? node) =>
        node is YamlScalar scalar && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
