namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// Exact sums: each value is rounded once to a whole number of 10⁻⁹ units and added as a 128-bit integer, so that adding and
/// removing leave no trace. 10¹¹ values of the largest size fit.
/// </summary>
public static class ScaledSum
{
    public const long UnitsPerOne = 1_000_000_000;
    /// <summary>Values beyond this size are not taken; the caller counts them.</summary>
    public const long Limit = 1_000_000_000_000_000_000;
    private const long SquareUnits = UnitsPerOne * UnitsPerOne;
    private const int MantissaBits = 52;

    /// <summary>
    /// The value in units, rounded to nearest, ties to even, from the exact binary value; false if it is not finite or too large.
    /// </summary>
    public static bool TryScale(double value, out Int128 units)
    {
        if (!(Math.Abs(value) <= Limit))
        {
            units = 0;
            return false;
        }
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> MantissaBits) & 0x7FF;
        var mantissa = bits & ((1L << MantissaBits) - 1);
        if (exponent != 0)
            mantissa |= 1L << MantissaBits;
        var shift = Math.Max(exponent, 1) - 1023 - MantissaBits;

        var product = (UInt128)(ulong)mantissa * (ulong)UnitsPerOne;
        var size = shift >= 0 ? product << shift : RoundingShift(product, -shift);
        units = value < 0 ? -(Int128)size : (Int128)size;
        return true;
    }

    public static bool TryScale(long value, out Int128 units)
    {
        var taken = value is >= -Limit and <= Limit;
        units = taken ? (Int128)value * UnitsPerOne : 0;
        return taken;
    }

    /// <summary>The sum as a number: the nearest double to units / 10⁹, rounded once.</summary>
    public static double ToDouble(Int128 units) => ExactRatio.Divide(units, (Int128)UnitsPerOne);

    /// <summary>A sum of integers back as an integer; false where it does not fit.</summary>
    public static bool TryToInteger(Int128 units, out long value)
    {
        var whole = units / UnitsPerOne;
        var fits = whole >= long.MinValue && whole <= long.MaxValue;
        value = fits ? (long)whole : 0;
        return fits;
    }

    /// <summary>The sum as a number, divided by n (above 0): two roundings, in this order.</summary>
    public static double Average(Int128 units, long n) => ToDouble(units) / n;

    /// <summary>
    /// Standard deviation ÷ mean, √(nΣx² − (Σx)²) / Σx with both sums in units: exact integers up to the root. False (missing)
    /// below three values or where Σx is 0.
    /// </summary>
    public static bool TryVariation(long n, Int128 sum, Int256 sumOfSquares, out double variation)
    {
        variation = 0;
        if (n < 3 || sum == 0)
            return false;
        var spread = Int256.Multiply(sumOfSquares, n) - Int256.Square(sum);
        variation = Math.Sqrt(spread.ToDouble()) / ((Int256)sum).ToDouble();
        return true;
    }

    /// <summary>The same for values that are integers (gaps in milliseconds), whose squares are kept without the unit.</summary>
    public static bool TryVariation(long n, Int128 sum, UInt128 sumOfSquares, out double variation) =>
        TryVariation(n, sum * UnitsPerOne, Int256.Multiply(new Int256(0, sumOfSquares), SquareUnits), out variation);

    private static UInt128 RoundingShift(UInt128 value, int bits)
    {
        if (bits > 100)
            return 0;
        var whole = value >> bits;
        var rest = value - (whole << bits);
        var half = UInt128.One << (bits - 1);
        return rest > half || (rest == half && (whole & 1) != 0) ? whole + 1 : whole;
    }
}
