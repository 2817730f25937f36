namespace PolicyEngine.Runtime.Plans;

/// <summary>
/// What the engine runs: data only, made by the compiler. All indices are positions in the lists here. Everything that can change a
/// decision is part of <see cref="Hash"/> (L1).
/// </summary>
public sealed record Plan
{
    /// <summary>Hex SHA-256 over everything that can change a decision.</summary>
    public required string Hash { get; init; }
    public required EngineLimits Limits { get; init; }
    public required IReadOnlyList<PackPlan> Packs { get; init; }
    public required IReadOnlyList<DomainPlan> Domains { get; init; }
    public required IReadOnlyList<ColumnPlan> Columns { get; init; }
    public required IReadOnlyList<EventTypePlan> EventTypes { get; init; }
    public required IReadOnlyList<Node> Nodes { get; init; }
    public required IReadOnlyList<MeasurePlan> Measures { get; init; }
    public IReadOnlyList<LinkPlan> Links { get; init; } = [];
    public IReadOnlyList<AroundPlan> Arounds { get; init; } = [];
    public IReadOnlyList<MembersPlan> Members { get; init; } = [];
    public IReadOnlyList<GroupMeasurePlan> GroupMeasures { get; init; } = [];
    public IReadOnlyList<AlignmentPlan> Alignments { get; init; } = [];
    /// <summary>Steps of rules, in the order of these.</summary>
    public IReadOnlyList<SequencePlan> Sequences { get; init; } = [];
    public required IReadOnlyList<LabelPlan> Labels { get; init; }
    public required IReadOnlyList<ScorePlan> Scores { get; init; }
    public required IReadOnlyList<ListPlan> Lists { get; init; }
    public required IReadOnlyList<ResponsePlan> Responses { get; init; }
    /// <summary>In the order of decisions: by stratum, then pack and rule name by bytes (K2).</summary>
    public required IReadOnlyList<RulePlan> Rules { get; init; }
    /// <summary>Conditions that a test looks at from outside, by entity.</summary>
    public IReadOnlyList<ProbePlan> Probes { get; init; } = [];
    /// <summary>
    /// Intervals of ticks, milliseconds, at whose multiples batches are cut, so that ticks find measures kept in columns as they were then.
    /// </summary>
    public IReadOnlyList<long> Cuts { get; init; } = [];
    /// <summary>More frequent ticks would cut batches too small: what these read is kept row by row.</summary>
    public const long ShortestCut = 10 * 60_000;
    public int Strata => Rules.Count == 0 ? 0 : Rules.Max(r => r.Stratum) + 1;
}

/// <summary>A condition over the entity in hand, with what it reads.</summary>
public sealed record ProbePlan(int Condition, int Domain, IReadOnlyList<OperandPlan> Operands);

public sealed record PackPlan(string Name, string Hash);

/// <summary>Bounds that can change a decision. Durations in milliseconds.</summary>
public sealed record EngineLimits
{
    /// <summary>A believed event is at most this much ahead of the newest of its source (A7).</summary>
    public long Skew { get; init; } = 10 * 60_000;
    /// <summary>Immediate sources: how far behind the clock an event may be before it is late (A6).</summary>
    public long Tolerance { get; init; } = 60_000;
    /// <summary>How long ids are remembered (A11).</summary>
    public long DuplicateHorizon { get; init; } = 24 * 3_600_000L;
    public int DuplicateCap { get; init; } = 20_000_000;
    public int WaitingCap { get; init; } = 1_000_000;
    public int KeysPerMeasure { get; init; } = 10_000_000;
    public int EventsPerKey { get; init; } = 1_000_000;
    public int DistinctPerKey { get; init; } = 100_000;
    public const int DefaultEdgesPerLink = 20_000_000;
    public int EdgesPerLink { get; init; } = DefaultEdgesPerLink;
    /// <summary>Members of a group, or around a value, that can be looked at one by one: more are a fault (F8, F14, L3).</summary>
    public int MembersLookedAt { get; init; } = 50_000;
    /// <summary>Sequences that have begun, or deadlines, of one rule.</summary>
    public int PartialsPerRule { get; init; } = 5_000_000;
    public int LineBytes { get; init; } = 1 << 20;
    public int Depth { get; init; } = 64;
}

public enum DomainKind : byte { Text, Entity, Ip, Cidr, Integer, Number, Fingerprint, Composite }

/// <summary>
/// A space of dense handles: an entity type's ids, the texts, the addresses, or tuples of such (<paramref name="Parts"/>: domains of
/// the parts). Handles are never an order and never leave the engine (M1).
/// </summary>
public sealed record DomainPlan(int Index, DomainKind Kind, string Name, IReadOnlyList<int> Parts);

/// <summary>
/// A place in the arriving JSON: path of member names and kind of value. <paramref name="Domain"/>: intern it there, −1: keep the
/// slice only. Columns of one path but different kinds are different columns.
/// </summary>
public sealed record ColumnPlan(int Index, IReadOnlyList<string> Path, ValueKind Kind, int Domain, ValueKind Element, bool NeedsNull)
{
    /// <summary>The path of a text that all values of the event make, each on a line of its own.</summary>
    public const string WholeEvent = "*";

    /// <summary>
    /// A text that takes numbers and truth values as they are written and several values as lines, and for which objects are missing.
    /// </summary>
    public bool TakesAnything { get; init; }
}

/// <summary>A declared event: its outside name, the columns it needs and those that must be present.</summary>
public sealed record EventTypePlan(
    int Index, string Name, string OutsideName, IReadOnlyList<int> Columns, IReadOnlyList<int> Required, IReadOnlyList<FieldPlan> Fields)
{
    /// <summary>Other paths for id, time, type, source, sequence by the schema (`time: time from "@timestamp"`); null: the default name.</summary>
    public IReadOnlyList<string>? TimePath { get; init; }
    public IReadOnlyList<string>? IdPath { get; init; }
    public IReadOnlyList<string>? SequencePath { get; init; }
}

