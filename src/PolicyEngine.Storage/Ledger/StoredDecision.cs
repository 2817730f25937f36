namespace PolicyEngine.Storage.Ledger;

/// <summary>A decision as it was written once.</summary>
/// <param name="Position">Grows with the order of writing; the place to go on from when paging.</param>
/// <param name="Time">Milliseconds since the epoch, UTC.</param>
/// <param name="Event">The event behind it; empty for `on every`.</param>
/// <param name="Outcome">What became of the responses in short: `throttle carried_out, review held`.</param>
/// <param name="Record">The whole record, one JSON object in UTF-8.</param>
public sealed record StoredDecision(
    long Position, string Id, long Time, string Event, string Rule, string Pack, string Stage, string KeyType, string KeyId,
    string Outcome, byte[] Record);

/// <summary>Which decisions are asked for, newest first. Empty parts let everything through.</summary>
public sealed record DecisionFilter
{
    /// <summary>A rule's name, or `pack.rule`.</summary>
    public string? Rule { get; init; }
    /// <summary>The id of the key, whatever its type.</summary>
    public string? Key { get; init; }
    public string? Stage { get; init; }
    /// <summary>Milliseconds since the epoch, inclusive.</summary>
    public long? Since { get; init; }
    /// <summary>Milliseconds since the epoch, exclusive.</summary>
    public long? Until { get; init; }
    public int Limit { get; init; } = 50;
    /// <summary>Only what comes after this one in the order of the answer; from the last decision of the page before.</summary>
    public (long Time, long Position)? After { get; init; }

    internal bool Admits(StoredDecision decision) =>
        (Rule is null || Rule == decision.Rule || Rule == $"{decision.Pack}.{decision.Rule}")
        && (Key is null || Key == decision.KeyId)
        && (Stage is null || Stage == decision.Stage)
        && (Since is null || decision.Time >= Since)
        && (Until is null || decision.Time < Until)
        && (After is not { } after || (decision.Time, decision.Position).CompareTo(after) < 0);
}

/// <summary>A place where decisions can be looked up again.</summary>
public interface IDecisionArchive : IDisposable
{
    /// <summary>Newest first; decisions of one time in the reverse of their order.</summary>
    IReadOnlyList<StoredDecision> List(DecisionFilter filter);

    StoredDecision? Get(string id);
}
