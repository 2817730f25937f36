using System.Text.Json.Nodes;
using PolicyEngine.Compiler;
using PolicyEngine.Language;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Benchmarks;

/// <summary>
/// Public Sigma rules from a folder, and events of public regression tests for some of them. Neither is part of this project: the folders
/// are given, as their authors lay them out.
/// </summary>
internal sealed class SigmaCorpus
{
    private static readonly string[] Folders = ["rules", "rules-compliance", "rules-emerging-threats", "rules-placeholder", "rules-threat-hunting"];
    private readonly List<SourceText> _rules;
    private readonly string _regression;

    public SigmaCorpus(string corpus, string regression)
    {
        _regression = regression;
        _rules = [.. Folders.Select(f => Path.Combine(corpus, f)).Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*.yml", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)
            .Select(f => new SourceText(f, File.ReadAllText(f)))];
        _rules.AddRange(Placeholders(_rules));
    }

    /// <summary>Rules that compile; placeholders have values.</summary>
    public int Count => _rules.Count;

    /// <summary>So many rules, taken evenly from all; 0: all of them.</summary>
    public Plan Plan(int rules)
    {
        var every = rules == 0 ? 1 : (double)_rules.Count / rules;
        var chosen = rules == 0 ? _rules : [.. Enumerable.Range(0, rules).Select(i => _rules[(int)(i * every)])];
        return Compile([.. chosen, .. _rules.Where(r => r.Path.StartsWith("placeholders", StringComparison.Ordinal)).Except(chosen)]);
    }

    /// <summary>Fields of each regression event, with the type under which its rule expects it.</summary>
    public IReadOnlyList<(string Type, JsonObject Fields)> Events()
    {
        var events = new List<(string, JsonObject)>();
        foreach (var line in File.ReadLines(Path.Combine(_regression, "cases.jsonl")))
        {
            var test = JsonNode.Parse(line)!;
            var rule = Path.Combine(_regression, test["rule"]!.GetValue<string>());
            var type = Compile([new SourceText(rule, File.ReadAllText(rule))]).EventTypes[0].Name;
            events.AddRange(test["flat_events"]!.AsArray().Select(e => (type, e!.AsObject())));
        }
        return events;
    }

    private static Plan Compile(IReadOnlyList<SourceText> files)
    {
        var result = PolicyCompilation.Compile(files);
        return result.Model is { } model
            ? PlanCompiler.Compile(model)
            : throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Take(5).Select(DiagnosticRenderer.Concise)));
    }

    /// <summary>Files that give every placeholder two values. One value may hide another placeholder of the same rule until it has its own.</summary>
    private static List<SourceText> Placeholders(IReadOnlyList<SourceText> rules)
    {
        var files = new List<SourceText>();
        for (var round = 0; round < 4; round++)
        {
            var names = PolicyCompilation.Compile([.. rules, .. files]).Diagnostics.Where(d => d.Code == "P6009").Select(d => d.Message.Split('%')[1]).Distinct().ToList();
            if (names.Count == 0) break;
            files.Add(new SourceText($"placeholders{round}.yml", "placeholders:\n" + string.Concat(names.Select(n => $"  {n}: [one, two]\n"))));
        }
        return files;
    }
}
