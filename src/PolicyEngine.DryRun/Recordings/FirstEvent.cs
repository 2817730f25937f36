using System.Globalization;
using System.Text.Json;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.DryRun.Recordings;

/// <summary>Finds when a recording begins, for warm-up and for the report.</summary>
internal static class FirstEvent
{
    /// <summary>Milliseconds since the epoch of the first line that tells a time; null when none of the lines does.</summary>
    public static long? Time(Plan plan, ReadOnlySpan<byte> lines)
    {
        var paths = plan.EventTypes.Select(t => t.TimePath ?? ["time"]).Append(["time"]).DistinctBy(p => string.Join('.', p)).ToList();
        const int Tries = 100;
        for (var i = 0; i < Tries && lines.Length > 0; i++)
        {
            var end = lines.IndexOf((byte)'\n');
            var line = end < 0 ? lines : lines[..end];
            lines = end < 0 ? [] : lines[(end + 1)..];
            if (Read(line, paths) is { } time) return time;
        }
        return null;
    }

    private static long? Read(ReadOnlySpan<byte> line, IReadOnlyList<IReadOnlyList<string>> paths)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!JsonElement.TryParseValue(ref reader, out var root) || root is not { ValueKind: JsonValueKind.Object } parsed) return null;
            foreach (var path in paths)
            {
                var at = parsed;
                if (!path.All(name => at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out at))) continue;
                if (at.ValueKind == JsonValueKind.Number && at.TryGetInt64(out var milliseconds)) return milliseconds;
                if (at.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(
                    at.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)) return moment.ToUnixTimeMilliseconds();
            }
            return null;
        }
        catch (JsonException)
        {
            // The engine will refuse the line and say why.
            return null;
        }
    }
}
