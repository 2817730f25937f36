using System.Globalization;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>P21xx: types that do not go together.</summary>
internal static partial class TypeErrors
{
    public static Diagnostic NotACondition(TextSpan span, PolicyType type) =>
        Report.Error("P2101", span, $"a condition is needed here, and this is {Report.Describe(type)}", "compare it with something, such as `> 0`");

    /// <summary>Two operands that cannot be compared; where only a unit is lacking, the unit is offered.</summary>
    public static Diagnostic Mismatch(ExpressionSyntax leftSyntax, Expression left, ExpressionSyntax rightSyntax, Expression right)
    {
        var error = Report.Error("P2102", rightSyntax.Span, $"this compares {Report.Describe(left.Type)} with {Report.Describe(right.Type)}",
            label: Report.Describe(right.Type)).Beside(leftSyntax.Span, Report.Describe(left.Type));
        return (Unit(left, right) ?? Unit(right, left)) is { } unit
            ? (error with { Help = unit.Help }).Replacing(unit.Span, unit.Text)
            : Help(error, left.Type, right.Type);
    }

    private static (TextSpan Span, string Text, string Help)? Unit(Expression measured, Expression bare)
    {
        if (bare is not LiteralExpression { Type: { Kind: TypeKind.Integer }, LetName: null } literal) return null;
        return measured.Type.Kind switch
        {
            TypeKind.Duration => (literal.Span, $"{literal.Value}d", $"say the unit: {literal.Value}d, {literal.Value}h or {literal.Value}m"),
            TypeKind.Rate => (literal.Span, $"{literal.Value} per minute", $"say per what: {literal.Value} per minute, {literal.Value} per hour"),
            _ => null,
        };
    }

    private static Diagnostic Help(Diagnostic error, PolicyType left, PolicyType right) => (left.Kind, right.Kind) switch
    {
        (TypeKind.Ip, TypeKind.Cidr) or (TypeKind.Cidr, TypeKind.Ip) => error with { Help = "say `in` to ask whether the address lies within the range" },
        (TypeKind.List, _) => error with { Help = "say `contains` to ask for an element" },
        (_, TypeKind.List) => error with { Help = "say `in` to ask whether it is one of them" },
        (TypeKind.Entity, TypeKind.Text) or (TypeKind.Text, TypeKind.Entity) => error with { Help = "an entity compares with a text written out, or with the same entity" },
        _ => error,
    };

    public static Diagnostic Arithmetic(ArithmeticSyntax syntax, PolicyType left, PolicyType right)
    {
        var verb = syntax.Operator switch
        {
            ArithmeticOperator.Add => "added",
            ArithmeticOperator.Subtract => "subtracted",
            ArithmeticOperator.Multiply => "multiplied",
            _ => "divided",
        };
        return Report.Error("P2103", syntax.Span, $"{Report.Describe(left)} and {Report.Describe(right)} cannot be {verb}",
            left.IsNumeric != right.IsNumeric && (left.Kind is TypeKind.Duration or TypeKind.Time || right.Kind is TypeKind.Duration or TypeKind.Time) ? "say the unit of the number, such as `7d`" : null);
    }

    public static Diagnostic ShareOutside(TextSpan span, string share, double value) =>
        Report.Error("P2104", span, $"`{share}` is a share and always lies between 0% and 100%",
            value is > 1 and <= 100 ? $"say `{value.ToString(CultureInfo.InvariantCulture)}%`" : null)
            .Replacing(span, value is > 1 and <= 100 ? value.ToString(CultureInfo.InvariantCulture) + "%" : "100%");

    public static Diagnostic NotOrdered(TextSpan span, PolicyType type) =>
        Report.Error("P2105", span, $"{Report.Describe(type)} has no order; only numbers, durations, times and rates have one",
            type.Kind == TypeKind.Text ? "for texts there are `=`, `in`, `contains`, `starts with`, `like` and `matches`" : null);

    public static Diagnostic NotIn(TextSpan span, PolicyType operand, PolicyType element) =>
        Report.Error("P2106", span, $"the list holds values of type {element.AsPresent()}, and this is {Report.Describe(operand)}");

    public static Diagnostic NotAList(TextSpan span, PolicyType type) =>
        Report.Error("P2107", span, $"`in` needs a list or an address range, and this is {Report.Describe(type)}",
            type.Kind == TypeKind.Text ? "for a part of a text say `contains`" : "for one value say `=`");

    public static Diagnostic ListInTextTest(TextSpan span, TextOperator @operator) =>
        Report.Error("P2108", span, @operator == TextOperator.Contains
            ? "`contains` asks a list that the event brings; for a declared list say `value in list`"
            : "only `contains` can ask a list; this test needs a text");

    public static Diagnostic NoTextToTest(TextSpan span, PolicyType type) =>
        Report.Error("P2108", span, $"this test needs a text, and this is {Report.Describe(type)}");

    public static Diagnostic SayAnyOrAll(TextSpan span) =>
        Report.Error("P2109", span, "with a list it has to be said whether any or all of it is asked for", "write `any of` or `all of` before it").Inserting(span, "any of ");

    public static Diagnostic AnyOfNoList(TextSpan span, PolicyType type) =>
        Report.Error("P2109", span, $"`any of` and `all of` need a list, and this is {Report.Describe(type)}", "put it in brackets: `[…]`");

    public static Diagnostic WrongPattern(TextSpan span, PolicyType wanted, PolicyType found) =>
        Report.Error("P2110", span, $"{Report.Describe(wanted)} is looked for here, and this is {Report.Describe(found)}");

    public static Diagnostic PatternNotConstant(TextSpan span, string @operator) =>
        Report.Error("P2110", span, $"what `{@operator}` looks for has to be written out or stand in a list", "for the text of a field say `contains`");

    public static Diagnostic MatchesTakesPattern(TextSpan span, string text) =>
        Report.Error("P2111", span, "`matches` takes a pattern in single quotes, where a backslash is a backslash")
            .Replacing(span, "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'");

    public static Diagnostic PatternOnlyAfterMatches(TextSpan span) =>
        Report.Error("P2111", span, "a pattern in single quotes stands only after `matches` and in `occurrences`", "write a text in double quotes");

    public static Diagnostic LabelOfNoEntity(TextSpan span, PolicyType type, LabelSymbol label) =>
        Report.Error("P2114", span, $"labels are on entities, and this is {Report.Describe(type)}", $"`{label.Name}` is a label of `{label.Entity.Name}`");

    public static Diagnostic LabelOfOtherEntity(TextSpan span, PolicyType type, LabelSymbol label) =>
        Report.Error("P2114", span, $"`{label.Name}` is a label of `{label.Entity.Name}`, and this is {Report.Describe(type)}");

    public static Diagnostic CaseOfNoText(TextSpan span, PolicyType type) =>
        Report.Error("P2124", span, $"only texts have upper and lower case, and this is {Report.Describe(type)}", "leave out `ignoring case`");

    public static Diagnostic ListsDoNotCompare(TextSpan span) =>
        Report.Error("P2125", span, "lists are not compared as a whole", "say `contains`, `contains any of` or `contains all of`");
}
