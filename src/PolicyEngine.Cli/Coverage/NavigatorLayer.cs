using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PolicyEngine.Cli.Text;

namespace PolicyEngine.Cli.Coverage;

/// <summary>
/// Coverage as a layer of the ATT&amp;CK Navigator (layer file format 4.5): the score of a technique is the number of rules that look for it. The
/// layer says of no version of ATT&amp;CK that it were meant: the Navigator takes its newest.
/// </summary>
internal static class NavigatorLayer
{
    private const string Few = "#d9ecff", Many = "#0b5cad";
    private const int MostNames = 20;
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(AttackCoverage coverage, string name)
    {
        var most = coverage.Techniques.Select(t => t.Rules.Count).DefaultIfEmpty(1).Max();
        var layer = new JsonObject
        {
            ["name"] = name,
            ["versions"] = new JsonObject { ["navigator"] = "5.1.0", ["layer"] = "4.5" },
            ["domain"] = "enterprise-attack",
            ["description"] = $"{Words.Count(coverage.Techniques.Count, "technique")} looked for by {Words.Count(coverage.Rules, "rule")}",
            ["techniques"] = new JsonArray([.. coverage.Techniques.Select(Technique)]),
            ["gradient"] = new JsonObject { ["colors"] = new JsonArray(Few, Many), ["minValue"] = 1, ["maxValue"] = Math.Max(2, most) },
            ["legendItems"] = new JsonArray(Legend("one rule", Few), Legend($"{Math.Max(2, most)} rules", Many)),
            ["showTacticRowBackground"] = false,
            ["selectTechniquesAcrossTactics"] = true,
            ["selectSubtechniquesWithParent"] = false,
        };
        return layer.ToJsonString(Layout).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Technique(CoveredTechnique technique)
    {
        var names = technique.Rules.Take(MostNames).Select(r => $"{r.Pack}.{r.Rule} ({r.Stage})");
        var rest = technique.Rules.Count - MostNames;
        return new JsonObject
        {
            ["techniqueID"] = technique.Technique,
            ["score"] = technique.Rules.Count,
            ["comment"] = string.Join('\n', names) + (rest > 0 ? $"\nand {rest} more" : ""),
            ["enabled"] = true,
            ["showSubtechniques"] = technique.Technique.Contains('.', StringComparison.Ordinal),
        };
    }

    private static JsonObject Legend(string label, string colour) => new() { ["label"] = label, ["color"] = colour };
}
