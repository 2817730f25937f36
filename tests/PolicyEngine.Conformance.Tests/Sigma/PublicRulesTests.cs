using System.Globalization;
using System.Text.Json.Nodes;
using PolicyEngine.Language;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;
using PolicyEngine.Oracle.Differential;
using PolicyEngine.Oracle.Log;
using IoPath = System.IO.Path;

namespace PolicyEngine.Conformance.Tests.Sigma;

/// <summary>The public Sigma rules as they stand, from folders that the settings name.</summary>
public sealed class PublicRulesTests
{
    internal const string Corpus = "SIGMA_CORPUS";
    internal const string Regression = "SIGMA_REGRESSION";
    private static readonly string[] Folders = ["rules", "rules-compliance", "rules-emerging-threats", "rules-placeholder", "rules-threat-hunting"];

    [FolderFact(Corpus)]
    public void Every_rule_is_read_and_only_placeholders_want_for_values()
    {
        var result = PolicyCompilation.Compile(Rules());
        var others = result.Diagnostics.Where(d => d.Code != "P6009").Select(DiagnosticRenderer.Concise);
        Assert.Empty(others);
        Assert.Equal(25, result.Diagnostics.Select(d => d.Span.Source).Distinct().Count());
    }

    [FolderFact(Corpus)]
    public void With_values_for_placeholders_every_rule_compiles()
    {
        var rules = Rules();
        var count = rules.Count;
        rules.Add(Placeholders(rules));
        var result = PolicyCompilation.Compile(rules);
        Assert.Empty(result.Diagnostics.Select(DiagnosticRenderer.Concise));
        Assert.Equal(count, result.Model!.Rules.Count());
    }

    [FolderFact(Regression)]
    public void Every_regression_rule_matches_its_events()
    {
        var cases = Regressions().ToList();
        // What a test there declares is how many it looked for; where its events hold more that match, more do.
        var wrong = cases.Select(c => (c, Found: Engines.UnderTest.Run(c.Input, new EngineSettings()).Decisions.Count))
            .Where(p => p.Found < p.c.Least).Select(p => $"{p.c.Path}: {p.Found}, not {p.c.Least} or more");
        Assert.Empty(wrong);
        Assert.Equal(202, cases.Count);
    }

    /// <summary>Rules with the events they were tested on, and how many of these match at least.</summary>
    internal static IEnumerable<(string Path, EngineInput Input, int Least)> Regressions()
    {
        var folder = FolderFactAttribute.Folder(Regression)!;
        foreach (var test in File.ReadLines(IoPath.Combine(folder, "cases.jsonl")).Select(l => JsonNode.Parse(l)!))
        {
            var path = test["rule"]!.GetValue<string>();
            var files = new Dictionary<string, string> { [path] = File.ReadAllText(IoPath.Combine(folder, path)) };
            var type = Policies.Compile(files).Events.First().OutsideName;
            var events = test["flat_events"]!.AsArray().Select((e, i) => Event(e!.AsObject(), type, i));
            yield return (path, new EngineInput(files, EventLog.Of(events)), test["match_count_at_least"]!.GetValue<int>());
        }
    }

    private static string Event(JsonObject fields, string type, int index)
    {
        fields = (JsonObject)fields.DeepClone();
        fields["id"] = $"e{index}";
        fields["type"] = type;
        fields["time"] = string.Create(CultureInfo.InvariantCulture, $"2026-01-01T00:00:{index:00}Z");
        return fields.ToJsonString();
    }

    /// <summary>Two values for each placeholder. One may hide another of the same rule until it has its own.</summary>
    internal static SourceText Placeholders(IReadOnlyList<SourceText> rules)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var values = new SourceText("placeholders.yml", "placeholders:\n" + string.Concat(names.Select(n => $"  {n}: [one, two]\n")));
            var wanting = PolicyCompilation.Compile([.. rules, values]).Diagnostics.Where(d => d.Code == "P6009").Select(d => d.Message.Split('%')[1]).ToList();
            if (wanting.All(names.Contains)) return values;
            names.UnionWith(wanting);
        }
    }

    internal static List<SourceText> Rules()
    {
        var corpus = FolderFactAttribute.Folder(Corpus)!;
        return [.. Folders.SelectMany(f => Directory.EnumerateFiles(IoPath.Combine(corpus, f), "*.yml", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal).Select(f => new SourceText(f, File.ReadAllText(f)))];
    }
}
