using System.Net;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Syntax;

public abstract record ExpressionSyntax(TextSpan Span) : SyntaxNode(Span);

public sealed record OrSyntax(TextSpan Span, IReadOnlyList<ExpressionSyntax> Parts) : ExpressionSyntax(Span);

public sealed record AndSyntax(TextSpan Span, IReadOnlyList<ExpressionSyntax> Parts) : ExpressionSyntax(Span);

public sealed record NotSyntax(TextSpan Span, ExpressionSyntax Operand) : ExpressionSyntax(Span);

public enum ComparisonOperator { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual }

public sealed record ComparisonSyntax(
    TextSpan Span, ComparisonOperator Operator, ExpressionSyntax Left, ExpressionSyntax Right, bool IgnoringCase) : ExpressionSyntax(Span);

public sealed record InSyntax(
    TextSpan Span, bool Not, ExpressionSyntax Operand, ExpressionSyntax Set, bool IgnoringCase) : ExpressionSyntax(Span);

public sealed record BetweenSyntax(
    TextSpan Span, bool Not, ExpressionSyntax Operand, ExpressionSyntax Low, ExpressionSyntax High) : ExpressionSyntax(Span);

public enum TextOperator { Contains, StartsWith, EndsWith, Like, Matches }

public enum Quantifier { One, Any, All }

public sealed record TextTestSyntax(
    TextSpan Span, bool Not, TextOperator Operator, Quantifier Quantifier, ExpressionSyntax Operand, ExpressionSyntax Pattern,
    bool IgnoringCase) : ExpressionSyntax(Span);

public enum PresenceTest { Missing, Null, Present }

public sealed record PresenceSyntax(TextSpan Span, ExpressionSyntax Operand, PresenceTest Test) : ExpressionSyntax(Span);

/// <summary>`X [not] has|had label L [older than D]`</summary>
public sealed record LabelTestSyntax(
    TextSpan Span, bool Not, bool Had, ExpressionSyntax Operand, Path Label, DurationSyntax? OlderThan) : ExpressionSyntax(Span);

public sealed record AtLeastSyntax(TextSpan Span, NumberLiteral Count, IReadOnlyList<ExpressionSyntax> Conditions) : ExpressionSyntax(Span);

public enum ArithmeticOperator { Add, Subtract, Multiply, Divide }

public sealed record ArithmeticSyntax(
    TextSpan Span, ArithmeticOperator Operator, ExpressionSyntax Left, ExpressionSyntax Right) : ExpressionSyntax(Span);

public sealed record NegateSyntax(TextSpan Span, ExpressionSyntax Operand) : ExpressionSyntax(Span);

/// <summary>An expression in parentheses; kept so that printing gives back what was written.</summary>
public sealed record ParenthesisedSyntax(TextSpan Span, ExpressionSyntax Inner) : ExpressionSyntax(Span);

/// <summary>A path to a value: field, measure, let, list, step, `ring.size` …</summary>
public sealed record PathSyntax(TextSpan Span, Path Path) : ExpressionSyntax(Span);

public sealed record CallSyntax(TextSpan Span, Path Function, IReadOnlyList<ExpressionSyntax> Arguments) : ExpressionSyntax(Span);

public abstract record LiteralSyntax(TextSpan Span) : ExpressionSyntax(Span);

/// <summary><paramref name="Value"/> with its escapes resolved.</summary>
public sealed record TextLiteral(TextSpan Span, string Value) : LiteralSyntax(Span);

/// <summary>A raw pattern: a backslash is a backslash, doubled quotes already folded to one.</summary>
public sealed record PatternLiteral(TextSpan Span, string Value) : LiteralSyntax(Span)
{
    /// <summary>The reader has seen already that it runs in linear time; to see that costs as much as all else about a rule.</summary>
    public bool IsChecked { get; init; }
}

/// <summary>An integer (<paramref name="IsInteger"/>) or a decimal number.</summary>
public sealed record NumberLiteral(TextSpan Span, bool IsInteger, long Integer, double Number) : LiteralSyntax(Span);

/// <summary>`80%`: <paramref name="Value"/> is 0.8, correctly rounded; <paramref name="Percent"/> the digits as written.</summary>
public sealed record ShareLiteral(TextSpan Span, double Value, string Percent) : LiteralSyntax(Span);

/// <summary>Milliseconds.</summary>
public sealed record DurationLiteral(TextSpan Span, long Milliseconds) : LiteralSyntax(Span);

/// <summary>Bytes.</summary>
public sealed record SizeLiteral(TextSpan Span, long Bytes) : LiteralSyntax(Span);

/// <summary>`10 per minute`: <paramref name="Count"/> per <paramref name="Unit"/> (second minute hour day).</summary>
public sealed record RateLiteral(TextSpan Span, NumberLiteral Count, string Unit) : LiteralSyntax(Span);

public sealed record IpLiteral(TextSpan Span, IPAddress Address) : LiteralSyntax(Span);

public sealed record CidrLiteral(TextSpan Span, IPAddress Address, int PrefixLength) : LiteralSyntax(Span);

/// <summary>A date or date and time, as milliseconds since 1970-01-01T00:00Z.</summary>
public sealed record MomentLiteral(TextSpan Span, long Milliseconds) : LiteralSyntax(Span);

public sealed record BooleanLiteral(TextSpan Span, bool Value) : LiteralSyntax(Span);

public sealed record ListLiteral(TextSpan Span, IReadOnlyList<LiteralSyntax> Items) : LiteralSyntax(Span);
