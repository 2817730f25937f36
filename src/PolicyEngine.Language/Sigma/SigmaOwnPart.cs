using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Yaml;
using PolicyEngine.Language.Yaml.Spelling;

namespace PolicyEngine.Language.Sigma;

/// <summary>
/// What a Sigma document says to this engine alone, under one key that others pass over: responses, reason, exceptions, stage and the other
/// clauses of a rule, and tests. It is spelled as in a `.policy.yaml` and read by the same table.
/// </summary>
/// <param name="Acts">It says responses of its own.</param>
internal sealed record SigmaOwnPart(RuleStatement Rule, IReadOnlyList<TestStatement> Tests, bool Acts)
{
    public const string Key = "policyengine";

    public RuleBody Body => Rule.Body!;

    /// <summary>Null where the document has none, and after an error.</summary>
    public static SigmaOwnPart? Read(YamlFile file, YamlMapping root, SigmaKind kind, SigmaReport report)
    {
        if (root.Find(Key) is not { } pair) return null;
        if (kind == SigmaKind.Filter) report.OwnPart(pair.Key.Span);
        else if (pair.Value is not YamlMapping { Pairs.Count: > 0 } mapping) report.Shape(pair.Value.Span, Key, "a mapping of responses, stage and tests");
        else return Read(file, mapping, pair, report);
        return null;
    }

    /// <summary>The fields that a test gives to events, nested ones by their path.</summary>
    public static IEnumerable<string> FieldsOf(RecordSyntax record) =>
        record.Pairs.SelectMany(p => p.Record is { } inner ? FieldsOf(inner).Select(f => $"{p.Path.Text}.{f}") : [p.Path.Text]);

    private static SigmaOwnPart? Read(YamlFile file, YamlMapping mapping, YamlPair pair, SigmaReport report)
    {
        var parsed = PolicyYaml.Parse(file, reader => reader.Part(mapping, Constructs.SigmaPart, pair.Key.Span));
        foreach (var diagnostic in parsed.Diagnostics) report.Add(diagnostic);
        var statements = parsed.File.Statements;
        return parsed.Diagnostics.Count > 0 || statements.OfType<RuleStatement>().FirstOrDefault() is not { Body: not null } rule
            ? null
            : new SigmaOwnPart(rule, [.. statements.OfType<TestStatement>()], mapping.Find("then") is not null);
    }
}
