using PolicyEngine.Language.Sigma;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Syntax.Formatting;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml;

namespace PolicyEngine.Language.Import;

/// <summary>
/// Sigma files to policy text that decides the same: the tree that Sigma rules run as, laid out with what its authors say about it. The
/// events that the rules imply are declared in a file of their own, since rules of all files read them.
/// </summary>
public sealed class SigmaImport
{
    private const string Shared = "events";

    private readonly string _pack;
    private readonly bool _yaml;
    private readonly SigmaReading _reading;
    private readonly MadeTree _tree;
    private readonly ILookup<TextSpan, Statement> _byPlace;
    private readonly List<LeftOut> _leftOut = [];
    private int _imported;

    private SigmaImport(SigmaReading reading, string pack, bool yaml)
    {
        (_reading, _pack, _yaml) = (reading, pack, yaml);
        _tree = new MadeTree(SourceNames(), ValueNames());
        _byPlace = reading.Statements.Where(s => s is RuleStatement or NamedEventStatement or MeasureStatement).ToLookup(s => s.Span);
    }

    /// <param name="sources">Sigma files and mapping files.</param>
    /// <param name="pack">What the pack is called, as far as that is a name.</param>
    /// <param name="yaml">In the YAML spelling.</param>
    public static ImportedPack Read(IReadOnlyList<SourceText> sources, string pack, bool yaml) => new SigmaImport(SigmaPack.ReadAll(sources), pack, yaml).Run();

    private ImportedPack Run()
    {
        var files = new List<ImportedFile>();
        var documents = _reading.Documents.Where(d => d.Kind != SigmaKind.Filter).ToList();
        foreach (var group in documents.GroupBy(d => d.Root.Span.Source!)) if (File(group.Key, group) is { } file) files.Add(file);
        if (files.Count > 0) files.Insert(0, Events());
        return new ImportedPack(files, _imported, documents.Count, _leftOut, _reading.Diagnostics);
    }

    private ImportedFile Events()
    {
        var writer = new PolicyWriter(_pack);
        // Rules that read a field without a possible name are left out.
        var declarations = _reading.Statements.OfType<EventStatement>()
            .Select(e => e with { Fields = [.. e.Fields.Where(f => f.Path.Parts.All(p => NameText.IsPossible(p.Text)))] }).ToList();
        var uses = _reading.Statements.OfType<UseStatement>();
        if (writer.Add([], uses.Concat<Statement>(declarations).Select(_tree.Of)) is { } why) _leftOut.Add(new LeftOut(declarations[0].Span, why));
        return new ImportedFile(null, Shared, writer.Finish(_yaml));
    }

    private ImportedFile? File(SourceText source, IEnumerable<SigmaDocument> documents)
    {
        var writer = new PolicyWriter(_pack);
        var before = _imported;
        foreach (var document in documents)
        {
            var statements = _byPlace[document.Place].Select(s => WithReason(_tree.Of(s), document)).ToList();
            if (statements.Count == 0) continue;
            statements.AddRange((document.Own?.Tests ?? []).Select(_tree.Of));
            if (writer.Add(Comments(document, statements), statements) is { } why) _leftOut.Add(new LeftOut(document.Place, why));
            else _imported++;
        }
        return _imported == before ? null : new ImportedFile(source, SigmaNames.FileName(source.Path), writer.Finish(_yaml));
    }

    /// <summary>What the author says it detects is the reason of its decisions.</summary>
    private static Statement WithReason(Statement statement, SigmaDocument document)
    {
        if (statement is not RuleStatement { Body: { Because: null } body } rule || (document.Text("description") ?? document.Text("title")) is not { } reason) return statement;
        var template = PolicyWriter.Template(reason);
        return template.Length == 0 ? statement : rule with { Body = body with { Because = new TextLiteral(TextSpan.None, template) } };
    }

    private static IEnumerable<string> Comments(SigmaDocument document, IReadOnlyList<Statement> statements)
    {
        if (!statements.OfType<RuleStatement>().Any() && document.Text("title") is { } title) yield return title;
        var facts = new[] { ("id", "id"), ("status", "status"), ("author", "by"), ("date", "date"), ("modified", "changed") }
            .Select(k => document.Text(k.Item1) is { } text ? $"{k.Item2} {text}" : null).OfType<string>().ToList();
        if (facts.Count > 0) yield return string.Join(", ", facts);
        foreach (var reference in Texts(document.Root["references"])) yield return $"see {reference}";
        if (Texts(document.Root["falsepositives"]).ToList() is { Count: > 0 } benign) yield return $"false positives: {string.Join("; ", benign)}";
    }

    private static IEnumerable<string> Texts(YamlNode? node) => node switch
    {
        YamlSequence list => list.Items.SelectMany(Texts),
        YamlScalar { IsNull: false } one => [one.Value],
        _ => [],
    };

    // ---- names ----

    /// <summary>Events are called in words of one piece; where they come from stands beside. Rules keep theirs.</summary>
    private Dictionary<string, string> SourceNames()
    {
        var taken = Heads().Concat(_reading.Documents.Select(d => d.Name)).ToHashSet(StringComparer.Ordinal);
        return Smooth(_reading.Statements.OfType<EventStatement>().Select(e => e.Name.Text), taken);
    }

    private Dictionary<string, string> ValueNames() => Smooth(_reading.Statements.OfType<MeasureStatement>().Select(m => m.Name.Text), [.. Heads()]);

    /// <summary>What fields begin with: a measure or event of that name would hide them.</summary>
    private IEnumerable<string> Heads() => _reading.Statements.OfType<EventStatement>().SelectMany(e => e.Fields).Select(f => f.Path.Parts[0].Text);

    private static Dictionary<string, string> Smooth(IEnumerable<string> names, HashSet<string> taken)
    {
        var smooth = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var better = NameText.Smooth(name);
            smooth[name] = taken.Add(better) ? better : name;
        }
        return smooth;
    }
}
