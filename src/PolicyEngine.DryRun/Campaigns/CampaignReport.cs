using System.Text.Json.Serialization;

namespace PolicyEngine.DryRun.Campaigns;

/// <summary>What the campaigns of a recording did. Times are RFC 3339, UTC; its JSON form only ever gets fields added.</summary>
public sealed record CampaignsReport
{
    public required string Recording { get; init; }
    public string PackHash { get; init; } = "";
    public required long Events { get; init; }
    /// <summary>The kind of event that most of the recording is made of: what `events` of a campaign counts.</summary>
    public required string Activity { get; init; }
    /// <summary>Largest first.</summary>
    public required IReadOnlyList<Campaign> Campaigns { get; init; }
}

/// <summary>One campaign, as the members of one case.</summary>
public sealed record Campaign
{
    public required string Case { get; init; }
    public required string OpenedBy { get; init; }
    public required DateTimeOffset Opened { get; init; }
    public required int Accounts { get; init; }
    /// <summary>Events of the kind <see cref="CampaignsReport.Activity"/>.</summary>
    public required long Events { get; init; }
    public required DateTimeOffset? FirstSeen { get; init; }
    public required DateTimeOffset? LastSeen { get; init; }
    /// <summary>Accounts upon which a throttle, challenge, suspension or review was carried out.</summary>
    public required int Caught { get; init; }
    /// <summary>The same without review.</summary>
    public required int Enforced { get; init; }
    /// <summary>Share of its events that came before the account was enforced upon; over all accounts, those never enforced count whole.</summary>
    public required double EventsBeforeEnforcement { get; init; }
    public required IReadOnlyDictionary<string, long> EventsByType { get; init; }
    /// <summary>What it is after, where that differs most from everybody else.</summary>
    public required IReadOnlyList<TargetShare> Targets { get; init; }
    public required IReadOnlyList<ValueUse> Templates { get; init; }
    public required IReadOnlyList<string> LinkedBy { get; init; }
    public required IReadOnlyList<FieldUse> Infrastructure { get; init; }
    public required CampaignTiming Timing { get; init; }
    public required IReadOnlyList<ReleaseReaction> Releases { get; init; }
    public required IReadOnlyList<CampaignRule> Rules { get; init; }
    /// <summary>Events a day from the first day of the recording on.</summary>
    public required IReadOnlyList<long> PerDay { get; init; }
    public required IReadOnlyList<string> Members { get; init; }
    /// <summary>Who bore which value of the link's attributes; for the picture.</summary>
    [JsonIgnore]
    public IReadOnlyList<LinkEdge> Edges { get; init; } = [];
}

/// <summary>A value of a field: its share of the campaign's events and of everybody else's.</summary>
public sealed record TargetShare(string Field, string Value, double Share, double Elsewhere);

public sealed record ValueUse(string Value, long Events, int Accounts);

/// <summary>Different values of a field, and those that most accounts share.</summary>
public sealed record FieldUse(string Field, int Values, IReadOnlyList<ValueUse> MostShared);

/// <param name="Alignment">1 is chance.</param>
/// <param name="Hours">Events by hour of the day, UTC.</param>
public sealed record CampaignTiming(double Alignment, long Coincidences, double Expected, IReadOnlyList<long> Hours);

/// <summary>After a reference event: the share of the next day's events that bear its value, here and elsewhere.</summary>
public sealed record ReleaseReaction(string Event, string Value, DateTimeOffset Time, double Share, double Elsewhere);

public sealed record LinkEdge(int Account, string Attribute, string Value);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CampaignsReport))]
public sealed partial class CampaignsJson : JsonSerializerContext;
