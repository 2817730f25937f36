using PolicyEngine.DryRun.Scoring;
using PolicyEngine.Runtime;
using PolicyEngine.Runtime.Decisions;

namespace PolicyEngine.DryRun;

/// <summary>How to run packs over a recording. Threads and batch change no decision.</summary>
public sealed record DryRunOptions
{
    /// <summary>What the keys really are; null: no label table.</summary>
    public Truth? Truth { get; init; }
    /// <summary>Takes the decisions as lines of JSON; null: nobody keeps them.</summary>
    public Stream? Decisions { get; init; }
    public int Threads { get; init; } = 2;
    public int Batch { get; init; } = 2048;
    /// <summary>Milliseconds since the epoch up to which timers run after the last event; null: they stop with it.</summary>
    public long? Until { get; init; }
    /// <summary>How far out of order the recording is, in milliseconds: events wait so long for those before them (A4).</summary>
    public long Lateness { get; init; }
    /// <summary>Milliseconds from the first event whose decisions are not scored.</summary>
    public long Warmup { get; init; }
    /// <summary>Sees every decision too; null: nobody does.</summary>
    public IDecisionSink? Watch { get; init; }
    /// <summary>Looks at the engine when the recording is over.</summary>
    public Action<Engine>? AtEnd { get; init; }
    public required string EngineVersion { get; init; }
}

/// <summary>How far a run has come. <paramref name="Share"/>: 0..1 of the file, null for a stream.</summary>
public readonly record struct DryRunProgress(long Events, double? Share);
