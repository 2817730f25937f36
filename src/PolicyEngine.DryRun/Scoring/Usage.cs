using System.Text.Json;

namespace PolicyEngine.DryRun.Scoring;

/// <summary>
/// When the bad keys of a truth table acted, read from the lines of a recording beside the engine: how much a campaign had drawn before
/// it was stopped. Sees keys, types and times under their default names at the top of a line; of other lines it says nothing.
/// </summary>
internal sealed class Usage(Truth truth)
{
    private const int LongestKey = 256;

    private readonly Dictionary<string, List<(string Type, long Time)>> _acts = truth.Rows.Values
        .Where(row => row.IsBad).ToDictionary(row => row.Key, _ => new List<(string, long)>(), StringComparer.Ordinal);
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);

    public void Add(ReadOnlySpan<byte> lines)
    {
        while (lines.Length > 0)
        {
            var end = lines.IndexOf((byte)'\n');
            Line(end < 0 ? lines : lines[..end]);
            lines = end < 0 ? [] : lines[(end + 1)..];
        }
    }

    /// <summary>
    /// The share of a key's events before it was stopped, by key: of the type that bad keys send most, for signing up and paying is no
    /// harm. 1 for a key that never was.
    /// </summary>
    /// <param name="stopped">Milliseconds since the epoch; null: never.</param>
    public Dictionary<string, double> Before(Func<string, long?> stopped)
    {
        var type = _acts.Values.SelectMany(acts => acts).CountBy(act => act.Type).OrderByDescending(t => t.Value)
            .ThenBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Key).FirstOrDefault();
        return _acts
            .Select(acts => (acts.Key, Times: acts.Value.Where(act => act.Type == type).Select(act => act.Time).ToList()))
            .Where(acts => acts.Times.Count > 0)
            .ToDictionary(
                acts => acts.Key,
                acts => stopped(acts.Key) is { } moment ? (double)acts.Times.Count(time => time < moment) / acts.Times.Count : 1,
                StringComparer.Ordinal);
    }

    private void Line(ReadOnlySpan<byte> line)
    {
        try
        {
            Read(line);
        }
        catch (JsonException)
        {
            // The engine refuses the line and says why.
        }
    }

    private void Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        List<(string, long)>? acts = null;
        string? type = null;
        long? time = null;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            if (reader.ValueTextEquals(truth.KeyName)) acts = Acts(ref reader);
            else if (reader.ValueTextEquals("type")) type = Text(ref reader);
            else if (reader.ValueTextEquals("time")) time = Time(ref reader);
            else reader.Skip();
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) reader.Skip();
        }
        if (acts is null || type is null || time is not { } moment) return;
        if (!_types.TryGetValue(type, out var known)) _types[type] = known = type;
        acts.Add((known, moment));
    }

    private List<(string, long)>? Acts(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > LongestKey) return null;
        Span<char> key = stackalloc char[LongestKey];
        return _acts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key[..reader.CopyString(key)], out var acts) ? acts : null;
    }

    private static string? Text(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;

    private static long? Time(ref Utf8JsonReader reader) =>
        !reader.Read() ? null
        : reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var milliseconds) ? milliseconds
        : reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var moment) ? moment.ToUnixTimeMilliseconds()
        : null;
}
