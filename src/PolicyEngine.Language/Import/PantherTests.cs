using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Syntax.Formatting;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Import;

/// <summary>
/// The tests in rule files of Panther to tests of ours. What its rules decide is written in Python and is not read; each gets a draft that
/// nothing makes fire, to be rewritten until its tests pass.
/// </summary>
public sealed class PantherTests
{
    private const string Shared = "events";
    private static readonly TextSpan None = TextSpan.None;

    private readonly SortedDictionary<string, SortedSet<string>> _events = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<ImportedFile> _files = [];
    private readonly List<LeftOut> _leftOut = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly (string Pack, bool Yaml, string? Rule) _options;
    private int _found;
    private int _imported;

    private PantherTests((string Pack, bool Yaml, string? Rule) options) => _options = options;

    /// <param name="sources">Files of rules; others are passed over.</param>
    /// <param name="pack">What the pack is called, as far as that is a name.</param>
    /// <param name="yaml">In the YAML spelling.</param>
    /// <param name="rule">The name of the rule, when there is one; else it is made of the `RuleID`.</param>
    public static ImportedPack Read(IReadOnlyList<SourceText> sources, string pack, bool yaml, string? rule = null)
    {
        var import = new PantherTests((pack, yaml, rule));
        var rules = sources.SelectMany(import.Rules).ToList();
        // An event and a rule of one name would be one name for two things.
        foreach (var (_, root, tests, _) in rules)
            foreach (var test in tests.Items.OfType<YamlMapping>().Where(t => Problem(root, t) is null)) import._names.Add(Event(TypeOf(root, test)!));
        foreach (var (source, root, tests, id) in rules) import.Rule(source, root, tests, id);
        if (import._files.Count > 0) import._files.Insert(0, new ImportedFile(null, Shared, import.Events()));
        return new ImportedPack(import._files, import._imported, import._found, import._leftOut, import._diagnostics);
    }

    private IEnumerable<(SourceText Source, YamlMapping Root, YamlSequence Tests, string Id)> Rules(SourceText source)
    {
        var file = YamlReader.Read(source);
        _diagnostics.AddRange(file.Diagnostics);
        foreach (var root in file.Documents.Select(d => d.Root).OfType<YamlMapping>())
            if (root["Tests"] is YamlSequence tests && Text(root, "RuleID") is { } id) yield return (source, root, tests, id);
    }

    private void Rule(SourceText source, YamlMapping root, YamlSequence tests, string id)
    {
        var name = Free(NameText.Smooth(_options.Rule ?? id.ToLowerInvariant()));
        var writer = new PolicyWriter(_options.Pack);
        var (types, statements) = (new SortedSet<string>(StringComparer.Ordinal), new List<(IReadOnlyList<string> Comments, TestStatement Test, TextSpan Place)>());
        foreach (var test in tests.Items)
        {
            _found++;
            if (Problem(root, test) is { } problem) _leftOut.Add(problem);
            else statements.Add(Test((YamlMapping)test, TypeOf(root, (YamlMapping)test)!, name, types));
        }
        if (statements.Count == 0) return;
        writer.Add(Comments(root, id), [Draft(root, name, types)]);
        foreach (var (comments, test, place) in statements)
        {
            if (writer.Add(comments, [test]) is { } why) _leftOut.Add(new LeftOut(place, why));
            else _imported++;
        }
        _files.Add(new ImportedFile(source, name, writer.Finish(_options.Yaml)));
    }

    private static LeftOut? Problem(YamlMapping root, YamlNode node)
    {
        if (node is not YamlMapping test) return new LeftOut(node.Span, "a test is a mapping");
        if (test.Find("Mocks") is { } mocks) return new LeftOut(mocks.Key.Span, "a test with mocks leans on functions of the rule; what they look up would be a list or a label here");
        if (test["Log"] is not YamlMapping) return new LeftOut(test.Span with { Length = Math.Min(1, test.Span.Length) }, "there is no event in it: only a `Log` can be given");
        if (Truth(test["ExpectedResult"]) is null) return new LeftOut(test.Span with { Length = Math.Min(1, test.Span.Length) }, "it does not say `ExpectedResult: true` or `false`");
        return TypeOf(root, test) is null ? new LeftOut(test.Span with { Length = Math.Min(1, test.Span.Length) }, "which of the `LogTypes` its event is of stands nowhere") : null;
    }

