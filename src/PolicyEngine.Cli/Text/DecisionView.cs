using System.Globalization;
using System.Text.Json;
using PolicyEngine.Cli.Terminal;

namespace PolicyEngine.Cli.Text;

/// <summary>A decision record told to a person: who, when, why, on what facts, and what became of it.</summary>
internal static class DecisionView
{
    public static void Write(TextWriter writer, ReadOnlyMemory<byte> record, Palette palette)
    {
        using var document = JsonDocument.Parse(record);
        var root = document.RootElement;
        var key = root.GetProperty("key");
        var time = DateTimeOffset.Parse(Text(root, "time"), CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        writer.WriteLine(
            $"{palette.Bold(Text(root, "id"))}   {Text(key, "type")} {Text(key, "id")}   {Moments.Show(time)}   "
            + $"(stage {Text(root, "stage")}, pack {Text(root, "pack")} {Short(Text(root, "pack_hash"))})");
        if (Text(root, "because") is { Length: > 0 } because) writer.WriteLine($"Because    {because}");
        writer.WriteLine();
        writer.WriteLine($" rule {palette.Bold(Text(root, "rule"))}");
        if (root.TryGetProperty("evidence", out var evidence)) EvidenceView.Write(writer, evidence, palette);
        if (root.TryGetProperty("group", out var group) && group.ValueKind == JsonValueKind.Object) EvidenceView.WriteGroup(writer, group);
        writer.WriteLine();
        WriteResponses(writer, root.GetProperty("responses"));
        if (root.TryGetProperty("suppressed_before", out var suppressed) && suppressed.GetInt64() is > 0 and var times)
            writer.WriteLine($"Before     the condition held {times} more times without a decision");
        if (Text(root, "event") is { Length: > 0 } cause) writer.WriteLine($"Event      {cause}");
    }

    private static void WriteResponses(TextWriter writer, JsonElement responses)
    {
        const int Shown = 20;
        var title = "Response";
        foreach (var response in responses.EnumerateArray().Take(Shown))
        {
            writer.WriteLine($"{title,-10} {Sentence(response)}   → {Text(response, "outcome").Replace('_', ' ')}");
            title = "";
        }
        if (responses.GetArrayLength() is > Shown and var all) writer.WriteLine($"           and {all - Shown} more");
    }

    /// <summary>The response as a policy would write it: `label account acc_1 as harvester for 7d`.</summary>
    private static string Sentence(JsonElement response)
    {
        var target = response.TryGetProperty("entity", out var entity) && entity.ValueKind == JsonValueKind.Object
            ? $"{Text(entity, "type")} {Text(entity, "id")}" : "";
        var arguments = response.TryGetProperty("args", out var args) && args.ValueKind == JsonValueKind.Object
            ? args.EnumerateObject().ToDictionary(a => a.Name, a => Plain(a.Value)) : [];
        var verb = Text(response, "action");
        if (arguments.Remove("score", out var score)) return $"{verb} {arguments.GetValueOrDefault("points")} to {score} of {target}";
        var words = arguments.Select(a => $"{a.Key switch { "rate" => "to", "label" => "as", "list" => "to", var other => other }} {a.Value}");
        return string.Join(' ', words.Prepend(target).Prepend(verb).Where(word => word.Length > 0));
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Plain(JsonElement value) => EvidenceView.Plain(value);

    private static string Short(string hash) => hash.Length > 8 ? hash[..8] : hash;
}
