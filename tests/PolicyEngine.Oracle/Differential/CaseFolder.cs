using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PolicyEngine.Oracle.Log;

namespace PolicyEngine.Oracle.Differential;

/// <summary>
/// A case on disk: `policy.policy`, `events.ndjson` and, where one ordered source without lateness is not enough, `log.json` with the
/// sources and limits. A line of events with the member `entry` is a tick, an idle source or a list edit; `@source` says which source
/// an event comes from.
/// </summary>
public static class CaseFolder
{
    private static readonly JsonSerializerOptions Plain = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static EngineInput Read(string folder)
    {
        var logFile = System.IO.Path.Combine(folder, "log.json");
        var head = File.Exists(logFile) ? JsonNode.Parse(File.ReadAllText(logFile))! : new JsonObject();
        var sources = head["sources"]?.AsArray().Select((s, i) => new LogSource(
            s!["name"]?.GetValue<string>() ?? $"source{i}", s["immediate"]?.GetValue<bool>() ?? false, s["lateness"]?.GetValue<long>() ?? 0));
        var entries = File.ReadAllLines(System.IO.Path.Combine(folder, "events.ndjson")).Where(l => l.Length > 0).Select(Entry);
        var log = new EventLog(sources is null ? [new LogSource("recording")] : [.. sources], [.. entries])
        {
            Limits = LimitsOf(head),
        };
        var files = Directory.GetFiles(folder, "*.policy").Concat(Directory.GetFiles(folder, "*.csv")).Order(StringComparer.Ordinal)
            .ToDictionary(f => System.IO.Path.GetFileName(f), File.ReadAllText);
        return new EngineInput(files, log);
    }

    public static void Write(string folder, EngineInput input)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in input.Files) File.WriteAllText(System.IO.Path.Combine(folder, name), text);
        File.WriteAllLines(System.IO.Path.Combine(folder, "events.ndjson"), input.Log.Entries.Select(Line), new UTF8Encoding(false));
        var head = new JsonObject
        {
            ["sources"] = new JsonArray([.. input.Log.Sources.Select(s => new JsonObject
            {
                ["name"] = s.Name, ["immediate"] = s.Immediate, ["lateness"] = s.Lateness,
            })]),
        };
        head["skew"] = input.Log.Limits.Skew;
        head["members_looked_at"] = input.Log.Limits.MembersLookedAt;
        if (input.Log.Limits.Until is { } until) head["until"] = until;
        File.WriteAllText(System.IO.Path.Combine(folder, "log.json"), head.ToJsonString(Plain) + "\n");
    }

    private static LogLimits LimitsOf(JsonNode head)
    {
        var usual = new LogLimits();
        return new LogLimits
        {
            Until = head["until"]?.GetValue<long>(), Skew = head["skew"]?.GetValue<long>() ?? usual.Skew,
            MembersLookedAt = head["members_looked_at"]?.GetValue<int>() ?? usual.MembersLookedAt,
        };
    }

    private static LogEntry Entry(string line)
    {
        var json = JsonNode.Parse(line)!;
        var source = (json["@source"] ?? json["source"]) is JsonValue value && value.TryGetValue(out int at) ? at : 0;
        return json["entry"]?.GetValue<string>() switch
        {
            null => new EventEntry(source, line),
            "tick" => new TickEntry(Moment(json["time"])!.Value),
            "idle" => new IdleEntry(source),
            "list" => new ListEditEntry(json["list"]!.GetValue<string>(), (json["add"] ?? json["remove"])!.GetValue<string>(),
                json["add"] is not null, Moment(json["until"])),
            var other => throw new FormatException($"a log has no entry `{other}`"),
        };
    }

    private static long? Moment(JsonNode? node) =>
        node is null ? null : DateTimeOffset.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private static string Line(LogEntry entry) => entry switch
    {
        EventEntry { Source: 0 } e => e.Json,
        EventEntry e => $"{e.Json[..e.Json.LastIndexOf('}')].TrimEnd()},\"@source\":{e.Source}}}",
        TickEntry tick => $"{{\"entry\":\"tick\",\"time\":\"{Values.Display.Time(tick.Time)}\"}}",
        IdleEntry idle => $"{{\"entry\":\"idle\",\"source\":{idle.Source}}}",
        ListEditEntry edit => new JsonObject
        {
            ["entry"] = "list", ["list"] = edit.List, [edit.Add ? "add" : "remove"] = edit.Value,
            ["until"] = edit.Until is { } until ? Values.Display.Time(until) : null,
        }.ToJsonString(),
        _ => throw new NotSupportedException(entry.GetType().Name),
    };
}
