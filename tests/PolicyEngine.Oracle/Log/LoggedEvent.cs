using PolicyEngine.Language.Model;

namespace PolicyEngine.Oracle.Log;

/// <summary>An event that was taken: what it said, and from its application on where it stands.</summary>
internal sealed class LoggedEvent
{
    public required EventSymbol Symbol { get; init; }
    public required string Id { get; init; }
    /// <summary>What the event said, in milliseconds.</summary>
    public required long Time { get; init; }
    public required long Sequence { get; init; }
    public required int Source { get; init; }
    public required string Json { get; init; }
    public required IReadOnlyDictionary<string, object?> Fields { get; init; }
    /// <summary>The `source` member of the JSON object, if it has one.</summary>
    public string? Origin { get; init; }
    public int Arrival { get; set; }
    /// <summary>τ of A5: the time at which it was applied.</summary>
    public long Applied { get; set; }
    public int Position { get; set; } = -1;
    public bool Late { get; set; }

    /// <summary>The total order of A3; arrival decides only between copies that agree in all three.</summary>
    public static int Compare(LoggedEvent a, LoggedEvent b)
    {
        var order = a.Time.CompareTo(b.Time);
        if (order == 0) order = a.Sequence.CompareTo(b.Sequence);
        if (order == 0) order = Values.Value.CompareBytes(a.Id, b.Id);
        return order != 0 ? order : a.Arrival.CompareTo(b.Arrival);
    }
}
