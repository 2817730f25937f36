using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml;

namespace PolicyEngine.Language.Sigma;

internal enum SigmaKind { Rule, Correlation, Filter }

/// <summary>One document of a Sigma file, under the name that rules and events of the pack bear.</summary>
internal sealed record SigmaDocument(SigmaKind Kind, YamlMapping Root, string Name)
{
    public SigmaOwnPart? Own { get; init; }

    public TextSpan Place => (Root.Find("title")?.Value ?? Root.Pairs[0].Key).Span;

    public string? Id => Text("id");

    /// <summary>What correlations and filters may call it besides its id.</summary>
    public string? OwnName => Text("name");

    /// <summary>Ids that it had before: `related` with the type `renamed`.</summary>
    public IEnumerable<string> FormerIds => Root["related"] is not YamlSequence related ? [] : related.Items.OfType<YamlMapping>()
        .Where(r => r["type"] is YamlScalar { Value: "renamed" }).Select(r => r["id"]).OfType<YamlScalar>().Select(i => i.Value);

    public YamlScalar? Title => Root["title"] as YamlScalar;

    /// <summary>`informational` has no severity of its own.</summary>
    public string? Severity => Text("level")?.ToLowerInvariant() switch
    {
        "informational" or "low" => "low",
        "medium" => "medium",
        "high" => "high",
        "critical" => "critical",
        _ => null,
    };

    public IReadOnlyList<YamlScalar> Tags => Root["tags"] is YamlSequence tags ? [.. tags.Items.OfType<YamlScalar>()] : [];

    public string? Text(string key) => Root[key] is YamlScalar { IsNull: false } scalar ? scalar.Value : null;

    public static SigmaKind? KindOf(YamlMapping root)
    {
        if (root["correlation"] is not null) return SigmaKind.Correlation;
        if (root["filter"] is not null) return SigmaKind.Filter;
        return root["detection"] is not null || root["logsource"] is not null ? SigmaKind.Rule : null;
    }
}
