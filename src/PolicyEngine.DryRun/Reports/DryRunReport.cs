using System.Text.Json.Serialization;

namespace PolicyEngine.DryRun.Reports;

/// <summary>What a dry run found. Its JSON form is part of the formats that others build on: fields are only ever added.</summary>
public sealed record DryRunReport
{
    public required long Events { get; init; }
    public required long Accepted { get; init; }
    public required long Rejected { get; init; }
    public required long Late { get; init; }
    public required long Duplicates { get; init; }
    public required long PendingAtEnd { get; init; }
    public required long Decisions { get; init; }
    /// <summary>Wall time from opening the recording to the last decision.</summary>
    public required double Seconds { get; init; }
    public required long EventsPerSecond { get; init; }
    public required long PeakBytes { get; init; }
    public required string PackHash { get; init; }
    public required string RecordingHash { get; init; }
    /// <summary>`dr_` and a hash of everything that the numbers follow from: packs, recording, engine version, options.</summary>
    public required string Report { get; init; }
    public required IReadOnlyList<RuleReport> Rules { get; init; }
    public LabelReport? Labels { get; init; }
    public IReadOnlyDictionary<string, long> RejectedByReason { get; init; } = new Dictionary<string, long>();
    /// <summary>The run was stopped; everything here speaks of the part that was done.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Interrupted { get; init; }

    /// <summary>Milliseconds since the epoch of the first and the newest event; null without events.</summary>
    [JsonIgnore]
    public (long First, long Last)? Window { get; init; }
    [JsonIgnore]
    public string Recording { get; init; } = "";
    [JsonIgnore]
    public string EngineVersion { get; init; } = "";
}

/// <summary><paramref name="Keys"/>: different keys for which it fired; <paramref name="Suppressed"/>: true samples without a firing.</summary>
public sealed record RuleReport(string Rule, string Pack, string Stage, long Fired, long Keys, long Suppressed, long PendingAtEnd)
{
    /// <summary>Samples that could not be judged, and responses upon groups that were too large.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Faults { get; init; }
}

/// <summary>
/// The two numbers first: how many of the labelled keys that act in the recording are caught (a throttle, challenge, suspension or
/// review was carried out) and how many are enforced upon (the same without review).
/// </summary>
public sealed record LabelReport
{
    public required long Bad { get; init; }
    public required long Good { get; init; }
    public required long CaughtBad { get; init; }
    public required long CaughtGood { get; init; }
    public required long EnforcedBad { get; init; }
    public required long EnforcedGood { get; init; }
    /// <summary>Keys of the same entity that were caught but have no label.</summary>
    public required long CaughtUnlabelled { get; init; }
    /// <summary>Half of the bad keys were enforced upon before this share (0..1) of their events, of the kind they send most; null: none acts.</summary>
    public double? UsedBefore { get; init; }
    public required IReadOnlyList<CohortReport> ByCohort { get; init; }
}

/// <summary><paramref name="Bad"/>: how many of the accounts are bad.</summary>
public sealed record CohortReport(string Column, string Cohort, long Accounts, long Bad, long Caught, long Enforced)
{
    /// <summary>As in <see cref="LabelReport.UsedBefore"/>, of the bad keys of the cohort.</summary>
    public double? UsedBefore { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DryRunReport))]
public sealed partial class ReportJson : JsonSerializerContext;
