namespace PolicyEngine.Runtime.Plans;

public enum TriggerKind : byte { Each, Keyed, Every, LabelAdded, LabelRemoved, Join, Sequence, Absence }

public enum RuleStage : byte { Draft, Shadow, Sampled, Enforce, Paused, Retired }

/// <summary>
/// A rule as data. <see cref="Sample"/> says which events are samples (kind and filter), <see cref="Condition"/> what is asked,
/// <see cref="Screen"/> is a plain node that holds whenever sample and condition could: too much is allowed, too little never.
/// </summary>
public sealed record RulePlan
{
    public required int Index { get; init; }
    /// <summary>Bare name; <see cref="Id"/> is pack and first name, which state, sampling and decision ids follow.</summary>
    public required string Name { get; init; }
    public required string Id { get; init; }
    public required string Hash { get; init; }
    public required string Pack { get; init; }
    public required string PackHash { get; init; }
    public string? Title { get; init; }
    public string? Severity { get; init; }
    public required TriggerKind Trigger { get; init; }
    /// <summary>LabelAdded/Removed: the label.</summary>
    public int TriggerLabel { get; init; } = -1;
    /// <summary>Join: the link.</summary>
    public int TriggerLink { get; init; } = -1;
    /// <summary>Keyed, Every: the link whose groups are the keys; −1: the keys are others.</summary>
    public int KeyLink { get; init; } = -1;
    /// <summary>Sequence, Absence: the steps.</summary>
    public int Sequence { get; init; } = -1;
    /// <summary>Every: milliseconds.</summary>
    public long Every { get; init; }
    /// <summary>Boolean node: the event is a sample of this rule (B of `on`, and the filter). −1 without an event.</summary>
    public int Sample { get; init; } = -1;
    /// <summary>Boolean node: the whole condition; −1: always true.</summary>
    public int Condition { get; init; } = -1;
    /// <summary>Plain boolean node; implied by sample and condition.</summary>
    public int Screen { get; init; } = -1;
    /// <summary>Plain boolean node; implied by the sample alone.</summary>
    public int SampleScreen { get; init; } = -1;
    /// <summary>Sample and condition are plain, so the screen is exact.</summary>
    public bool IsExact { get; init; }
    /// <summary>
    /// Handle node of the one entity whose labels and scores the condition reads, if the condition cannot hold while that entity never
    /// had any: most entities never do. −1: no such shortcut.
    /// </summary>
    public int Marked { get; init; } = -1;
    /// <summary>Handle node of the key; −1 for `each` (the event is the key) and label triggers (the entity).</summary>
    public int Key { get; init; } = -1;
    public int KeyDomain { get; init; } = -1;
    /// <summary>Names of the key's parts: entity or field names, for the decision's key.</summary>
    public IReadOnlyList<string> KeyNames { get; init; } = [];
    public required int Stratum { get; init; }
    /// <summary>Milliseconds: longest span the condition reads, at least 24 h (C3).</summary>
    public long Horizon { get; init; } = 24 * 3_600_000L;
    /// <summary>Cooldown in milliseconds; 0: none.</summary>
    public long Once { get; init; }
    /// <summary>Boolean node; −1: rearmed by a false condition.</summary>
    public int Rearm { get; init; } = -1;
    public bool FailClosed { get; init; }
    public RuleStage Stage { get; init; }
    /// <summary>Hundredths of a percent.</summary>
    public int SampledShare { get; init; }
    public int Holdout { get; init; }
    public View View { get; init; }
    /// <summary>Late events (A6) may fire it: `on each` that reads nothing but fields, lists and constants.</summary>
    public bool SeesLateEvents { get; init; }
    public IReadOnlyList<ExceptionPlan> Exceptions { get; init; } = [];
    public IReadOnlyList<ActionPlan> Actions { get; init; } = [];
    public IReadOnlyList<TemplatePiece> Because { get; init; } = [];
    /// <summary>The clause tree of `when`, for evidence.</summary>
    public ClausePlan? Clauses { get; init; }
    /// <summary>Every operand the condition and the texts read, by the name it is shown under (K3), in order of name bytes.</summary>
    public IReadOnlyList<OperandPlan> Operands { get; init; } = [];
    /// <summary>The group that the rule speaks of, for its record; null when it speaks of none.</summary>
    public GroupOfRule? Group { get; init; }
    /// <summary>Alignments read.</summary>
    public IReadOnlyList<int> Alignments { get; init; } = [];
    /// <summary>Measures read, for warming.</summary>
    public IReadOnlyList<int> Measures { get; init; } = [];
    /// <summary>Measures around values and per group that it reads: their windows are shown too.</summary>
    public IReadOnlyList<int> Arounds { get; init; } = [];
    public IReadOnlyList<int> GroupMeasures { get; init; } = [];
}

/// <summary>While <paramref name="When"/> holds and τ &lt; <paramref name="Until"/> the condition does not hold.</summary>
public sealed record ExceptionPlan(int When, long? Until, string Because, string? FromPack);

public enum ClauseKind : byte { And, Or, Not, AtLeast, Test }

/// <summary>A part of `when` with its text as written (white space folded) and its boolean node.</summary>
public sealed record ClausePlan(ClauseKind Kind, int Node, string Text, int Count, IReadOnlyList<ClausePlan> Parts);

public sealed record OperandPlan(string Name, int Node);

/// <summary>Exactly one of the two: literal UTF-8, or a node (≥ 0) to print.</summary>
public sealed record TemplatePiece(byte[]? Text, int Node);

public enum ActionKind : byte { Observe, Label, Unlabel, AddScore, AddEntry, RemoveEntry, OpenCase, Respond }

/// <summary>
/// One response of a rule. <see cref="Target"/>: handle node of the entity acted upon; −1: the event. <see cref="Subject"/>: index of
/// the label, score, list or response by kind. Durations in milliseconds.
/// </summary>
public sealed record ActionPlan(ActionKind Kind, string Verb)
{
    public int Target { get; init; } = -1;
    public int TargetDomain { get; init; } = -1;
    public string? TargetEntity { get; init; }
    /// <summary>Each member of a group instead of one target.</summary>
    public EachPlan? Each { get; init; }
    public int Subject { get; init; } = -1;
    /// <summary>Points of a score, entry of a list.</summary>
    public int Value { get; init; } = -1;
    public long? For { get; init; }
    public IReadOnlyList<ArgumentPlan> Arguments { get; init; } = [];
    /// <summary>`at most Limit per LimitSpan`.</summary>
    public long? Limit { get; init; }
    public long LimitSpan { get; init; }
    public long? After { get; init; }
    public long? AfterTo { get; init; }
}

/// <summary>
/// The members of the group that handle node <paramref name="Group"/> gives, in the order of their keys, for which boolean node
/// <paramref name="Where"/> holds (−1: all).
/// </summary>
public sealed record EachPlan(int Link, int Group, int Where);

/// <summary>A handle node that gives the id of a group of a link.</summary>
public sealed record GroupOfRule(int Link, int Group);

/// <summary>An argument by its preposition; a `for` duration also says when the response ends.</summary>
public sealed record ArgumentPlan(string Preposition, int Node);
