using PolicyEngine.Oracle.Log;

namespace PolicyEngine.Oracle.Differential;

/// <summary>What an engine is asked to run: policy files by path, and a log.</summary>
public sealed record EngineInput(IReadOnlyDictionary<string, string> Files, EventLog Log)
{
    public static EngineInput Of(string policy, EventLog log) =>
        new(new Dictionary<string, string> { ["policy.policy"] = policy }, log);
}

/// <summary>How to run it; none of it may change a decision.</summary>
public sealed record EngineSettings(int Batch = 1000, int Threads = 1, bool Screen = true)
{
    /// <summary>After how many entries of the log the same packs are activated again; null: never.</summary>
    public int? ReloadAfter { get; init; }
}

/// <summary>Decisions as lines of JSON in the order in which they were written, and the counters that the oracle keeps too.</summary>
public sealed record EngineOutput(IReadOnlyList<string> Decisions, LogCounters Counters);

/// <summary>An engine behind its outer formats: text in, text out.</summary>
public interface IEngineUnderTest
{
    EngineOutput Run(EngineInput input, EngineSettings settings);
}
