using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Syntax;

public sealed record RuleStatement(
    TextSpan Span, Name Name, TextLiteral? Title, RuleBody? Body, Path? Recipe, IReadOnlyList<ExpressionSyntax> Arguments,
    IReadOnlyList<ClauseSyntax> Clauses) : Statement(Span);

public sealed record RecipeStatement(
    TextSpan Span, Name Name, IReadOnlyList<ParameterSyntax> Parameters, IReadOnlyList<MeasureStatement> Measures, RuleBody Body,
    IReadOnlyList<ClauseSyntax> Clauses) : Statement(Span);

public sealed record RuleBody(
    TextSpan Span, TriggerSyntax Trigger, ExpressionSyntax? When, IReadOnlyList<ExceptSyntax> Exceptions,
    IReadOnlyList<ActionSyntax> Actions, TextLiteral? Because) : SyntaxNode(Span);

public sealed record ExceptSyntax(TextSpan Span, ExpressionSyntax When, MomentLiteral? Until, TextLiteral Because) : SyntaxNode(Span);

public abstract record TriggerSyntax(TextSpan Span) : SyntaxNode(Span);

/// <summary>`on each E, F`</summary>
public sealed record EachTriggerSyntax(TextSpan Span, IReadOnlyList<Path> Sources) : TriggerSyntax(Span);

/// <summary>`on E per K`, or a sequence when <paramref name="Follows"/> is not empty.</summary>
public sealed record KeyedTriggerSyntax(
    TextSpan Span, StepSyntax First, IReadOnlyList<KeySyntax> Keys, IReadOnlyList<FollowSyntax> Follows, DurationSyntax? Within,
    StepSyntax? Until) : TriggerSyntax(Span);

public sealed record EveryTriggerSyntax(TextSpan Span, DurationSyntax Every, IReadOnlyList<KeySyntax> Keys) : TriggerSyntax(Span);

public sealed record LabelTriggerSyntax(TextSpan Span, Path Label, bool Added, Path Entity) : TriggerSyntax(Span);

public sealed record JoinTriggerSyntax(TextSpan Span, Path Entity, Path Link) : TriggerSyntax(Span);

public sealed record StepSyntax(
    TextSpan Span, NumberLiteral? Times, IReadOnlyList<Path> Sources, Name? As, ExpressionSyntax? Where) : SyntaxNode(Span);

public sealed record FollowSyntax(TextSpan Span, bool Not, StepSyntax Step) : SyntaxNode(Span);

/// <summary>One response with its limit and delay: `ACT at most RATE after D to D`.</summary>
public sealed record ActionSyntax(
    TextSpan Span, ActSyntax Act, RateLiteral? AtMost, DurationSyntax? After, DurationSyntax? AfterTo) : SyntaxNode(Span);

public abstract record ActSyntax(TextSpan Span) : SyntaxNode(Span);

public sealed record ObserveAct(TextSpan Span) : ActSyntax(Span);

public sealed record LabelAct(TextSpan Span, TargetSyntax Target, Path Label, DurationSyntax? For) : ActSyntax(Span);

public sealed record UnlabelAct(TextSpan Span, TargetSyntax Target, Path Label) : ActSyntax(Span);

/// <summary>`add AMOUNT to SCORE of X` (target set) or `add VALUE to LIST for D`.</summary>
public sealed record AddAct(TextSpan Span, ExpressionSyntax Amount, Path To, TargetSyntax? Of, DurationSyntax? For) : ActSyntax(Span);

public sealed record RemoveAct(TextSpan Span, ExpressionSyntax Amount, Path From) : ActSyntax(Span);

public sealed record OpenCaseAct(TextSpan Span, TargetSyntax For) : ActSyntax(Span);

/// <summary>A declared response: verb, target, prepositional arguments.</summary>
public sealed record ResponseAct(
    TextSpan Span, Path Verb, TargetSyntax Target, IReadOnlyList<ResponseArgumentSyntax> Arguments) : ActSyntax(Span);

