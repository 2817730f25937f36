using System.Net;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Binding;

/// <summary>The few conversions there are: whole numbers to numbers, text literals to entities, one address to a range of one.</summary>
internal static class Conversions
{
    /// <summary>The expression as a value of <paramref name="target"/> (missing or not), or null when it is none.</summary>
    public static Expression? To(Expression expression, PolicyType target)
    {
        var type = expression.Type;
        if (type.Kind == TypeKind.Error || target.Kind == TypeKind.Error) return expression;
        if (Same(type, target)) return expression;
        return expression switch
        {
            LiteralExpression { IsPattern: true } => null,
            LiteralExpression literal => Literal(literal, target),
            _ when type.Kind == TypeKind.Integer && target.IsNumeric => expression,
            _ when type.Kind == TypeKind.Share && target.Kind == TypeKind.Number => expression,
            _ => null,
        };
    }

    /// <summary>The same type, whether it may be missing or not.</summary>
    public static bool Same(PolicyType left, PolicyType right) =>
        left.Kind == right.Kind && left.Entity == right.Entity && left.Link == right.Link
        && (left.Element is null || right.Element is null || Same(left.Element, right.Element));

    public static LiteralExpression? Literal(LiteralExpression literal, PolicyType target)
    {
        var present = target.AsPresent();
        if (Same(literal.Type, present)) return literal;
        return (literal.Type.Kind, present.Kind, literal.Value) switch
        {
            (TypeKind.Text, TypeKind.Entity, _) => literal with { Type = present },
            (TypeKind.Integer, TypeKind.Number or TypeKind.Share, long value) =>
                IsExact(value) ? literal with { Type = present, Value = (double)value } : literal,
            (TypeKind.Share, TypeKind.Number, _) or (TypeKind.Number, TypeKind.Share, _) => literal with { Type = present },
            (TypeKind.Ip, TypeKind.Cidr, IPAddress address) => literal with { Type = present, Value = Host(address) },
            (TypeKind.List, TypeKind.List, IReadOnlyList<LiteralExpression> items) => Items(literal, items, present),
            _ => null,
        };
    }

    private static LiteralExpression? Items(LiteralExpression list, IReadOnlyList<LiteralExpression> items, PolicyType target)
    {
        var converted = items.Select(i => Literal(i, target.Element!)).ToList();
        return converted.Any(i => i is null) ? null : list with { Type = target, Value = converted.OfType<LiteralExpression>().ToList() };
    }

    /// <summary>A whole number that no double equals stays one, so that comparisons with numbers are exact.</summary>
    private static bool IsExact(long value) => Math.Abs((double)value) < 9223372036854775808.0 && (long)(double)value == value;

    private static IPNetwork Host(IPAddress address) => new(address, address.GetAddressBytes().Length * 8);
}
