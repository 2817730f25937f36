using System.Numerics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Oracle.Values;

/// <summary>Arithmetic in which a missing part, overflow, division by zero and what is not finite give missing (E2).</summary>
internal static class Arithmetic
{
    public static object? Of(ArithmeticExpression expression, object? left, object? right)
    {
        if (Value.IsMissing(left) || Value.IsMissing(right)) return null;
        if (expression.Operator == ArithmeticOperator.Divide) return Quotient(expression.Type, left!, right!);
        return (left, right) is (long a, long b)
            ? Fitting(Whole(expression.Operator, a, b))
            : Scaled(expression.Type, Combined(expression.Operator, Number(left!), Number(right!)));
    }

    public static object? Negated(object? value) => value switch
    {
        long whole => Fitting(-(BigInteger)whole),
        double number => number == 0 ? 0.0 : -number,
        _ => null,
    };

    public static double Number(object value) => value is long whole ? whole : (double)value;

    private static object? Quotient(PolicyType type, object left, object right)
    {
        if (Number(right) == 0) return null;
        var exact = (left, right) is (long a, long b) ? ExactNumber.Nearest(a, b) : Number(left) / Number(right);
        return Scaled(type, exact);
    }

    /// <summary>A result that is a time or a duration has whole milliseconds, half away from zero.</summary>
    private static object? Scaled(PolicyType type, double value)
    {
        if (!double.IsFinite(value)) return null;
        if (type.Kind is not (TypeKind.Duration or TypeKind.Time)) return value == 0 ? 0.0 : value;
        var rounded = Math.Round(value, MidpointRounding.AwayFromZero);
        return rounded is >= -9223372036854775808.0 and < 9223372036854775808.0 ? (long)rounded : null;
    }

    private static object? Fitting(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? (long)value : null;

    private static BigInteger Whole(ArithmeticOperator @operator, BigInteger a, BigInteger b) => @operator switch
    {
        ArithmeticOperator.Add => a + b,
        ArithmeticOperator.Subtract => a - b,
        _ => a * b,
    };

    private static double Combined(ArithmeticOperator @operator, double a, double b) => @operator switch
    {
        ArithmeticOperator.Add => a + b,
        ArithmeticOperator.Subtract => a - b,
        _ => a * b,
    };
}