/// <summary>A declared arriving field, for rejections in the user's words. Unread fields have column −1 but are still type-checked.</summary>
public sealed record FieldPlan(string Name, IReadOnlyList<string> Path, ValueKind Kind, bool Optional, int Column)
{
    /// <summary>As of its column.</summary>
    public bool TakesAnything { get; init; }
}

public enum PlanAggregate
{
    Count, Rate, Share, Sum, Average, Min, Max, Percentile, Variation, Distinct, Entropy, TopShare, First, Latest, Previous,
    SinceFirst, SinceLast,
}

public enum PlanWindowKind : byte { Forever, Sliding, Tumbling, Session }

/// <summary>Milliseconds. Sliding with Step > 0: cells (D2). Session: Length is the idle gap, 24 h at most in all (D3).</summary>
public sealed record PlanWindow(PlanWindowKind Kind, long Length, long Step, long Ending)
{
    /// <summary>Whatever is older than its length, and nothing else, is out.</summary>
    public bool IsSliding => Kind == PlanWindowKind.Sliding && Step == 0;
}

/// <summary>
/// A measure. An event enters if <paramref name="Feed"/> holds, under the handle that <paramref name="Key"/> gives.
/// </summary>
/// <param name="Hash">Of the resolved definition (J5): equal hash, equal state.</param>
/// <param name="FamilyKey">
/// Measures of one key share one log where their feeds are equal, or parts of the feed of one of them.
/// </param>
/// <param name="Feed">Boolean node.</param>
/// <param name="Key">Handle node.</param>
public sealed record MeasurePlan(
    int Index, string Name, string Hash, string FamilyKey, PlanAggregate Aggregate, PlanWindow Window, int Feed, int Key)
{
    public double Percentile { get; init; }
    /// <summary>Numerator of a share: boolean node; −1 otherwise.</summary>
    public int Numerator { get; init; } = -1;
    /// <summary>Value node; −1: none, or the gap when <see cref="AmountIsGap"/>.</summary>
    public int Amount { get; init; } = -1;
    public bool AmountIsGap { get; init; }
    /// <summary>The amount is arithmetic over the gap: evaluated when the event enters.</summary>
    public bool AmountReadsGap { get; init; }
    /// <summary>Integer, Number, Share, Time, Duration, Rate; or Text/Entity/Ip/… as handles of <see cref="AmountDomain"/>.</summary>
    public ValueKind AmountKind { get; init; } = ValueKind.Missing;
    public int AmountDomain { get; init; } = -1;
    public required ValueKind Result { get; init; }
    /// <summary>Kept row by row in the sequential stage (B8), after this stratum's rules; −1 for before all strata.</summary>
    public bool IsSequential { get; init; }
    public int AfterStratum { get; init; } = -1;
    /// <summary>Plain boolean node that holds whenever <see cref="Feed"/> could; what is gone through when the feed is not plain.</summary>
    public int FeedScreen { get; init; } = -1;
    public View View { get; init; }
    /// <summary>Event types on which some reader stands.</summary>
    public IReadOnlyList<int> ReaderTypes { get; init; } = [];
    /// <summary>
    /// Plain boolean node that holds on every row on which somebody could need the value; −1: on all rows of <see cref="ReaderTypes"/>.
    /// May read measures that read no others and have no such node that does.
    /// </summary>
    public int ReaderScreen { get; init; } = -1;
    /// <summary>
    /// Made from the log of events when somebody asks, instead of with every event. Worth it where fewer rows ask than feed; the value
    /// is the same.
    /// </summary>
    public bool IsLazy => CanBeLazy && (IsSequential || (ReaderScreen >= 0 && ReaderScreen != Feed));
    /// <summary>The log of a plain sliding window has all that its value is made of.</summary>
    public bool CanBeLazy => Window is { Kind: PlanWindowKind.Sliding, Ending: 0 } && Aggregate is PlanAggregate.Share or PlanAggregate.Sum
        or PlanAggregate.Average or PlanAggregate.Variation or PlanAggregate.Percentile or PlanAggregate.Entropy or PlanAggregate.TopShare;
    public string Declaration { get; init; } = "";
    /// <summary>The kind of key, for evidence: names of its parts and their domains.</summary>
    public IReadOnlyList<string> KeyNames { get; init; } = [];
    public int KeyDomain { get; init; } = -1;
}

/// <summary><paramref name="HasEndReaders"/>: something reacts to its removal, so ends are timers (A9).</summary>
public sealed record LabelPlan(int Index, string Name, int Domain, string Entity, bool HasEndReaders);

/// <summary>Half-life in milliseconds.</summary>
public sealed record ScorePlan(int Index, string Name, int Domain, string Entity, long HalfLife);

public sealed record ListPlan(
    int Index, string Name, ValueKind Element, int Domain, bool IgnoringCase, IReadOnlyList<Constant> Entries, bool HasWriters)
{
    /// <summary>What a file says beside each entry, in the order of these; empty where it says nothing.</summary>
    public IReadOnlyList<EntryFacts> Facts { get; init; } = [];
}

/// <summary><paramref name="EndsAt"/>: milliseconds since the epoch from which the entry is gone; null: never.</summary>
public sealed record EntryFacts(string? Source, string? Confidence, long? EndsAt);

public sealed record ResponsePlan(int Index, string Name, bool Also, int Rank, string? Entity, IReadOnlyList<ResponseParameterPlan> Parameters);

public sealed record ResponseParameterPlan(string Preposition, ValueKind Kind);