    /// <summary>What the event says it is, else the only type that the rule reads.</summary>
    private static string? TypeOf(YamlMapping root, YamlMapping test) =>
        Text((YamlMapping)test["Log"]!, "p_log_type") ?? (root["LogTypes"] is YamlSequence { Items: [YamlScalar only] } ? only.Value : null);

    private (IReadOnlyList<string>, TestStatement, TextSpan) Test(YamlMapping test, string type, string rule, SortedSet<string> types)
    {
        types.Add(type);
        if (!_events.TryGetValue(type, out var fields)) _events[type] = fields = new(StringComparer.Ordinal);
        var log = new PantherLog(fields);
        var record = log.Read((YamlMapping)test["Log"]!);
        var given = new GivenEvents(None, null, Single(Event(type)), null, null, null, record);
        var expected = new ExpectSyntax(None, false, Truth(test["ExpectedResult"]) == false, ExpectKind.Named, Single(rule), null, null, null, null, null, null, null, null);
        var title = new TextLiteral(None, PolicyWriter.OneLine(Text(test, "Name") ?? rule));
        return (log.NotSaid, new TestStatement(None, title, null, [given], [expected]), test.Span with { Length = 0 });
    }

    private static RuleStatement Draft(YamlMapping root, string name, IEnumerable<string> types)
    {
        var never = new BooleanLiteral(None, false);
        var because = Text(root, "Description") ?? Text(root, "DisplayName");
        var reason = because is null ? null : new TextLiteral(None, PolicyWriter.Template(because));
        var body = new RuleBody(None, new EachTriggerSyntax(None, [.. types.Select(t => Single(Event(t)))]), never, [], [new ActionSyntax(None, new ObserveAct(None), null, null, null)], reason);
        var title = Text(root, "DisplayName") is { } shown ? new TextLiteral(None, PolicyWriter.OneLine(shown)) : null;
        return new RuleStatement(None, Plain(name), title, body, null, [], [.. Clauses(root).Select(m => new MetadataClause(None, m))]);
    }

    private static IEnumerable<Metadata> Clauses(YamlMapping root)
    {
        if (Text(root, "Runbook") is { } runbook) yield return new RunbookMetadata(None, new TextLiteral(None, PolicyWriter.OneLine(runbook)));
        if (Text(root, "Severity")?.ToLowerInvariant() is { } severity)
            if (severity is "low" or "medium" or "high" or "critical" or "info") yield return new SeverityMetadata(None, severity == "info" ? "low" : severity);
        if ((root["Reports"] as YamlMapping)?["MITRE ATT&CK"] is YamlSequence { Items.Count: > 0 } attack)
            yield return new TagsMetadata(None, [.. attack.Items.OfType<YamlScalar>().Select(t => new TextLiteral(None, "attack." + t.Value.Split(':')[^1].ToLowerInvariant()))]);
    }

    private static IEnumerable<string> Comments(YamlMapping root, string id)
    {
        yield return Text(root, "Filename") is { } file ? $"{id}: write here what {file} asks" : $"{id}: write here what it asks";
        if (Text(root, "Reference") is { } reference) yield return $"see {reference}";
    }

    private string Events()
    {
        var writer = new PolicyWriter(_options.Pack);
        var declarations = _events.Select(e => new EventStatement(None, Plain(Event(e.Key)), new TextLiteral(None, e.Key), [.. e.Value.Select(PantherLog.Declaration)]));
        writer.Add([], declarations);
        return writer.Finish(_options.Yaml);
    }

    private string Free(string name)
    {
        var free = name;
        for (var n = 2; !_names.Add(free); n++) free = $"{name}_{n}";
        return free;
    }

    private static string Event(string type) => NameText.Smooth(type.ToLowerInvariant());

    private static bool? Truth(YamlNode? node) => (node as YamlScalar)?.Value.ToLowerInvariant() switch { "true" => true, "false" => false, _ => null };

    private static string? Text(YamlMapping mapping, string key) => mapping[key] is YamlScalar { IsNull: false, Value.Length: > 0 } scalar ? scalar.Value : null;

    private static Path Single(string name) => new(None, [Plain(name)]);

    private static Name Plain(string name) => new(None, name, Quoted: !NameText.IsPlain(name));
}
