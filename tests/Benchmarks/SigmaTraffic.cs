using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PolicyEngine.DryRun.Benchmarking;

namespace PolicyEngine.Benchmarks;

/// <summary>
/// Events of about two kilobytes, made from regression events by varying what varies in the field: numbers and identifiers get other
/// digits, users and hosts other names; and three in four get another word into paths and command lines, so that rules must look closely
/// but most events are innocent. A seed makes them the same each time.
/// </summary>
internal sealed class SigmaTraffic : BenchTraffic
{
    private const int EventsInStretch = 10_000;
    private const int Bytes = 2048;
    private const int Seed = 11;
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Words =
        ["report", "update", "invoice", "service", "backup", "agent", "printer", "helper", "viewer", "monitor", "sync", "setup", "driver", "cache", "notes"];

    private readonly Random _random = new(Seed);
    private readonly List<byte[]> _stretches = [];

    public SigmaTraffic(IReadOnlyList<(string Type, JsonObject Fields)> samples, int events)
    {
        var text = new StringBuilder();
        for (var i = 0; i < events; i++)
        {
            var (type, fields) = samples[_random.Next(samples.Count)];
            text.Append(Line(type, fields, i)).Append('\n');
            if ((i + 1) % EventsInStretch != 0 && i < events - 1) continue;
            _stretches.Add(Encoding.UTF8.GetBytes(text.ToString()));
            text.Clear();
        }
    }

    public long TotalBytes => _stretches.Sum(s => (long)s.Length);

    public override string Name => "regression events with other values";

    public override IEnumerable<ReadOnlyMemory<byte>> Stretches() => _stretches.Select(s => (ReadOnlyMemory<byte>)s);

    private string Line(string type, JsonObject fields, int index)
    {
        var line = new JsonObject
        {
            ["id"] = $"e{index}", ["type"] = type, ["time"] = $"2026-01-01T{index / 36_000 % 24:00}:{index / 600 % 60:00}:{index / 10 % 60:00}.{index % 10}00Z",
        };
        var isInnocent = _random.Next(4) > 0;
        foreach (var (name, value) in fields)
            if (name is not ("id" or "type" or "time")) line[name] = value?.GetValueKind() == JsonValueKind.String ? Vary(name, value.GetValue<string>(), isInnocent) : value?.DeepClone();
        var json = line.ToJsonString(Plain);
        if (json.Length >= Bytes - 20) return json;
        line["Padding"] = Filler(Bytes - json.Length - 14);
        return line.ToJsonString(Plain);
    }

    private string Vary(string name, string value, bool isInnocent)
    {
        if (name is "User" or "Computer" or "SubjectUserName" or "TargetUserName") return $"{Words[_random.Next(Words.Length)]}{_random.Next(500)}";
        var varied = new StringBuilder(value.Length + 12);
        for (var i = 0; i < value.Length; i++)
        {
            // Three digits in a row are a number of something; fewer may be part of a name.
            var isNumber = char.IsAsciiDigit(value[i]) && i + 2 < value.Length && char.IsAsciiDigit(value[i + 1]) && char.IsAsciiDigit(value[i + 2]);
            varied.Append(isNumber ? (char)('0' + _random.Next(10)) : value[i]);
        }
        if (!isInnocent || name is "Channel" or "EventID" or "Provider_Name") return varied.ToString();
        var at = value.LastIndexOf('\\');
        if (at > 0) varied.Insert(at + 1, Words[_random.Next(Words.Length)] + "_");
        return varied.ToString();
    }

    private string Filler(int length)
    {
        var text = new StringBuilder(length + 16);
        while (text.Length < length) text.Append(Words[_random.Next(Words.Length)]).Append(' ');
        return text.ToString(0, Math.Max(0, length));
    }
}