public sealed record ResponseArgumentSyntax(TextSpan Span, string Preposition, ExpressionSyntax Value) : SyntaxNode(Span);

/// <summary>`account`, or `each account of ring where C` (then <paramref name="Group"/> is set).</summary>
public sealed record TargetSyntax(TextSpan Span, Path Path, Path? Group, ExpressionSyntax? Where) : SyntaxNode(Span);

public abstract record ClauseSyntax(TextSpan Span) : SyntaxNode(Span);

public sealed record OnceClause(TextSpan Span, DurationSyntax In) : ClauseSyntax(Span);

public sealed record RearmClause(TextSpan Span, ExpressionSyntax When) : ClauseSyntax(Span);

public sealed record FailClosedClause(TextSpan Span) : ClauseSyntax(Span);

public sealed record FormerlyClause(TextSpan Span, Path Rule) : ClauseSyntax(Span);

public sealed record MetadataClause(TextSpan Span, Metadata Metadata) : ClauseSyntax(Span);

/// <summary>Metadata of a pack or a rule.</summary>
public abstract record Metadata(TextSpan Span) : SyntaxNode(Span);

public sealed record OwnerMetadata(TextSpan Span, TextLiteral Text) : Metadata(Span);

public sealed record PolicyMetadata(TextSpan Span, TextLiteral Text) : Metadata(Span);

public sealed record RunbookMetadata(TextSpan Span, TextLiteral Text) : Metadata(Span);

public sealed record TagsMetadata(TextSpan Span, IReadOnlyList<TextLiteral> Tags) : Metadata(Span);

/// <summary><paramref name="Word"/>: low medium high critical.</summary>
public sealed record SeverityMetadata(TextSpan Span, string Word) : Metadata(Span);

/// <summary><paramref name="Word"/>: draft shadow sampled enforce paused retired; the share only with sampled.</summary>
public sealed record StageMetadata(TextSpan Span, string Word, ShareLiteral? Share) : Metadata(Span);

public sealed record HoldoutMetadata(TextSpan Span, ShareLiteral Share) : Metadata(Span);

public sealed record TestStatement(
    TextSpan Span, TextLiteral Title, MomentLiteral? Starting, IReadOnlyList<GivenSyntax> Givens,
    IReadOnlyList<ExpectSyntax> Expectations) : Statement(Span);

public abstract record GivenSyntax(TextSpan Span) : SyntaxNode(Span);

/// <summary>`given [N times] EVENT [at D] [every D [for D]] { … }`</summary>
public sealed record GivenEvents(
    TextSpan Span, NumberLiteral? Times, Path Event, DurationSyntax? At, DurationSyntax? Every, DurationSyntax? For,
    RecordSyntax Record) : GivenSyntax(Span);

public sealed record GivenLabel(TextSpan Span, Path Label, Path Entity, TextLiteral Id, DurationSyntax? At) : GivenSyntax(Span);

public sealed record GivenEntry(TextSpan Span, LiteralSyntax Value, Path List) : GivenSyntax(Span);

public sealed record RecordSyntax(TextSpan Span, IReadOnlyList<PairSyntax> Pairs) : SyntaxNode(Span);

/// <summary>`path: literal` or `path: { … }`: exactly one of value and record is set.</summary>
public sealed record PairSyntax(TextSpan Span, Path Path, LiteralSyntax? Value, RecordSyntax? Record) : SyntaxNode(Span);

public enum ExpectKind { Nothing, Label, Named, Value }

/// <summary>`[todo] expect …`; <paramref name="Name"/> is a label, response or rule; <paramref name="Value"/> a comparison.</summary>
public sealed record ExpectSyntax(
    TextSpan Span, bool Todo, bool No, ExpectKind Kind, Path? Name, ExpressionSyntax? Value, Path? Entity, TextLiteral? Id,
    Path? ByRule, NumberLiteral? Times, DurationSyntax? At, DurationSyntax? Between, DurationSyntax? BetweenAnd) : SyntaxNode(Span);
