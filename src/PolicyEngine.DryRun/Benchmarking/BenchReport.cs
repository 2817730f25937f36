using System.Text.Json.Serialization;

namespace PolicyEngine.DryRun.Benchmarking;

/// <summary>What a benchmark measured.</summary>
/// <param name="Passes">The whole way, lines in, decisions with evidence out.</param>
/// <param name="Stages">One thread.</param>
public sealed record BenchReport(
    string Traffic, string PackHash, double BytesPerEvent, IReadOnlyList<BenchPass> Passes, IReadOnlyList<BenchStage> Stages, IReadOnlyList<BenchRule> Rules);

/// <param name="AllocatedPerEvent">Bytes, growth of tables included.</param>
/// <param name="StateBytes">Managed memory that the engine holds at the end.</param>
public sealed record BenchPass(int Threads, long Events, long Decisions, double Seconds, double EventsPerSecond, double AllocatedPerEvent, long StateBytes);

public sealed record BenchStage(string Stage, double NanosecondsPerEvent);

/// <summary>Shares of all events: samples of the rule, its condition true, past the edge, kept back by `once`, decided.</summary>
public sealed record BenchRule(string Pack, string Rule, double Sampled, double True, double Risen, double Cooled, double Decided);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BenchReport))]
public sealed partial class BenchJson : JsonSerializerContext;
