using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml;

namespace PolicyEngine.Language.Sigma;

/// <summary>What was read of all files together: a document with an error has no statements.</summary>
internal sealed record SigmaReading(IReadOnlyList<Statement> Statements, IReadOnlyList<SigmaDocument> Documents, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>
/// All Sigma files of a load as one pack, `sigma`: they share events, and correlations and filters name rules of other files. It becomes the
/// same syntax tree as policy text, so that everything behind it is one way.
/// </summary>
internal sealed class SigmaPack
{
    public const string Name = "sigma";

    private readonly SigmaReport _report = new();
    private readonly SigmaNames _names = new();
    private readonly List<SigmaDocument> _documents = [];
    private readonly SigmaMapping _mapping;
    private readonly SigmaEvents _events;
    private readonly Dictionary<string, SigmaDocument> _byWord = new(StringComparer.Ordinal);
    private readonly Dictionary<SigmaDocument, SigmaSource?> _sources = [];

    private SigmaPack()
    {
        _mapping = new SigmaMapping(_report);
        _events = new SigmaEvents(_mapping);
    }

    /// <summary>One result a file, in their order; the first holds the statements of all.</summary>
    public static IReadOnlyList<ParseResult> Read(IReadOnlyList<SourceText> sources)
    {
        var reading = ReadAll(sources);
        var bySource = reading.Diagnostics.ToLookup(d => d.Span.Source);
        return [.. sources.Select((s, i) => new ParseResult(new PolicyFile(s, i == 0 ? reading.Statements : [], []), [.. bySource[s]]))];
    }

    public static SigmaReading ReadAll(IReadOnlyList<SourceText> sources)
    {
        var files = new YamlFile[sources.Count];
        Parallel.For(0, sources.Count, i => files[i] = YamlReader.Read(sources[i]));
        var pack = new SigmaPack();
        foreach (var file in files) pack.Collect(file);
        var statements = files.Length == 0 ? [] : pack.Statements(new TextSpan(sources[0], 0, 0));
        return new SigmaReading(statements, pack._documents, [.. files.SelectMany(f => f.Diagnostics).Concat(pack._report.All)]);
    }

    private void Collect(YamlFile file)
    {
        foreach (var document in file.Documents)
        {
            if (document.Root is not YamlMapping root || root.Pairs.Count == 0)
            {
                if (document.Root is not null) _report.Shape(document.Span, "---", "a mapping");
                continue;
            }
            if (SigmaMapping.IsMapping(root)) _mapping.Add(root);
            else if (SigmaDocument.KindOf(root) is { } kind) _documents.Add(new SigmaDocument(kind, root, _names.For(root)) { Own = SigmaOwnPart.Read(file, root, kind, _report) });
            else _report.MissingPart(root.Pairs[0].Key.Span, "detection", "a rule");
        }
    }

    private List<Statement> Statements(TextSpan place)
    {
        foreach (var document in _documents)
            foreach (var word in new[] { document.Id, document.OwnName, document.Name }.OfType<string>()) _byWord.TryAdd(word, document);
        foreach (var document in _documents)
            foreach (var former in document.FormerIds) _byWord.TryAdd(former, document);
        foreach (var document in _documents.Where(d => d.Kind == SigmaKind.Rule))
            if (document.Root["logsource"] is YamlMapping logsource) _events.Imply(SigmaLogsource.Read(logsource));
        var filters = Filters();
        var silent = Silent();
        var statements = new List<Statement>();
        foreach (var (document, detection) in Detections(filters))
        {
            _sources[document] = detection is null ? null : new SigmaSource(document.Name, detection.Types);
            if (detection is null) continue;
            foreach (var type in detection.Types) _events.Read(type, detection.Fields, document.Place);
            statements.Add(silent.Contains(document) ? SigmaRules.AsEvent(detection) : SigmaRules.AsRule(detection));
        }
        var correlations = new SigmaCorrelations(_events, _report);
        foreach (var document in _documents.Where(d => d.Kind == SigmaKind.Correlation)) statements.AddRange(Correlate(correlations, document));
        var tests = Tests();
        return [new PackStatement(place, SigmaNodes.Name(place, Name), []), .. _mapping.Uses, .. _events.Declarations(), .. statements, .. tests];
    }

    /// <summary>In the order of the documents, whoever is ready first.</summary>
    private IEnumerable<(SigmaDocument Document, SigmaDetection? Detection)> Detections(ILookup<SigmaDocument, SigmaDocument> filters)
    {
        var rules = _documents.FindAll(d => d.Kind == SigmaKind.Rule);
        var lowered = new (SigmaDetection? Detection, SigmaReport Report)[rules.Count];
        Parallel.For(0, rules.Count, i =>
        {
            var report = new SigmaReport();
            lowered[i] = (new SigmaRules(_mapping, _events, report).Lower(rules[i], [.. filters[rules[i]]]), report);
        });
        // A filter's error is met with every rule that it is for.
        var found = lowered.SelectMany(l => l.Report.All).ToList();
        foreach (var diagnostic in found.Where(d => d.Code != SigmaCodes.Unmapped).DistinctBy(d => (d.Code, d.Span, d.Message))) _report.Add(diagnostic);
        foreach (var logsource in found.Where(d => d.Code == SigmaCodes.Unmapped).GroupBy(d => d.Message)) _report.UnmappedOnce([.. logsource]);
        return rules.Zip(lowered, (rule, one) => (rule, one.Detection));
    }

    private IReadOnlyList<Statement> Correlate(SigmaCorrelations correlations, SigmaDocument document)
    {
        if (document.Root["correlation"] is not YamlMapping section)
        {
            _report.Shape(document.Root["correlation"]!.Span, "correlation", "a mapping");
            return [];
        }
        var words = Words(section["rules"]);
        if (words.Count == 0) _report.MissingPart(section.Span with { Length = 0 }, "rules", "a correlation");
        var rules = new List<(YamlScalar, SigmaSource)>();
        foreach (var word in words)
        {
            if (Find(word) is not { } found) return [];
            // A rule that has an error has said so.
            if (SourceOf(found, []) is not { } source) return [];
            rules.Add((word, source));
        }
        return rules.Count == 0 ? [] : correlations.Lower(document, section, rules);
    }

    /// <summary>The types behind a rule, or behind the rules of a correlation of correlations; null where one of them has an error.</summary>
    private SigmaSource? SourceOf(SigmaDocument document, HashSet<SigmaDocument> open)
    {
        if (_sources.TryGetValue(document, out var known)) return known;
        if (document.Kind != SigmaKind.Correlation || document.Root["correlation"] is not YamlMapping section) return null;
        // A circle has no types; the compiler tells of it by the names of the rules.
        if (!open.Add(document)) return new SigmaSource(document.Name, []);
        var inner = Words(section["rules"]).Select(w => _byWord.GetValueOrDefault(w.Value)).Select(d => d is null ? null : SourceOf(d, open)).ToList();
        if (inner.Count == 0 || inner.Contains(null)) return null;
        return new SigmaSource(document.Name, [.. inner.SelectMany(s => s!.Types).Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <summary>The tests of all documents; what they give to events is there even where no rule reads it.</summary>
    private List<TestStatement> Tests()
    {
        var tests = _documents.SelectMany(d => d.Own?.Tests ?? []).ToList();
        foreach (var given in tests.SelectMany(t => t.Givens).OfType<GivenEvents>())
            _events.Give(given.Event.Text, SigmaOwnPart.FieldsOf(given.Record), given.Span);
        return tests;
    }

    /// <summary>Rules that only correlations look at, as none of these says `generate: true`: they are events and decide nothing.</summary>
    private HashSet<SigmaDocument> Silent()
    {
        var referred = new HashSet<SigmaDocument>();
        var generated = new HashSet<SigmaDocument>();
        foreach (var document in _documents)
        {
            if (document.Root["correlation"] is not YamlMapping section) continue;
            var generates = (section["generate"] ?? document.Root["generate"]) is YamlScalar { Value: "true" };
            foreach (var word in Words(section["rules"]))
                if (_byWord.TryGetValue(word.Value, out var found)) (generates ? generated : referred).Add(found);
        }
        referred.ExceptWith(generated);
        // Whoever says responses wants them carried out.
        referred.RemoveWhere(d => d.Own is { Acts: true });
        return referred;
    }

    private ILookup<SigmaDocument, SigmaDocument> Filters()
    {
        var pairs = new List<(SigmaDocument Rule, SigmaDocument Filter)>();
        foreach (var filter in _documents.Where(d => d.Kind == SigmaKind.Filter))
        {
            var rules = (filter.Root["filter"] as YamlMapping)?["rules"];
            if (rules is null) _report.MissingPart(filter.Place, "rules", "a filter");
            if (rules is YamlScalar { Value: "any" }) pairs.AddRange(_documents.Where(d => d.Kind == SigmaKind.Rule && IsFor(filter, d)).Select(d => (d, filter)));
            else foreach (var word in Words(rules)) if (FindRule(word) is { } rule) pairs.Add((rule, filter));
        }
        return pairs.ToLookup(p => p.Rule, p => p.Filter);
    }

    /// <summary>A filter for any rule means those of its log source.</summary>
    private static bool IsFor(SigmaDocument filter, SigmaDocument rule) =>
        filter.Root["logsource"] is not YamlMapping wanted || (rule.Root["logsource"] is YamlMapping own && SigmaLogsource.Read(wanted).Covers(SigmaLogsource.Read(own)));

    private SigmaDocument? Find(YamlScalar word)
    {
        if (_byWord.TryGetValue(word.Value, out var found)) return found;
        _report.UnknownRule(word.Span, word.Value, _byWord.Keys);
        return null;
    }

    private SigmaDocument? FindRule(YamlScalar word)
    {
        var found = Find(word);
        if (found is null or { Kind: SigmaKind.Rule }) return found;
        _report.NoFilterFor(word.Span, word.Value, found.Kind == SigmaKind.Filter ? "a filter" : "a correlation");
        return null;
    }

    private static List<YamlScalar> Words(YamlNode? node) => node switch
    {
        YamlSequence list => [.. list.Items.OfType<YamlScalar>()],
        YamlScalar { IsNull: false } one => [one],
        _ => [],
    };
}
