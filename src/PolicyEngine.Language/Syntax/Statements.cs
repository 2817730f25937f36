using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Syntax;

/// <summary>A top-level statement of a policy file. Order in the file carries no meaning.</summary>
public abstract record Statement(TextSpan Span) : SyntaxNode(Span);

public sealed record PackStatement(TextSpan Span, Name Name, IReadOnlyList<Metadata> Metadata) : Statement(Span);

public sealed record UseStatement(TextSpan Span, Name Pack) : Statement(Span);

public sealed record EntityStatement(TextSpan Span, Name Name) : Statement(Span);

/// <summary>`event NAME from "outside" { fields }`</summary>
public sealed record EventStatement(TextSpan Span, Name Name, TextLiteral? From, IReadOnlyList<FieldSyntax> Fields) : Statement(Span);

/// <summary>`event NAME = sources where condition`</summary>
public sealed record NamedEventStatement(TextSpan Span, Name Name, IReadOnlyList<Path> Sources, ExpressionSyntax? Where) : Statement(Span);

public sealed record ExtendStatement(TextSpan Span, Path Event, IReadOnlyList<FieldSyntax> Fields) : Statement(Span);

/// <summary>`path: type sensitive from "outside"`, or `path = expression` (then <paramref name="Computed"/> is set).</summary>
public sealed record FieldSyntax(
    TextSpan Span, Path Path, TypeSyntax? Type, bool Sensitive, TextLiteral? From, ExpressionSyntax? Computed) : SyntaxNode(Span);

/// <summary>A type as written: `text`, `list&lt;text&gt;?`, an entity's name, or `event`, `label`, `rate` for parameters.</summary>
public sealed record TypeSyntax(TextSpan Span, bool IsList, Path Name, bool Optional) : SyntaxNode(Span);

public sealed record ResponsesStatement(TextSpan Span, IReadOnlyList<ResponseSyntax> Responses) : Statement(Span);

public sealed record ResponseSyntax(
    TextSpan Span, bool Also, Name Verb, Path Target, IReadOnlyList<ResponseParameterSyntax> Parameters) : SyntaxNode(Span);

/// <summary><paramref name="Preposition"/> is one of to for in with by from.</summary>
public sealed record ResponseParameterSyntax(TextSpan Span, string Preposition, TypeSyntax Type) : SyntaxNode(Span);

public sealed record LabelStatement(TextSpan Span, Name Name, Path Entity, TextLiteral? Meaning) : Statement(Span);

public sealed record ListStatement(
    TextSpan Span, Name Name, TypeSyntax Type, bool IgnoringCase, TextLiteral? From, ListLiteral? Entries) : Statement(Span);

public sealed record LetStatement(TextSpan Span, Name Name, ExpressionSyntax Value) : Statement(Span);

public sealed record DefineStatement(
    TextSpan Span, Name Name, IReadOnlyList<ParameterSyntax> Parameters, ExpressionSyntax Body) : Statement(Span);

public sealed record ParameterSyntax(TextSpan Span, Name Name, TypeSyntax Type) : SyntaxNode(Span);

public sealed record ScoreStatement(TextSpan Span, Name Name, Path Entity, DurationSyntax HalfLife) : Statement(Span);

public sealed record MeasureStatement(
    TextSpan Span, Name Name, FunctionSyntax Function, ExpressionSyntax? Where, IReadOnlyList<KeySyntax> Keys, WindowSyntax? Window)
    : Statement(Span);

public enum Aggregate
{
    Count, Rate, Share, Sum, Average, Min, Max, Percentile, Variation, Distinct, Entropy, TopShare, First, Latest, Previous,
    SinceFirst, SinceLast, Alignment,
}

/// <summary>
/// `count of E`, `sum X of E`, `percentile 95 X of E`, `alignment X of E within D`, `since first E`.
/// <paramref name="By"/> is set for `share|count of ENTITY by KEYS of SOURCES` (accounts around a value).
/// </summary>
public sealed record FunctionSyntax(
    TextSpan Span, Aggregate Aggregate, NumberLiteral? Percentile, ExpressionSyntax? Amount, IReadOnlyList<Path> Sources,
    IReadOnlyList<KeySyntax>? By, DurationSyntax? Within) : SyntaxNode(Span);

/// <summary>A key: a path, or one call on fields when <paramref name="Arguments"/> is not null.</summary>
public sealed record KeySyntax(TextSpan Span, Path Path, IReadOnlyList<ExpressionSyntax>? Arguments) : SyntaxNode(Span);

public abstract record WindowSyntax(TextSpan Span) : SyntaxNode(Span);

public sealed record SlidingWindowSyntax(TextSpan Span, DurationSyntax Length, DurationSyntax? Step, DurationSyntax? Ending) : WindowSyntax(Span);

public sealed record TumblingWindowSyntax(TextSpan Span, DurationSyntax Length) : WindowSyntax(Span);

public sealed record SessionWindowSyntax(TextSpan Span, DurationSyntax Idle) : WindowSyntax(Span);

/// <summary>A duration literal, or the name of a `let` that holds one.</summary>
public sealed record DurationSyntax(TextSpan Span, DurationLiteral? Literal, Name? Let) : SyntaxNode(Span);

public sealed record LinkStatement(
    TextSpan Span, Name Name, Path Entity, DurationSyntax Length, DurationSyntax? Step, IReadOnlyList<LinkBySyntax> By) : Statement(Span);

public sealed record LinkBySyntax(
    TextSpan Span, IReadOnlyList<KeySyntax> Keys, IReadOnlyList<Path> Sources, IReadOnlyList<LinkCapSyntax> Caps) : SyntaxNode(Span);

/// <summary>`unless shared by more|fewer than N [without label L]`</summary>
public sealed record LinkCapSyntax(TextSpan Span, bool More, NumberLiteral Limit, Path? WithoutLabel) : SyntaxNode(Span);

public sealed record ExceptForStatement(
    TextSpan Span, IReadOnlyList<Path> Rules, ExpressionSyntax When, MomentLiteral? Until, TextLiteral Because) : Statement(Span);
