using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Plans;

/// <summary>
/// How a value is held. Longs: Boolean (0/1), Integer, Time and Duration (milliseconds), Fingerprint. Doubles: Number, Share, Rate
/// (per second). Text: UTF-8 slice or handle. Entity: handle of the entity's domain. Ip: Bits128. Cidr and List: objects.
/// </summary>
public enum ValueKind : byte
{
    Missing, Null, Boolean, Integer, Number, Share, Time, Duration, Rate, Text, Entity, Ip, Cidr, Fingerprint, List,
}

/// <summary>What a node computes. Everything a rule or measure asks reaches the runtime as such nodes: data, never code.</summary>
public enum Op : byte
{
    // leaves
    Constant, Field, FieldByType, EventId, EventTime, EventType, EventSource, Key, Gap, Measure, Score,
    /// <summary>What was kept of an earlier step's event, at place <see cref="Node.Target"/> of the sequence in hand.</summary>
    Step,
    /// <summary>The event is of one of the types in <see cref="Node.Types"/>.</summary>
    IsType,
    /// <summary>Rule <see cref="Node.Target"/> fired on this event in this instant.</summary>
    Fired,
    // conditions
    And, Or, Not, AtLeast, Equal, Less, LessOrEqual, Greater, GreaterOrEqual, Between, InList, InConstants, InCidr, InField,
    TextTest, IsMissing, IsNull, IsPresent, HasLabel,
    // values
    Add, Subtract, Multiply, Divide, Negate, Call,
    /// <summary>Integer to number.</summary>
    ToNumber,
    /// <summary>Entity, fingerprint, ip … to the text that stands for it.</summary>
    ToText,
    /// <summary>A value to its dense handle in <see cref="Node.Domain"/>.</summary>
    Handle,
    /// <summary>Several handles to one handle of a composite domain; missing when a part is.</summary>
    CompositeKey,
    /// <summary>The one key of a measure without `per`: handle 0.</summary>
    NoKey,
    /// <summary>The member in hand, while those of a group or around a value are gone through.</summary>
    Member,
    /// <summary>The id of the group of link <see cref="Node.Target"/> that the member (a handle node) belongs to; missing without one (F5).</summary>
    Group,
    /// <summary>Of a group (a handle node): its size, what holds it together, how long it has its id.</summary>
    GroupSize, GroupReasons, GroupAge,
    /// <summary>Measure <see cref="Node.Target"/> of <see cref="Plan.Arounds"/>, around a value (a handle node).</summary>
    Around,
    /// <summary>Measure <see cref="Node.Target"/> of <see cref="Plan.Members"/>, over a group (a handle node).</summary>
    OverMembers,
    /// <summary>Measure <see cref="Node.Target"/> of <see cref="Plan.GroupMeasures"/>, of a group (a handle node).</summary>
    GroupMeasure,
    /// <summary>Alignment <see cref="Node.Target"/> under a key (a handle node); Types: the one <see cref="PlanAlignmentPart"/> of it.</summary>
    Alignment,
    /// <summary>One of the inputs by the type of the event: Types[type] is a position in Inputs, −1: missing.</summary>
    ChooseByType,
}

public enum TextOp : byte { Contains, StartsWith, EndsWith, Like, Matches, Equals }

public enum Quantifier : byte { One, Any, All }

/// <summary>Which labels, scores, lists and firings are seen: those of enforced rules, or those of shadow rules too (J1).</summary>
public enum View : byte { Enforced, Shadow }

/// <summary>
/// One node of the plan's expression graph. Nodes are numbered so that inputs come first; equal nodes are one node, so work is
/// shared between rules. <see cref="IsPlain"/>: a function of the event, lists without writers and plain measures, so it may be
/// computed for a whole batch at once; all else is evaluated row by row in the sequential stage.
/// </summary>
public sealed record Node(int Id, Op Op, ValueKind Kind)
{
    public int[] Inputs { get; init; } = [];
    public bool IsPlain { get; init; } = true;
    public bool MayBeMissing { get; init; }
    /// <summary>The domain whose handles this node gives, or that holds its text; −1: none.</summary>
    public int Domain { get; init; } = -1;
    /// <summary>Field: column. Measure, Score, Fired, HasLabel, InList, TextTest against a list: index in the plan. AtLeast: the count. Key: the part. Call: <see cref="PlanFunction"/>.</summary>
    public int Target { get; init; } = -1;
    /// <summary>FieldByType: the column of each event type, −1 where there is none. IsType: the types.</summary>
    public int[] Types { get; init; } = [];
    /// <summary>Constant: the value. InConstants, TextTest: the values.</summary>
    public Constant? Constant { get; init; }
    public TextOp TextOp { get; init; }
    public Quantifier Quantifier { get; init; }
    public bool IgnoringCase { get; init; }
    public bool Had { get; init; }
    /// <summary>HasLabel: least age in milliseconds, 0 without `older than`.</summary>
    public long OlderThan { get; init; }
    public View View { get; init; }
    public bool Sensitive { get; init; }
    /// <summary>The kind of a list's elements.</summary>
    public ValueKind Element { get; init; }
}

/// <summary>The functions of the language that a <see cref="Op.Call"/> node can name.</summary>
public enum PlanFunction
{
    Normalise, Template, Similarity, Words, Ngrams, Length, Occurrences, DomainOf, DomainsIn, Subnet, HourOf, WeekdayOf, Slot,
    Distance, Abs, Round, Smaller, Larger, FirstPresent, NumberOf, IpOf,
}

/// <summary>
/// A constant of the plan. Long: boolean, integer, time, duration, fingerprint. Double: number, share, rate. Text: UTF-8. Ip with
/// PrefixLength (128-bit scale, −1 for an address). Items: a list.
/// </summary>
public sealed record Constant(ValueKind Kind)
{
    public long Long { get; init; }
    public double Double { get; init; }
    public byte[] Text { get; init; } = [];
    public Bits128 Ip { get; init; }
    public int PrefixLength { get; init; } = -1;
    public IReadOnlyList<Constant> Items { get; init; } = [];
}
