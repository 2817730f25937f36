using System.Numerics;

namespace PolicyEngine.Runtime.Functions;

/// <summary>Quotients of wide integers as the nearest double (ties to even), rounded once however large the parts are.</summary>
public static class ExactRatio
{
    private const long ExactLimit = 1L << 53;

    public static double Divide(long numerator, long denominator) =>
        numerator is > -ExactLimit and < ExactLimit && denominator is > -ExactLimit and < ExactLimit
            ? (double)numerator / denominator
            : Divide(numerator, (Int128)denominator);

    /// <summary>
    /// The denominator is not 0 and below 2⁹⁵ in size, so that a quotient of sixty-four bits can always be formed.
    /// </summary>
    public static double Divide(Int128 numerator, Int128 denominator)
    {
        if (numerator == 0)
            return 0;
        var negative = numerator < 0 != denominator < 0;
        var top = Magnitude(numerator);
        var bottom = Magnitude(denominator);

        var shift = (int)UInt128.LeadingZeroCount(top);
        top <<= shift;
        var (quotient, rest) = UInt128.DivRem(top, bottom);
        // Long division in base two until the quotient has more bits than a double keeps.
        while (quotient >> 62 == 0)
        {
            var bits = Math.Min((int)UInt128.LeadingZeroCount(bottom) - 1, 32);
            var (digit, left) = UInt128.DivRem(rest << bits, bottom);
            quotient = (quotient << bits) | digit;
            rest = left;
            shift += bits;
        }
        var value = Round(quotient, rest != 0, -shift);
        return negative ? -value : value;
    }

    /// <summary>value · 2^exponent as the nearest double; <paramref name="more"/>: a fraction follows the last bit.</summary>
    internal static double Round(UInt128 value, bool more, int exponent)
    {
        var drop = 128 - (int)UInt128.LeadingZeroCount(value) - 64;
        ulong head;
        if (drop > 0)
        {
            more |= (value & ((UInt128.One << drop) - 1)) != 0;
            head = (ulong)(value >> drop);
        }
        else
        {
            head = (ulong)value << -drop;
        }
        // Eleven of the sixty-four bits are rounded away; what follows them only matters at the exact half.
        var low = head & 0x7FF;
        var kept = head >> 11;
        if (low > 0x400 || (low == 0x400 && (more || (kept & 1) != 0)))
            kept++;
        return Math.ScaleB((double)kept, exponent + drop + 11);
    }

    /// <summary>(high · 2⁶⁴ + low) · factor as the nearest double, ties to even.</summary>
    internal static double Product(ulong high, ulong low, ulong factor)
    {
        var carried = Math.BigMul(low, factor, out var last);
        var head = Math.BigMul(high, factor, out var middle);
        middle += carried;
        head += middle < carried ? 1UL : 0;
        var exponent = 128;
        for (; head == 0 && exponent > 0; exponent -= 64)
            (head, middle, last) = (middle, last, 0);
        if (head == 0)
            return 0;

        var shift = BitOperations.LeadingZeroCount(head);
        var kept = shift == 0 ? head : head << shift | middle >> (64 - shift);
        // One bit stands for all that follow: they only matter at the exact half.
        var more = (middle << shift | last) != 0 ? 1UL : 0;
        var rounded = (double)(long)(kept >> 1 | kept & 1 | more);
        return rounded * BitConverter.Int64BitsToDouble((long)(exponent - shift + 1 + 1023) << 52);
    }

    internal static UInt128 Magnitude(Int128 value) => value < 0 ? (UInt128)0 - (UInt128)value : (UInt128)value;
}
