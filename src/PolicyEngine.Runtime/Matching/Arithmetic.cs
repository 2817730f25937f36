using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// The four operations and their like. A missing part, a division by zero, an overflow and a result that is not finite are all missing
/// (E2). Durations and times scaled by a number are rounded to the millisecond, half away from zero.
/// </summary>
public static class Arithmetic
{
    public static Value Apply(Op op, ValueKind kind, in Value a, in Value b)
    {
        if (a.IsMissing || b.IsMissing) return Value.Missing;
        if (Value.IsDoubleKind(kind)) return ToDouble(op, kind, a, b);
        var whole = !Value.IsDoubleKind(a.Kind) && !Value.IsDoubleKind(b.Kind);
        return whole && op != Op.Divide ? ToLong(op, kind, a.Long, b.Long) : Scale(op, kind, a, b);
    }

    public static Value Negate(ValueKind kind, in Value value)
    {
        if (value.IsMissing) return Value.Missing;
        if (Value.IsDoubleKind(kind)) return Value.OfDouble(kind, -value.AsDouble);
        return IntegerMath.TryNegate(value.Long, out var negated) ? Value.OfLong(kind, negated) : Value.Missing;
    }

    public static Value Abs(ValueKind kind, in Value value)
    {
        if (value.IsMissing) return Value.Missing;
        if (Value.IsDoubleKind(kind)) return Value.OfDouble(kind, Math.Abs(value.AsDouble));
        return value.Long < 0 ? Negate(kind, value) : value;
    }

    /// <summary>To the nearest integer, half away from zero.</summary>
    public static Value Round(in Value value)
    {
        if (value.IsMissing) return Value.Missing;
        return Value.IsDoubleKind(value.Kind) ? Whole(ValueKind.Integer, value.Double) : value;
    }

    /// <summary>The value as one of <paramref name="kind"/>, which the compiler knows to be wider: integer to number, share to number.</summary>
    public static Value Widen(ValueKind kind, in Value value) =>
        value.Kind == kind || value.IsMissing || !Value.IsDoubleKind(kind) ? value : Value.OfDouble(kind, value.AsDouble);

    private static Value ToDouble(Op op, ValueKind kind, in Value a, in Value b)
    {
        if (op == Op.Divide && !Value.IsDoubleKind(a.Kind) && !Value.IsDoubleKind(b.Kind))
            return IntegerMath.TryDivide(a.Long, b.Long, out var ratio) ? Value.OfDouble(kind, ratio) : Value.Missing;
        return Value.OfDouble(kind, ToDouble(op, a.AsDouble, b.AsDouble));
    }

    /// <summary>The operation on doubles; not finite where there is no result.</summary>
    internal static double ToDouble(Op op, double a, double b) => op switch
    {
        Op.Add => a + b,
        Op.Subtract => a - b,
        Op.Multiply => a * b,
        _ => a / b,
    };

    private static Value ToLong(Op op, ValueKind kind, long a, long b)
    {
        var fits = op switch
        {
            Op.Add => IntegerMath.TryAdd(a, b, out _),
            Op.Subtract => IntegerMath.TrySubtract(a, b, out _),
            _ => IntegerMath.TryMultiply(a, b, out _),
        };
        return fits ? Value.OfLong(kind, op switch { Op.Add => a + b, Op.Subtract => a - b, _ => a * b }) : Value.Missing;
    }

    private static Value Scale(Op op, ValueKind kind, in Value a, in Value b) => Whole(kind, ToDouble(op, a.AsDouble, b.AsDouble));

    private static Value Whole(ValueKind kind, double value) =>
        IntegerMath.TryScale(1, value, out var whole) ? Value.OfLong(kind, whole) : Value.Missing;
}
