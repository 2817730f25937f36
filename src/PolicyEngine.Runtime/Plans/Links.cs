namespace PolicyEngine.Runtime.Plans;

/// <summary>
/// A link: members that bore the same values belong together (F1–F6). Lengths in milliseconds; edges end at multiples of
/// <see cref="Step"/>, which divides <see cref="Length"/>.
/// </summary>
/// <param name="Hash">Of the resolved definition (J5): equal hash, equal state.</param>
/// <param name="Name">With its pack; the bare name is part of every group's id.</param>
/// <param name="GroupDomain">Domain of the groups' ids.</param>
public sealed record LinkPlan(
    int Index, string Name, string Hash, int MemberDomain, int GroupDomain, long Length, long Step, IReadOnlyList<WayPlan> Ways)
{
    /// <summary>Name of the entity that its groups are made of.</summary>
    public string Entity { get; init; } = "";
    public string ShortName => Name[(Name.LastIndexOf('.') + 1)..];
    /// <summary>Where a cap depends on a label: in which view it is seen (J1).</summary>
    public View View { get; init; }
    /// <summary>Edges kept; more are refused beyond 1.25 times as many, and dropped at boundaries (L2).</summary>
    public int EdgeCap { get; init; } = EngineLimits.DefaultEdgesPerLink;
}

/// <summary>
/// A way in which members come together: events of <paramref name="Feed"/> tie the member to the value. Feed is a boolean node, Member
/// and Value are handle nodes.
/// </summary>
/// <param name="Text">As the policy writes it: `card`, `net, device`.</param>
public sealed record WayPlan(string Text, int Feed, int Member, int Value)
{
    /// <summary>A value borne by more members at once links nobody.</summary>
    public long? MoreThan { get; init; }
    /// <summary>Of those more than so many members: only such as lack this label count; −1: all do.</summary>
    public int WithoutLabel { get; init; } = -1;
    /// <summary>A value borne by fewer members links nobody.</summary>
    public long? FewerThan { get; init; }
    /// <summary>What ties waits for rules, or for measures kept row by row: raw events do not.</summary>
    public bool IsSequential { get; init; }
    /// <summary>After this stratum's rules; −1: before all.</summary>
    public int AfterStratum { get; init; } = -1;
    /// <summary>Plain boolean node that holds whenever the feed could.</summary>
    public int FeedScreen { get; init; } = -1;
}

/// <summary>
/// A measure over the members around a value (F14): of those tied to it within the window, those for which <see cref="Where"/> holds.
/// </summary>
/// <param name="EdgeHash">Of what ties: measures with the same share one table of edges.</param>
/// <param name="Where">Boolean node over the member in hand; −1: all.</param>
public sealed record AroundPlan(int Index, string Name, string EdgeHash, long Length, long Step, WayPlan Way, int Where, bool IsShare)
{
    /// <summary>Where is nothing but `has label` or `had label` of the member: then it is a counter. −1 otherwise.</summary>
    public int Label { get; init; } = -1;
    public bool Had { get; init; }
    public View View { get; init; }
    public int MemberDomain { get; init; } = -1;
    public int ValueDomain { get; init; } = -1;
    public string Declaration { get; init; } = "";
}

/// <summary>A measure over the members of a group (F8).</summary>
/// <param name="Where">Boolean node over the member in hand; −1: all.</param>
/// <param name="Amount">Value node over the member in hand; −1 for counts and shares.</param>
public sealed record MembersPlan(int Index, string Name, int Link, PlanAggregate Aggregate, int Where, int Amount, ValueKind Result)
{
    public int Label { get; init; } = -1;
    public bool Had { get; init; }
    public View View { get; init; }
    public double Percentile { get; init; }
    public string Declaration { get; init; } = "";
}
