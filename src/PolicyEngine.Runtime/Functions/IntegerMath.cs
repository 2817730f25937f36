namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// Integer arithmetic in which overflow is a missing value (false), and comparison of integers with doubles without conversion.
/// </summary>
public static class IntegerMath
{
    public static bool TryAdd(long a, long b, out long result)
    {
        result = unchecked(a + b);
        return ((a ^ result) & (b ^ result)) >= 0;
    }

    public static bool TrySubtract(long a, long b, out long result)
    {
        result = unchecked(a - b);
        return ((a ^ b) & (a ^ result)) >= 0;
    }

    public static bool TryMultiply(long a, long b, out long result)
    {
        var high = Math.BigMul(a, b, out result);
        return high == result >> 63;
    }

    public static bool TryNegate(long a, out long result) => TrySubtract(0, a, out result);

    /// <summary>The quotient of two integers as a number, rounded once; false for division by zero.</summary>
    public static bool TryDivide(long a, long b, out double result)
    {
        if (b == 0)
        {
            result = 0;
            return false;
        }
        result = ExactRatio.Divide(a, b);
        return true;
    }

    /// <summary>
    /// The sign of a − b taken exactly; a number beyond all integers is larger or smaller than each of them. b is finite.
    /// </summary>
    public static int Compare(long a, double b)
    {
        if (b >= 9223372036854775808.0)
            return -1;
        if (b < -9223372036854775808.0)
            return 1;
        var whole = (long)b;
        if (a != whole)
            return a < whole ? -1 : 1;
        // The conversion cut towards zero; what it left decides.
        var rest = b - whole;
        return rest > 0 ? -1 : rest < 0 ? 1 : 0;
    }

    /// <summary>Milliseconds times a number, half away from zero; false where it does not fit or is not finite.</summary>
    public static bool TryScale(long milliseconds, double factor, out long result)
    {
        var scaled = Math.Round(milliseconds * factor, MidpointRounding.AwayFromZero);
        var fits = scaled is >= -9223372036854775808.0 and < 9223372036854775808.0;
        result = fits ? (long)scaled : 0;
        return fits;
    }
}
