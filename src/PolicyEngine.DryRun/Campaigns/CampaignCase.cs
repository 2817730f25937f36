namespace PolicyEngine.DryRun.Campaigns;

/// <summary>A case that rules opened: who belongs to it, and why they were put together.</summary>
/// <param name="Accounts">Ids of all that were in its group while it was open.</param>
/// <param name="Opened">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="Reasons">The link's ways that hold it together, as the link says them.</param>
public sealed record CampaignCase(string Id, string Rule, long Opened, IReadOnlyList<string> Accounts, IReadOnlyList<string> Reasons)
{
    /// <summary>Decisions upon its accounts, by rule.</summary>
    public IReadOnlyList<CampaignRule> Rules { get; init; } = [];
    /// <summary>When each account was first enforced upon (throttle, challenge, suspend), by its id.</summary>
    public IReadOnlyDictionary<string, long> Enforced { get; init; } = new Dictionary<string, long>();
    /// <summary>Accounts upon which any of those or a review was carried out.</summary>
    public int Caught { get; init; }
}

/// <summary>How often a rule decided about a campaign's accounts, and about how many of them.</summary>
public sealed record CampaignRule(string Rule, long Decisions, int Accounts);
