using System.Numerics;

namespace PolicyEngine.Oracle.Values;

/// <summary>Exact arithmetic over big integers: units of 10⁻⁹, and the nearest double of a fraction (E7).</summary>
internal static class ExactNumber
{
    private static readonly BigInteger UnitsPerOne = 1_000_000_000;
    private static readonly BigInteger Limit = BigInteger.Pow(10, 27);

    /// <summary>The value in units of 10⁻⁹, ties to even; null when it is beyond 10¹⁸ and so not taken.</summary>
    public static BigInteger? ToUnits(object value)
    {
        if (value is long whole)
            return Within(whole * UnitsPerOne);
        var (numerator, denominator) = Fraction((double)value);
        return Within(DivideToEven(numerator * UnitsPerOne, denominator), BigInteger.Abs(numerator) <= denominator * (Limit / UnitsPerOne));
    }

    /// <summary>The value in units of 10⁻⁶, ties to even.</summary>
    public static long ToMillionths(object value)
    {
        var (numerator, denominator) = value is long whole ? (whole, BigInteger.One) : Fraction((double)value);
        return (long)DivideToEven(numerator * 1_000_000, denominator);
    }

    private static BigInteger? Within(BigInteger units, bool taken = true) => taken && BigInteger.Abs(units) <= Limit ? units : null;

    private static (BigInteger Numerator, BigInteger Denominator) Fraction(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = bits & 0xFFFFFFFFFFFFF;
        if (exponent == 0) exponent = 1;
        else mantissa += BigInteger.One << 52;
        if (value < 0) mantissa = -mantissa;
        var shift = exponent - 1075;
        return shift >= 0 ? (mantissa << shift, BigInteger.One) : (mantissa, BigInteger.One << -shift);
    }

    private static BigInteger DivideToEven(BigInteger numerator, BigInteger denominator)
    {
        var negative = numerator.Sign < 0;
        var quotient = BigInteger.DivRem(BigInteger.Abs(numerator), denominator, out var rest);
        var twice = (rest * 2).CompareTo(denominator);
        if (twice > 0 || (twice == 0 && !quotient.IsEven)) quotient++;
        return negative ? -quotient : quotient;
    }

    /// <summary>The double nearest to a quotient, ties to even.</summary>
    public static double Nearest(BigInteger numerator, BigInteger denominator)
    {
        if (numerator.IsZero) return 0;
        var negative = numerator.Sign < 0 != denominator.Sign < 0;
        numerator = BigInteger.Abs(numerator);
        denominator = BigInteger.Abs(denominator);
        var shift = 54 - (int)(numerator.GetBitLength() - denominator.GetBitLength());
        // The quotient gets 54 or 55 bits; one bit more than a double keeps, and the rest, decide the rounding.
        var scaled = shift >= 0 ? BigInteger.DivRem(numerator << shift, denominator, out var rest)
            : BigInteger.DivRem(numerator, denominator << -shift, out rest);
        var drop = (int)scaled.GetBitLength() - 53;
        var kept = scaled >> drop;
        var low = scaled - (kept << drop);
        var half = BigInteger.One << (drop - 1);
        if (low > half || (low == half && (!rest.IsZero || !kept.IsEven))) kept++;
        var value = Math.ScaleB((double)(ulong)kept, drop - shift);
        return negative ? -value : value;
    }

    public static double FromUnits(BigInteger units) => Nearest(units, UnitsPerOne);

    /// <summary>A sum of integers back as an integer; null where it does not fit.</summary>
    public static long? ToInteger(BigInteger units)
    {
        var whole = units / UnitsPerOne;
        return whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : null;
    }
}
