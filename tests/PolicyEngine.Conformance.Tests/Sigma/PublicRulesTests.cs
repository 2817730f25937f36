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
    private const string Corpus = "SIGMA_CORPUS";
    private const string Regression = "SIGMA_REGRESSION";
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
        var names = PolicyCompilation.Compile(rules).Diagnostics.Select(d => d.Message.Split('%')[1]).Distinct();
        // One value may hide another placeholder of the same rule until it has its own.
        for (var round = 0; names.Any() && round < 4; round++)
        {
            rules.Add(new SourceText($"placeholders{round}.yml", "placeholders:\n" + string.Concat(names.Select(n => $"  {n}: [one, two]\n"))));
            names = [.. PolicyCompilation.Compile(rules).Diagnostics.Where(d => d.Code == "P6009").Select(d => d.Message.Split('%')[1]).Distinct()];
        }
        var result = PolicyCompilation.Compile(rules);
        Assert.Empty(result.Diagnostics.Select(DiagnosticRenderer.Concise));
        Assert.Equal(rules.Count(r => !r.Path.StartsWith("placeholders", StringComparison.Ordinal)), result.Model!.Rules.Count());
    }

    [FolderFact(Regression)]
    public void Every_regression_rule_matches_its_events()
    {
        var folder = FolderFactAttribute.Folder(Regression)!;
        var wrong = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(IoPath.Combine(folder, "cases.jsonl")))
        {
            count++;
            if (Mismatch(folder, JsonNode.Parse(line)!) is { } mismatch) wrong.Add(mismatch);
        }
        Assert.Empty(wrong);
        Assert.Equal(202, count);
    }

    private static string? Mismatch(string folder, JsonNode test)
    {
        var path = test["rule"]!.GetValue<string>();
        var files = new Dictionary<string, string> { [path] = File.ReadAllText(IoPath.Combine(folder, path)) };
        var type = Policies.Compile(files).Events.First().OutsideName;
        var events = test["flat_events"]!.AsArray().Select((e, i) => Event(e!.AsObject(), type, i));
        // What a test there declares is how many it looked for; where its events hold more that match, more do.
        var found = Engines.UnderTest.Run(new EngineInput(files, EventLog.Of(events)), new EngineSettings()).Decisions.Count;
        var least = test["match_count_at_least"]!.GetValue<int>();
        return found >= least ? null : $"{path}: {found}, not {least} or more";
    }

    private static string Event(JsonObject fields, string type, int index)
    {
        fields = (JsonObject)fields.DeepClone();
        fields["id"] = $"e{index}";
        fields["type"] = type;
        fields["time"] = string.Create(CultureInfo.InvariantCulture, $"2026-01-01T00:00:{index:00}Z");
        return fields.ToJsonString();
    }

    private static List<SourceText> Rules()
    {
        var corpus = FolderFactAttribute.Folder(Corpus)!;
        return [.. Folders.SelectMany(f => Directory.EnumerateFiles(IoPath.Combine(corpus, f), "*.yml", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal).Select(f => new SourceText(f, File.ReadAllText(f)))];
    }
}
