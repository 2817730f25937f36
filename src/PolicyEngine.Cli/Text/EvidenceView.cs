using System.Text.Json;
using PolicyEngine.Cli.Terminal;

namespace PolicyEngine.Cli.Text;

/// <summary>What a decision follows from, told to a person: clauses, values, the events that were steps, and the group spoken of.</summary>
internal static class EvidenceView
{
    private const int MostMembers = 10;

    public static void Write(TextWriter writer, JsonElement evidence, Palette palette)
    {
        if (evidence.TryGetProperty("clauses", out var clauses)) WriteClause(writer, clauses, "   ", palette);
        if (evidence.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Object)
        {
            var table = new Columns();
            foreach (var value in values.EnumerateObject()) table.Add(value.Name, "=", Plain(value.Value));
            table.Write(writer, "   ");
        }
        if (evidence.TryGetProperty("steps", out var steps)) WriteSteps(writer, steps);
    }

    private static void WriteClause(TextWriter writer, JsonElement clause, string indent, Palette palette)
    {
        if (clause.ValueKind != JsonValueKind.Object) return;
        if (clause.TryGetProperty("text", out var text))
        {
            writer.WriteLine($"{indent}{Truth(clause, palette)} {text.GetString()}{Entry(clause)}");
            return;
        }
        foreach (var part in clause.EnumerateObject().Where(p => p.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object))
        {
            var inner = indent;
            if (part.Name != "and")
            {
                writer.WriteLine($"{indent}{part.Name.Replace('_', ' ')}");
                inner += "  ";
            }
            if (part.Value.ValueKind == JsonValueKind.Object) WriteClause(writer, part.Value, inner, palette);
            else foreach (var one in part.Value.EnumerateArray()) WriteClause(writer, one, inner, palette);
        }
    }

    /// <summary>The entry of a list that was met: ` (198.51.100.0/24, by feed, confidence 85)`.</summary>
    private static string Entry(JsonElement clause)
    {
        if (!clause.TryGetProperty("entry", out var entry)) return "";
        var source = entry.TryGetProperty("source", out var by) ? $", by {Plain(by)}" : "";
        var confidence = entry.TryGetProperty("confidence", out var sure) ? $", confidence {Plain(sure)}" : "";
        return $"   ({Plain(entry.GetProperty("value"))}{source}{confidence})";
    }

    /// <summary>What could not be told is neither true nor false.</summary>
    private static string Truth(JsonElement clause, Palette palette) =>
        clause.TryGetProperty("fault", out _) ? palette.Red("?")
        : clause.TryGetProperty("holds", out var truth) && truth.ValueKind == JsonValueKind.True ? palette.Green("✓") : palette.Red("✗");

    /// <summary>One line a step: its event, of repeats the first and the last, or that nothing came.</summary>
    private static void WriteSteps(TextWriter writer, JsonElement steps)
    {
        var table = new Columns();
        foreach (var step in steps.EnumerateArray())
        {
            var events = step.TryGetProperty("events", out var ids) ? string.Join(" to ", ids.EnumerateArray().Select(Plain)) : "did not come";
            var times = step.TryGetProperty("times", out var count) ? $"{count.GetRawText()} times" : "";
            table.Add("step", Plain(step.GetProperty("step")), events, times);
        }
        table.Write(writer, "   ");
    }

    public static void WriteGroup(TextWriter writer, JsonElement group)
    {
        var reasons = group.GetProperty("reasons").EnumerateArray()
            .Select(r => $"{Plain(r.GetProperty("by"))} ({Words.Count(r.GetProperty("members").GetInt64(), "member")})").ToList();
        var members = group.GetProperty("members").EnumerateArray().Select(Plain).ToList();
        var others = group.GetProperty("others").GetInt64() + Math.Max(0, members.Count - MostMembers);
        writer.WriteLine(
            $"   {Plain(group.GetProperty("link"))} {Plain(group.GetProperty("id"))}, {Words.Count(group.GetProperty("size").GetInt64(), "member")}"
            + (reasons.Count > 0 ? $", held together by {string.Join(", ", reasons)}" : ""));
        writer.WriteLine($"     {string.Join(", ", members.Take(MostMembers))}{(others > 0 ? $" and {Words.Count(others, "other")}" : "")}");
    }

    public static string Plain(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
