using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>How kernels see the kind of a vector or constant.</summary>
internal static class Operands
{
    /// <summary>Held as longs and compared as such.</summary>
    public static bool IsLong(ValueKind kind) => kind is ValueKind.Integer or ValueKind.Time or ValueKind.Duration or ValueKind.Fingerprint;

    public static bool IsNumber(ValueKind kind) => IsLong(kind) || Value.IsDoubleKind(kind);

    /// <summary>An integer as a double, if it is one exactly.</summary>
    public static bool TryExact(in Value value, out double number)
    {
        number = value.AsDouble;
        return Value.IsDoubleKind(value.Kind) || value.Long is >= -(1L << 53) and <= 1L << 53;
    }

    /// <summary>
    /// The comparison of integers that says the same as one with a number that is no integer: x &gt; 2.5 is x &gt; 2, x &lt; 2.5 is x &lt; 3.
    /// False where the number is beyond all integers or an equality can never hold.
    /// </summary>
    public static bool TryAsLong(Op op, double number, out long bound)
    {
        var rounded = op is Op.Less or Op.GreaterOrEqual ? Math.Ceiling(number) : Math.Floor(number);
        var fits = rounded is >= -9223372036854775808.0 and < 9223372036854775808.0;
        bound = fits ? (long)rounded : 0;
        return fits && (op != Op.Equal || rounded == number);
    }

    /// <summary>Rows of a vector whose value is present and to be looked at.</summary>
    public static void Mask(Vector vector, ReadOnlySpan<ulong> all, Span<ulong> mask) =>
        Bitmaps.And(mask, vector.Present.AsSpan(0, mask.Length), all[..mask.Length]);
}
