using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Model;

/// <summary>A rule. It is an event too: others may be `on` it and measures may be `of` it.</summary>
public sealed class RuleSymbol(PackSymbol pack, string name, TextSpan span) : EventSource(pack, name, span)
{
    public string? Title { get; internal set; }
    public Trigger Trigger { get; internal set; } = null!;
    /// <summary>The top-level `and` parts of `when`, in order, each a filter or a part of the condition (C2).</summary>
    public IReadOnlyList<Conjunct> When { get; internal set; } = [];
    public IReadOnlyList<RuleException> Exceptions { get; internal set; } = [];
    public IReadOnlyList<RuleAction> Actions { get; internal set; } = [];
    public TextTemplate? Because { get; internal set; }
    public Expression? Rearm { get; internal set; }
    /// <summary>Cooldown in milliseconds, null without `once in`.</summary>
    public long? Once { get; internal set; }
    public bool FailClosed { get; internal set; }
    /// <summary>Earlier names of the same rule, oldest first; identity, sampling and state follow the first.</summary>
    public string? Formerly { get; internal set; }
    public Metadata Metadata { get; internal set; } = Metadata.None;
    public override IReadOnlyList<EventSymbol> Underlying => Trigger?.Underlying ?? [];
}

/// <summary><paramref name="IsFilter"/>: reads only fields of the event, lists and constants.</summary>
public sealed record Conjunct(Expression Condition, bool IsFilter);

public abstract record Trigger
{
    public abstract IReadOnlyList<EventSymbol> Underlying { get; }
}

/// <summary>`on each E, F`: a question about the event.</summary>
public sealed record EachTrigger(IReadOnlyList<EventSource> Sources) : Trigger
{
    public override IReadOnlyList<EventSymbol> Underlying { get; } = [.. Sources.SelectMany(s => s.Underlying).Distinct()];
}

/// <summary>`on E per K`: a question about the state of a key.</summary>
public sealed record KeyedTrigger(IReadOnlyList<EventSource> Sources, IReadOnlyList<KeyPart> Keys) : Trigger
{
    public override IReadOnlyList<EventSymbol> Underlying { get; } = [.. Sources.SelectMany(s => s.Underlying).Distinct()];
}

/// <summary>`on every D per K`. <paramref name="Every"/> in milliseconds; conditions read the key by <see cref="KeyRead"/>.</summary>
public sealed record EveryTrigger(long Every, IReadOnlyList<KeyPart> Keys) : Trigger
{
    public override IReadOnlyList<EventSymbol> Underlying => [];
}

/// <summary>`on label L added to ENTITY`; the entity in hand is read by <see cref="KeyRead"/> 0.</summary>
public sealed record LabelTrigger(LabelSymbol Label, bool Added) : Trigger
{
    public override IReadOnlyList<EventSymbol> Underlying => [];
}

/// <summary>`on account joins ring` (F10); the member in hand is <see cref="KeyRead"/> 0, its group a <see cref="GroupRead"/> of that.</summary>
public sealed record JoinTrigger(LinkSymbol Link) : Trigger
{
    public override IReadOnlyList<EventSymbol> Underlying => [];
}

/// <summary>
/// `on A per K followed by B … within D until X`: steps in order; those with <see cref="SequenceStep.IsAbsent"/> stand between two
/// others and say what may not come there. <paramref name="Within"/> in milliseconds. In hand after the steps: the last step's event.
/// </summary>
public sealed record SequenceTrigger(IReadOnlyList<SequenceStep> Steps, IReadOnlyList<KeyPart> Keys, long Within, SequenceStep? Until) : Trigger
{
    public override IReadOnlyList<EventSymbol> Underlying { get; } = Steps[^1].Underlying;
}

/// <summary>
/// `on T per K not followed by U within D` (H5). In hand at the deadline: the key (<see cref="KeyRead"/>) and T's captured fields
/// (<see cref="StepRead"/> 0). <paramref name="Until"/> discards what is pending, as <paramref name="Absent"/> does.
/// </summary>
public sealed record AbsenceTrigger(SequenceStep First, SequenceStep Absent, IReadOnlyList<KeyPart> Keys, long Within, SequenceStep? Until) : Trigger
{
    public override IReadOnlyList<EventSymbol> Underlying { get; } = First.Underlying;
}

/// <summary>A step. <paramref name="Where"/> reads its own event, and earlier steps by <see cref="StepRead"/>.</summary>
/// <param name="Times">At least 1.</param>
/// <param name="Name">Given by `as`, else the event's name where the step has one source and no other step the same.</param>
public sealed record SequenceStep(bool IsAbsent, long Times, IReadOnlyList<EventSource> Sources, string? Name, Expression? Where, TextSpan Span)
{
    public IReadOnlyList<EventSymbol> Underlying { get; } = [.. Sources.SelectMany(s => s.Underlying).Distinct()];
}

