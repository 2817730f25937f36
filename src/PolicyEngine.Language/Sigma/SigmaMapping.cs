using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Yaml;

namespace PolicyEngine.Language.Sigma;

/// <summary>What a rule says about where its events come from; a part it does not name is null.</summary>
internal sealed record SigmaLogsource(string? Product, string? Category, string? Service)
{
    public bool IsEmpty => Product is null && Category is null && Service is null;

    /// <summary>Product, category and service with dots between them: the `type` of the events.</summary>
    public string EventName => string.Join('.', new[] { Product, Category, Service }.OfType<string>());

    /// <summary>Whether <paramref name="other"/> says all that this says, and perhaps more.</summary>
    public bool Covers(SigmaLogsource other) =>
        (Product is null || Product == other.Product) && (Category is null || Category == other.Category) && (Service is null || Service == other.Service);

    public static SigmaLogsource Read(YamlMapping mapping) => new(Part(mapping, "product"), Part(mapping, "category"), Part(mapping, "service"));

    public override string ToString() => IsEmpty ? "of this rule" : $"`{EventName}`";

    private static string? Part(YamlMapping mapping, string key) => mapping[key] is YamlScalar { IsNull: false } scalar ? scalar.Value.ToLowerInvariant() : null;
}

/// <summary>One entry of a mapping: rules about this log source read these events, and these fields under other names.</summary>
/// <param name="Entities">Names of entities by the fields that hold them.</param>
internal sealed record SigmaMappingEntry(
    SigmaLogsource Logsource, IReadOnlyList<string> Events, IReadOnlyDictionary<string, string> Fields, IReadOnlyDictionary<string, YamlScalar> Entities);

/// <summary>
/// Mapping files of a pack: log sources to event types and fields, and the values of placeholders. Without an entry the type is made of the
/// log source's own words, unless the file asks for a report.
/// </summary>
internal sealed class SigmaMapping(SigmaReport report)
{
    private readonly Dictionary<string, IReadOnlyList<string>> _placeholders = new(StringComparer.Ordinal);

    public List<SigmaMappingEntry> Entries { get; } = [];

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Placeholders => _placeholders;

    public bool ReportsOthers { get; private set; }

    /// <summary>Packs whose entities, labels, lists and responses the rules speak of.</summary>
    public List<UseStatement> Uses { get; } = [];

    public static bool IsMapping(YamlMapping root) => root["logsources"] is not null || root["placeholders"] is not null;

    /// <summary>The packs that a mapping file uses.</summary>
    public static IEnumerable<YamlScalar> UsesOf(YamlMapping root) => root["use"] is { } use ? Scalars(use) : [];

    public void Add(YamlMapping root)
    {
        foreach (var pair in root.Pairs)
        {
            switch (pair.Name)
            {
                case "logsources" when pair.Value is YamlSequence entries:
                    foreach (var entry in entries.Items) Entry(entry);
                    break;
                case "placeholders" when pair.Value is YamlMapping values:
                    foreach (var value in values.Pairs) _placeholders[value.Name] = Texts(value.Value);
                    break;
                case "use" when Scalars(pair.Value).Count > 0:
                    Uses.AddRange(Scalars(pair.Value).Select(u => new UseStatement(u.Span, SigmaNodes.Name(u.Span, u.Value))));
                    break;
                case "otherwise" when pair.Value is YamlScalar { Value: "report" or "name" } word:
                    ReportsOthers = word.Value == "report";
                    break;
                default:
                    report.Mapping(pair.Key.Span, $"a mapping file has `logsources`, `placeholders`, `use` and `otherwise: report`, not `{pair.Name}` so");
                    break;
            }
        }
    }

    private void Entry(YamlNode node)
    {
        if (node is not YamlMapping entry || entry["logsource"] is not YamlMapping logsource || entry["event"] is not { } events || Texts(events).Count == 0)
        {
            report.Mapping(node.Span, "an entry names a `logsource` and the `event` that its rules read");
            return;
        }
        var fields = (entry["fields"] as YamlMapping)?.Pairs.Where(p => p.Value is YamlScalar)
            .ToDictionary(p => p.Name, p => ((YamlScalar)p.Value).Value, StringComparer.Ordinal) ?? [];
        var entities = (entry["entities"] as YamlMapping)?.Pairs.Where(p => IsEntity(p)).ToDictionary(p => p.Name, p => (YamlScalar)p.Value, StringComparer.Ordinal) ?? [];
        Entries.Add(new SigmaMappingEntry(SigmaLogsource.Read(logsource), Texts(events), fields, entities));
    }

    private bool IsEntity(YamlPair pair)
    {
        var isOne = pair.Value is YamlScalar { IsNull: false } && !pair.Name.Contains('.', StringComparison.Ordinal);
        if (!isOne) report.Mapping(pair.Key.Span, "`entities` names an entity for a field that is not nested, such as `User: account`");
        return isOne;
    }

    private static IReadOnlyList<string> Texts(YamlNode node) => [.. Scalars(node).Select(s => s.Value)];

    private static IReadOnlyList<YamlScalar> Scalars(YamlNode node) =>
        node is YamlSequence sequence ? [.. sequence.Items.OfType<YamlScalar>()] : node is YamlScalar scalar ? [scalar] : [];
}
