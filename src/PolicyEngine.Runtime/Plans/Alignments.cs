namespace PolicyEngine.Runtime.Plans;

/// <summary>What of an alignment is read: its value, or one of the two counts behind it (G2).</summary>
public enum PlanAlignmentPart { Value, Coincidences, Expected }

/// <summary>
/// An alignment of members per key. Lengths in milliseconds; <paramref name="Length"/> is a whole number of blocks of 60 slots. An
/// event of <paramref name="Feed"/> makes the member active; Key and Member are handle nodes.
/// </summary>
/// <param name="Hash">Of the resolved definition (J5): equal hash, equal state.</param>
public sealed record AlignmentPlan(int Index, string Name, string Hash, long Slot, long Length, int Feed, int Key, int Member)
{
    /// <summary>Plain boolean node that holds wherever the feed could.</summary>
    public int FeedScreen { get; init; } = -1;
    /// <summary>Events enter after this stratum's rules; −1: before all.</summary>
    public int AfterStratum { get; init; } = -1;
    public string Declaration { get; init; } = "";
    public PlanWindow Window => new(PlanWindowKind.Sliding, Length, 0, 0);
}
