using System.Net;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Model;

/// <summary>A bound expression: typed, resolved, lets and defines written in. <see cref="Span"/> is where it was written.</summary>
public abstract record Expression(PolicyType Type, TextSpan Span);

/// <summary>
/// A constant. Value by type: text and entity string, integer long, number and share double, boolean bool, time and duration long
/// (milliseconds), rate double (per second), ip <see cref="IPAddress"/>, cidr <see cref="IPNetwork"/>, list
/// <c>IReadOnlyList&lt;LiteralExpression&gt;</c>.
/// </summary>
public sealed record LiteralExpression(PolicyType Type, TextSpan Span, object Value) : Expression(Type, Span)
{
    /// <summary>The `let` it came from.</summary>
    public string? LetName { get; init; }
    /// <summary>A raw pattern, for `matches`.</summary>
    public bool IsPattern { get; init; }
    /// <summary>A pattern that was seen to run in linear time when it was read.</summary>
    public bool IsChecked { get; init; }
}

/// <summary>A field of the event in hand, resolved for each declared event that can be in hand. Computed fields stay reads.</summary>
public sealed record FieldRead(PolicyType Type, TextSpan Span, string Name, IReadOnlyDictionary<EventSymbol, FieldSymbol> ByEvent)
    : Expression(Type, Span);

public enum BuiltinField { Id, Time, Type, Source }

/// <summary>What every event has beside its declared fields.</summary>
public sealed record BuiltinRead(PolicyType Type, TextSpan Span, BuiltinField Field) : Expression(Type, Span);

/// <summary>Part <paramref name="Index"/> of the key in hand: of a label trigger (0: the entity), of `on every … per`, of a tested value.</summary>
public sealed record KeyRead(PolicyType Type, TextSpan Span, int Index) : Expression(Type, Span);

/// <summary>Inside a measure: the time since the previous event it counted under the same key.</summary>
public sealed record GapRead(PolicyType Type, TextSpan Span) : Expression(Type, Span);

/// <summary>A measure under the key that <paramref name="Keys"/> give. <paramref name="Explicit"/>: `requests_1h(a)`.</summary>
public sealed record MeasureRead(PolicyType Type, TextSpan Span, MeasureSymbol Measure, IReadOnlyList<Expression> Keys, bool Explicit)
    : Expression(Type, Span);

/// <summary>What of an `alignment` is read (G2): its value, or one of its two counts.</summary>
public enum AlignmentPart { Value, Coincidences, Expected }

/// <summary>`NAME.coincidences`, `NAME.expected` of a measure with <see cref="Syntax.Aggregate.Alignment"/>.</summary>
public sealed record AlignmentRead(PolicyType Type, TextSpan Span, MeasureRead Measure, AlignmentPart Part) : Expression(Type, Span);

/// <summary>The group that <paramref name="Member"/> belongs to now; missing when it is linked to nobody (F5).</summary>
public sealed record GroupRead(PolicyType Type, TextSpan Span, LinkSymbol Link, Expression Member) : Expression(Type, Span);

public enum GroupProperty { Size, Reasons, Id, Age }

/// <summary>`ring.size` and the like: integer?, text?, text?, duration?. Group: a <see cref="GroupRead"/> or <see cref="KeyRead"/>.</summary>
public sealed record GroupPropertyRead(PolicyType Type, TextSpan Span, Expression Group, GroupProperty Property) : Expression(Type, Span);

/// <summary>
/// The member in hand: in a measure over a group or around a value, and in `each account of ring where C`. Entities only.
/// </summary>
public sealed record MemberRead(PolicyType Type, TextSpan Span) : Expression(Type, Span);

/// <summary>Only as the target of a response: `each account of ring where C` (F10, F15). Where reads <see cref="MemberRead"/>.</summary>
public sealed record EachMember(PolicyType Type, TextSpan Span, Expression Group, Expression? Where) : Expression(Type, Span);

/// <summary>
/// An expression over the event of an earlier step (or a repeat's newest) of the sequence in hand, by its place among all steps,
/// those that may not come counted; for an absence, step 0. <paramref name="Read"/> is a <see cref="FieldRead"/> or <see cref="BuiltinRead"/> of that step's events.
/// </summary>
public sealed record StepRead(PolicyType Type, TextSpan Span, int Step, Expression Read) : Expression(Type, Span);

public sealed record ScoreRead(PolicyType Type, TextSpan Span, ScoreSymbol Score, Expression Entity) : Expression(Type, Span);

/// <summary>A list as the operand of `in` or `any of`.</summary>
public sealed record ListRead(PolicyType Type, TextSpan Span, ListSymbol List) : Expression(Type, Span);

public sealed record OrExpression(TextSpan Span, IReadOnlyList<Expression> Parts) : Expression(PolicyType.Boolean, Span);

public sealed record AndExpression(TextSpan Span, IReadOnlyList<Expression> Parts) : Expression(PolicyType.Boolean, Span);

public sealed record NotExpression(TextSpan Span, Expression Operand) : Expression(PolicyType.Boolean, Span);

public sealed record AtLeastExpression(TextSpan Span, int Count, IReadOnlyList<Expression> Conditions) : Expression(PolicyType.Boolean, Span);

/// <summary>Positive form only for Equal; NotEqual is its negation (E1). Operands have one kind after conversion.</summary>
public sealed record ComparisonExpression(
    TextSpan Span, ComparisonOperator Operator, Expression Left, Expression Right, bool IgnoringCase) : Expression(PolicyType.Boolean, Span);

/// <summary>Set: a <see cref="ListRead"/>, a list literal, a cidr literal, or a list field. `not in` is a <see cref="NotExpression"/> around it.</summary>
public sealed record InExpression(TextSpan Span, Expression Operand, Expression Set, bool IgnoringCase) : Expression(PolicyType.Boolean, Span);

public sealed record BetweenExpression(TextSpan Span, Expression Operand, Expression Low, Expression High) : Expression(PolicyType.Boolean, Span);

/// <summary>Operand text, entity (its id) or, with contains, a list; Pattern a text, or a list under Any and All.</summary>
public sealed record TextTestExpression(
    TextSpan Span, TextOperator Operator, Quantifier Quantifier, Expression Operand, Expression Pattern, bool IgnoringCase)
    : Expression(PolicyType.Boolean, Span);

public sealed record PresenceExpression(TextSpan Span, Expression Operand, PresenceTest Test) : Expression(PolicyType.Boolean, Span);

/// <summary><paramref name="OlderThan"/> in milliseconds.</summary>
public sealed record LabelTestExpression(TextSpan Span, Expression Entity, LabelSymbol Label, bool Had, long? OlderThan)
    : Expression(PolicyType.Boolean, Span);

public sealed record ArithmeticExpression(
    PolicyType Type, TextSpan Span, ArithmeticOperator Operator, Expression Left, Expression Right) : Expression(Type, Span);

public sealed record NegateExpression(PolicyType Type, TextSpan Span, Expression Operand) : Expression(Type, Span);

/// <summary>The functions of the language, by their names in it.</summary>
public enum Function
{
    Normalise, Template, Similarity, Words, Ngrams, Length, Occurrences, DomainOf, DomainsIn, Subnet, HourOf, WeekdayOf, Slot,
    Distance, Abs, Round, Smaller, Larger, FirstPresent, NumberOf, IpOf,
}

public sealed record CallExpression(PolicyType Type, TextSpan Span, Function Function, IReadOnlyList<Expression> Arguments)
    : Expression(Type, Span);
