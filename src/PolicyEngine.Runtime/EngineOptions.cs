namespace PolicyEngine.Runtime;

/// <summary>What a host decides about one engine; none of it changes a decision (L1).</summary>
public sealed record EngineOptions
{
    /// <summary>Events in a micro-batch.</summary>
    public int BatchSize { get; init; } = 1024;
    /// <summary>1: everything on the caller's thread. 2: decoding runs ahead on a thread of its own.</summary>
    public int Threads { get; init; } = 1;
    /// <summary>Secret seed of the key tables; the host draws it at random.</summary>
    public (ulong Low, ulong High) Seed { get; init; } = (0x9E3779B97F4A7C15, 0xD1B54A32D192ED03);
    /// <summary>Key of the fingerprints that stand for sensitive values (K4).</summary>
    public ReadOnlyMemory<byte> SensitiveKey { get; init; }
    /// <summary>Off: every rule is evaluated at every event. For proving that the screen changes nothing.</summary>
    public bool Screen { get; init; } = true;
    /// <summary>Told about every rule at every event, also those that do not fire; needs <see cref="Screen"/> off to see all.</summary>
    public ITrace? Trace { get; init; }
    /// <summary>Measures the stages; null: nobody looks at a clock.</summary>
    public StageClock? Stages { get; init; }
}

/// <summary>How a rule stood at an event.</summary>
public enum TraceStatus : byte { NotApplicable, NoKey, False, Excepted, Held, Cooling, Fault, Fired }

/// <summary>Looks over the engine's shoulder, for `eval --trace` and `--why-not`.</summary>
public interface ITrace
{
    /// <param name="evidence">`"because":…,"evidence":{…}` as a decision would show it, JSON members without braces; empty when not applicable.</param>
    void Rule(Plans.RulePlan rule, TraceStatus status, long tau, ReadOnlySpan<byte> evidence);
}

public enum SourceMode : byte
{
    /// <summary>Waits for its lateness and releases in the total order (A4).</summary>
    Ordered,
    /// <summary>Answers at once (A5).</summary>
    Immediate,
}

/// <summary>Where events come from. Lateness in milliseconds.</summary>
public sealed record SourceOptions(string Name, SourceMode Mode, long Lateness = 0)
{
    /// <summary>Events without an id get a hash of their bytes instead of a rejection (A12).</summary>
    public bool IdsFromContent { get; init; }
}

/// <summary>An event that was refused: its line in what the source sent (from 1) and why, in the sender's words.</summary>
public readonly record struct Rejection(int Source, long Line, string Reason, string Detail);

/// <summary>Counters since the engine began; every event that arrived is in exactly one of Accepted, Rejected.</summary>
public sealed record EngineCounters
{
    public long Events { get; init; }
    public long Accepted { get; init; }
    public long Rejected { get; init; }
    public long Late { get; init; }
    public long Duplicates { get; init; }
    public long DuplicatesDiffering { get; init; }
    public long Forced { get; init; }
    public long Waiting { get; init; }
    public long Applied { get; init; }
    public long Decisions { get; init; }
    public long PendingAtEnd { get; init; }
    public IReadOnlyDictionary<string, long> RejectedByReason { get; init; } = new Dictionary<string, long>();
    /// <summary>Fields that no schema names, by event type and field, with how often they came.</summary>
    public IReadOnlyDictionary<string, long> UnknownFields { get; init; } = new Dictionary<string, long>();
}

/// <summary>What one rule did. Sampled: samples seen. True: condition held. Risen: passed the edge. Cooled: kept back by `once`.</summary>
public sealed record RuleCounters(
    string Pack, string Rule, long Sampled, long True, long Risen, long Cooled, long Decided, long Suppressed, long Excepted, long Keys,
    long Faults, long MissingKeys, long PendingAtEnd);