public sealed record RuleException(Expression When, long? Until, string Because, TextSpan Span)
{
    /// <summary>The pack that wrote an exception `except for` a rule of another pack; null for the rule's own.</summary>
    public string? FromPack { get; init; }
}

/// <summary>A response with its limit and delay. Rates count per hour-like windows: Limit per LimitSpan milliseconds.</summary>
public sealed record RuleAction(Act Act, long? Limit, long LimitSpan, long? After, long? AfterTo, TextSpan Span);

public abstract record Act;

public sealed record ObserveAct : Act;

public sealed record LabelAct(Expression Target, LabelSymbol Label, long? For) : Act;

public sealed record UnlabelAct(Expression Target, LabelSymbol Label) : Act;

/// <summary>Points are any number; the engine keeps them as integers of 10⁻⁶.</summary>
public sealed record AddScoreAct(Expression Points, ScoreSymbol Score, Expression Target) : Act;

public sealed record AddEntryAct(Expression Value, ListSymbol List, long? For) : Act;

public sealed record RemoveEntryAct(Expression Value, ListSymbol List) : Act;

public sealed record OpenCaseAct(Expression Target) : Act;

/// <summary>
/// A declared response upon an entity (<paramref name="Target"/>) or upon the event in hand (Target null). One argument for each
/// parameter of the response, in its order; null where an optional one is not given.
/// </summary>
public sealed record ResponseAct(ResponseSymbol Response, Expression? Target, IReadOnlyList<Expression?> Arguments) : Act;

/// <summary>A text with holes: literal pieces and expressions in turn.</summary>
public sealed record TextTemplate(IReadOnlyList<TemplatePart> Parts, TextSpan Span);

/// <summary>Exactly one of the two is set.</summary>
public sealed record TemplatePart(string? Text, Expression? Hole);

/// <summary>A test of the pack, in virtual time.</summary>
public sealed class TestSymbol(PackSymbol pack, string title, TextSpan span)
{
    public PackSymbol Pack { get; } = pack;
    public string Title { get; } = title;
    public TextSpan Span { get; } = span;
    /// <summary>Milliseconds since the epoch; 2026-01-01T00:00Z unless the test says `starting`.</summary>
    public long Starting { get; internal set; }
    public IReadOnlyList<Given> Givens { get; internal set; } = [];
    public IReadOnlyList<Expectation> Expectations { get; internal set; } = [];
}

public abstract record Given(TextSpan Span);

/// <summary>
/// Events at Starting + At, every Every for less than For (all milliseconds), or Times of them. Json: one object with the outside
/// field names, required fields filled in; the text `{n}` in its texts is the running number from 1.
/// </summary>
public sealed record EventsGiven(
    TextSpan Span, EventSymbol Event, long At, long? Every, long Count, IReadOnlyList<GivenField> Fields) : Given(Span);

/// <summary>A field of the event by its outside path; <paramref name="Value"/> a literal of the field's type.</summary>
public sealed record GivenField(FieldSymbol Field, LiteralExpression Value);

public sealed record LabelGiven(TextSpan Span, LabelSymbol Label, string EntityId, long At) : Given(Span);

public sealed record EntryGiven(TextSpan Span, ListSymbol List, LiteralExpression Value) : Given(Span);

/// <summary>What a test expects. Times in milliseconds from its start; both null: at any time.</summary>
public abstract record Expectation(TextSpan Span)
{
    public bool Todo { get; init; }
    public bool No { get; init; }
    public EntitySymbol? Entity { get; init; }
    public string? EntityId { get; init; }
    public RuleSymbol? ByRule { get; init; }
    public long? Times { get; init; }
    public long? From { get; init; }
    /// <summary>Inclusive.</summary>
    public long? To { get; init; }
}

public sealed record NothingExpected(TextSpan Span) : Expectation(Span);

public sealed record LabelExpected(TextSpan Span, LabelSymbol Label) : Expectation(Span);

public sealed record ResponseExpected(TextSpan Span, ResponseSymbol Response) : Expectation(Span);

public sealed record RuleExpected(TextSpan Span, RuleSymbol Rule) : Expectation(Span);

/// <summary>A condition over measures and scores of the entity in hand (<see cref="KeyRead"/> 0), looked at at one time.</summary>
public sealed record ValueExpected(TextSpan Span, Expression Condition) : Expectation(Span);
