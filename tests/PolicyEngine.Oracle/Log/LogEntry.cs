namespace PolicyEngine.Oracle.Log;

/// <summary>One entry of the log that is the whole input of an engine (A1), in the order of arrival.</summary>
public abstract record LogEntry;

/// <summary>An event as its source sent it; <paramref name="Json"/> is one JSON object.</summary>
public sealed record EventEntry(int Source, string Json) : LogEntry;

/// <summary>Time has come to this point although no event says so (A8), in milliseconds; lateness is already taken off.</summary>
public sealed record TickEntry(long Time) : LogEntry;

/// <summary>The source is not waited for until its next event.</summary>
public sealed record IdleEntry(int Source) : LogEntry;

/// <summary>An operator adds a value to a list, or takes it out. <paramref name="Until"/>: end of the entry, null for none.</summary>
public sealed record ListEditEntry(string List, string Value, bool Add, long? Until) : LogEntry;

/// <summary>Where events come from. <paramref name="Lateness"/> in milliseconds; immediate sources do not wait (A5).</summary>
public sealed record LogSource(string Name, bool Immediate = false, long Lateness = 0);

/// <summary>Bounds that can change a decision, in milliseconds.</summary>
public sealed record LogLimits
{
    public long Skew { get; init; } = 600_000;
    public long Tolerance { get; init; } = 60_000;
    public long DuplicateHorizon { get; init; } = 86_400_000;
    /// <summary>Members that can be looked at one by one (F8, F14).</summary>
    public int MembersLookedAt { get; init; } = 50_000;
    /// <summary>The time to run on to after the last event (A10); null: stop at the last event.</summary>
    public long? Until { get; init; }
}

/// <summary>Everything an engine is given.</summary>
public sealed record EventLog(IReadOnlyList<LogSource> Sources, IReadOnlyList<LogEntry> Entries)
{
    public LogLimits Limits { get; init; } = new();

    /// <summary>One ordered source that sends these lines.</summary>
    public static EventLog Of(IEnumerable<string> lines, long lateness = 0) =>
        new([new LogSource("recording", Lateness: lateness)], [.. lines.Select(line => new EventEntry(0, line))]);
}
