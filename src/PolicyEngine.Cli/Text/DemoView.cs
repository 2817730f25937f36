using System.Text;
using System.Text.Json;
using PolicyEngine.Cli.Terminal;

namespace PolicyEngine.Cli.Text;

/// <summary>The decisions of the demo: by rule, the newest few, and one told in full.</summary>
internal static class DemoView
{
    private const int Newest = 8;
    private const string Favourite = "reasoning_harvest";

    public static void Write(TextWriter writer, IReadOnlyList<JsonElement> decisions, Palette palette)
    {
        writer.WriteLine(palette.Bold($"{Words.Count(decisions.Count, "decision")}"));
        var byRule = new Columns(false, true, true, false);
        byRule.Add("  rule", "fired", "keys", "example");
        foreach (var rule in decisions.GroupBy(d => Text(d, "rule")).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal))
            byRule.Add($"  {rule.Key}", Words.Number(rule.Count()), Words.Number(rule.Select(Key).Distinct().Count()), Text(rule.Last(), "because"));
        byRule.Write(writer);
        writer.WriteLine();
        writer.WriteLine(palette.Bold("The newest"));
        var newest = new Columns();
        foreach (var decision in decisions.Take(Newest)) newest.Add($"  {Text(decision, "time")}", Key(decision), Text(decision, "rule"), Outcomes(decision));
        newest.Write(writer);
        if (decisions.Count == 0) return;
        writer.WriteLine();
        writer.WriteLine(palette.Bold("One of them in full"));
        var told = decisions.FirstOrDefault(d => Text(d, "rule") == Favourite, decisions[^1]);
        DecisionView.Write(writer, Encoding.UTF8.GetBytes(told.GetRawText()), palette);
        writer.WriteLine();
    }

    private static string Key(JsonElement decision) => $"{Text(decision.GetProperty("key"), "type")} {Text(decision.GetProperty("key"), "id")}";

    private static string Outcomes(JsonElement decision) => string.Join(
        ", ", decision.GetProperty("responses").EnumerateArray().Select(r => $"{Text(r, "action")} {Text(r, "outcome")}").Distinct());

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "";
}
