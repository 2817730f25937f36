using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Yaml;

namespace PolicyEngine.Language.Sigma;

/// <summary>A detection lowered: the types and fields it reads and what has to hold, with the filters that apply to it.</summary>
internal sealed record SigmaDetection(
    SigmaDocument Document, IReadOnlyList<string> Types, IReadOnlySet<string> Fields, ExpressionSyntax When, IReadOnlyList<ExceptSyntax> Exceptions);

/// <summary>Detections to `on each` rules, or to named events where only correlations look at them. It only reads what it is given, but for the report.</summary>
internal sealed class SigmaRules(SigmaMapping mapping, SigmaEvents events, SigmaReport report)
{
    /// <summary>Null after an error, and for a log source that is not mapped.</summary>
    public SigmaDetection? Lower(SigmaDocument document, IReadOnlyList<SigmaDocument> filters)
    {
        if (LogsourceOf(document) is not { } logsource) return null;
        var types = events.TypesOf(logsource);
        if (types.Count == 0) report.Unmapped(document.Root["logsource"]!.Span, logsource.ToString());
        var fields = new HashSet<string>(StringComparer.Ordinal);
        var when = Section(document.Root, "detection", "a rule", logsource, fields);
        var exceptions = filters.Select(f => (Filter: f, Condition: Section(f.Root, "filter", "a filter", logsource, fields))).ToList();
        if (when is null || types.Count == 0 || exceptions.Exists(e => e.Condition is null)) return null;
        return new SigmaDetection(document, types, fields, when, [.. exceptions.Select(e => Except(e.Filter, e.Condition!))]);
    }

    public SigmaLogsource? LogsourceOf(SigmaDocument document)
    {
        if (document.Root["logsource"] is YamlMapping logsource) return SigmaLogsource.Read(logsource);
        if (document.Root.Find("logsource") is { } other) report.Shape(other.Value.Span, "logsource", "a mapping with product, category and service");
        else report.MissingPart(document.Place, "logsource", "a rule");
        return null;
    }

    public static Statement AsRule(SigmaDetection detection)
    {
        var (document, place) = (detection.Document, detection.Document.Place);
        var trigger = new EachTriggerSyntax(place, [.. detection.Types.Select(t => SigmaNodes.Single(place, t))]);
        return Rule(document, trigger, detection.When, detection.Exceptions);
    }

    /// <summary>With what the document says to this engine alone; without it a rule fires and observes.</summary>
    public static RuleStatement Rule(SigmaDocument document, TriggerSyntax trigger, ExpressionSyntax? when, IReadOnlyList<ExceptSyntax> exceptions)
    {
        var (place, own) = (document.Place, document.Own?.Body);
        var observe = new ActionSyntax(place, new ObserveAct(place), null, null, null);
        var body = new RuleBody(place, trigger, when, [.. exceptions, .. own?.Exceptions ?? []], own?.Actions ?? [observe], own?.Because);
        return new RuleStatement(place, SigmaNodes.Name(place, document.Name), Title(document), body, null, [], Clauses(document));
    }

    public static Statement AsEvent(SigmaDetection detection)
    {
        var place = detection.Document.Place;
        ExpressionSyntax[] parts = [detection.When, .. detection.Exceptions.Select(e => new NotSyntax(e.Span, e.When))];
        return new NamedEventStatement(place, SigmaNodes.Name(place, detection.Document.Name),
            [.. detection.Types.Select(t => SigmaNodes.Single(place, t))], SigmaNodes.And(place, parts));
    }

    private static TextLiteral? Title(SigmaDocument document) => document.Title is { } title ? new TextLiteral(title.Span, title.Value) : null;

    private static IReadOnlyList<ClauseSyntax> Clauses(SigmaDocument document)
    {
        var clauses = new List<ClauseSyntax>(document.Own?.Rule.Clauses ?? []);
        if (document.Severity is { } severity) clauses.Add(new MetadataClause(document.Place, new SeverityMetadata(document.Place, severity)));
        if (document.Tags is { Count: > 0 } tags)
            clauses.Add(new MetadataClause(document.Place, new TagsMetadata(document.Place, [.. tags.Select(t => new TextLiteral(t.Span, t.Value))])));
        return clauses;
    }

    /// <summary>
    /// A filter's condition has to hold beside the rule's, so where it does not the rule is excepted: that is how filters are carried out
    /// elsewhere, and the record says which one it was.
    /// </summary>
    private static ExceptSyntax Except(SigmaDocument filter, ExpressionSyntax condition) => new(
        filter.Place, new NotSyntax(condition.Span, condition), null, new TextLiteral(filter.Place, filter.Title?.Value ?? filter.Name));

    private ExpressionSyntax? Section(YamlMapping root, string key, string of, SigmaLogsource logsource, HashSet<string> fields)
    {
        if (root[key] is not YamlMapping section)
        {
            if (root.Find(key) is { } other) report.Shape(other.Value.Span, key, "a mapping of selections and a condition");
            else report.MissingPart(root.Pairs[0].Key.Span, key, of);
            return null;
        }
        if (section["condition"] is not { } condition)
        {
            report.MissingPart(section.Span with { Length = 0 }, "condition", $"`{key}`");
            return null;
        }
        if (SigmaAggregations.Refuse(condition, section["timeframe"], report)) return null;
        var selections = new SigmaSelections(new SigmaValues(mapping.Placeholders, report), report, f => events.Rename(logsource, f));
        var named = section.Pairs.Where(p => p.Name is not ("condition" or "timeframe") && !(key == "filter" && p.Name == "rules")).ToList();
        var read = new SigmaConditions(named, selections, report).Read(condition);
        fields.UnionWith(selections.Fields);
        return read;
    }
}
