using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Yaml.Spelling;

/// <summary>What is wrong with YAML that is to spell a policy. Each code has an entry in the catalog.</summary>
internal sealed class SpellingReport
{
    public List<Diagnostic> Diagnostics { get; } = [];

    public void IsNoList(TextSpan span) => Add(SpellingCodes.NoList, span, "a policy is a list of declarations", "no list", "begin each with `- ` and its kind, such as `- rule: name`");

    public void IsSecondDocument(TextSpan span) => Add(SpellingCodes.SecondDocument, span, "a file holds one document", "a second one", "put its declarations into the list above, or into a file of their own");

    public void IsNoConstruct(YamlNode item, IReadOnlyList<Construct> kinds) =>
        Add(SpellingCodes.WrongShape, item.Span with { Length = Math.Min(item.Span.Length, 40) }, $"this should be {OneOf(kinds)}", "not a mapping", $"write `- {kinds[0].Kind}: …` and its keys below");

    public void IsUnknownKind(YamlScalar key, IReadOnlyList<Construct> kinds)
    {
        var names = kinds.Select(k => k.Kind).Distinct().ToList();
        Add(SpellingCodes.UnknownKind, key.Span, $"nothing is declared by `{Short(key.Value)}`", Nearest(key, names) is { } near ? $"did you mean `{near}`?" : "no such kind",
            $"the first key is one of {string.Join(", ", names)}");
    }

    public void IsUnknownKey(YamlScalar key, Construct construct)
    {
        var names = construct.Keys.Select(k => k.Name).ToList();
        Add(SpellingCodes.UnknownKey, key.Span, $"`{construct.Kind}` has no key `{Short(key.Value)}`", Nearest(key, names) is { } near ? $"did you mean `{near}`?" : "no such key",
            $"its keys are {string.Join(", ", names)}");
    }

    public void IsMissing(YamlMapping mapping, Construct construct, Key key)
    {
        var first = mapping.Pairs[0];
        Add(SpellingCodes.MissingKey, first.Key.Span, $"this `{construct.Kind}` needs `{key.Name}`", $"`{key.Name}` is missing", $"add a line `{key.Name}: …` ({key.Meaning})");
    }

    public void IsWrong(YamlNode found, string key, string expected) =>
        Add(SpellingCodes.WrongShape, found.Span, $"`{Short(key)}` should be {expected}", Found(found), null);

    private static string Found(YamlNode node) => node switch
    {
        YamlScalar { IsNull: true } => "nothing stands here",
        YamlScalar scalar => $"this is `{Short(scalar.Value)}`",
        YamlSequence => "a list",
        _ => "a mapping",
    };

    private static string OneOf(IReadOnlyList<Construct> kinds) =>
        kinds.Count > 5 ? "a declaration" : string.Join(" or ", kinds.Select(k => $"`{k.Kind}: …`"));

    private static string? Nearest(YamlScalar key, IEnumerable<string> names) => Suggestion.Nearest(key.Value, names);

    private static string Short(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 60), "…");

    private void Add(string code, TextSpan span, string message, string? label, string? help) =>
        Diagnostics.Add(new Diagnostic(code, Severity.Error, message, span) { Label = label, Help = help });
}
