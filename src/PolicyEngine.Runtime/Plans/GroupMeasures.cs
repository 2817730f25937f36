namespace PolicyEngine.Runtime.Plans;

/// <summary>
/// A measure per group (F7): over the events of those who are members now, in cells. Lengths in milliseconds, Length and Ending whole
/// numbers of Step. Feed is a boolean node, Member a handle node.
/// </summary>
public sealed record GroupMeasurePlan(
    int Index, string Name, string Hash, int Link, PlanAggregate Aggregate, PlanWindow Window, int Feed, int Member)
{
    /// <summary>Numerator of a share: boolean node; −1 otherwise.</summary>
    public int Numerator { get; init; } = -1;
    /// <summary>Value node; −1: none.</summary>
    public int Amount { get; init; } = -1;
    public ValueKind AmountKind { get; init; } = ValueKind.Missing;
    public int AmountDomain { get; init; } = -1;
    public required ValueKind Result { get; init; }
    /// <summary>What it counts waits for rules or measures kept row by row; after this stratum's rules, −1: before all.</summary>
    public bool IsSequential { get; init; }
    public int AfterStratum { get; init; } = -1;
    /// <summary>Plain boolean node that holds whenever the feed could.</summary>
    public int FeedScreen { get; init; } = -1;
    public string Declaration { get; init; } = "";
}
