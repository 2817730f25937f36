using System.Numerics;

namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// Binary logarithm and power from additions, multiplications and committed tables only: library versions differ in their last
/// bit between C runtimes, and a decision must not depend on the machine. Errors stay below one unit in the last place.
/// </summary>
public static class FixedMath
{
    private const int CachedTerms = 4_096;
    private const double EntropyUnits = 1 << 20;
    private static readonly long[] EntropyTerms = BuildEntropyTerms();
    private static readonly long[] EntropySteps = BuildEntropySteps();
    private static readonly double[] Logs = BuildLogs();

    /// <summary>log2 x; not a number for x below 0, −∞ for 0. Exact for powers of two.</summary>
    public static double Log2(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
            return x == 0 ? double.NegativeInfinity : double.IsPositiveInfinity(x) ? x : double.NaN;

        var shift = 0;
        if (x < 2.2250738585072014E-308)
        {
            x *= 18014398509481984.0;
            shift = -54;
        }
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023 + shift;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0xF_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (mantissa > 1.4140625)
        {
            mantissa *= 0.5;
            exponent++;
        }
        return Log2OfMantissa(mantissa, exponent);
    }

    /// <summary>2 to the power of x; 0 below the smallest double, ∞ above the largest.</summary>
    public static double Exp2(double x)
    {
        if (double.IsNaN(x) || x >= 1024)
            return double.IsNaN(x) ? x : double.PositiveInfinity;
        if (x < -1080)
            return 0;

        var scaled = x * 64;
        var nearest = (long)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
        var rest = x - nearest / 64.0;
        var whole = (int)((nearest + 32) >> 6);
        var row = (int)(nearest - ((long)whole << 6)) + 32;

        var series = FixedMathTables.ExpSeries;
        var sum = series[^1];
        for (var k = series.Length - 2; k >= 0; k--)
            sum = sum * rest + series[k];
        var head = FixedMathTables.Exp[2 * row];
        var value = head + (FixedMathTables.Exp[2 * row + 1] + head * (sum * rest));
        return Scale(value, whole);
    }

    /// <summary>
    /// c·log2 c in units of 2⁻²⁰, rounded to nearest (ties to even); 0 for c of 0 and 1. Source of every entropy sum.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">c is negative or above 2³⁶, where the term would not fit.</exception>
    public static long EntropyTerm(long c) =>
        (ulong)c < CachedTerms ? EntropyTerms[c] : ComputeEntropyTerm(c);

    /// <summary>What the c-th occurrence of a value adds to a sum of terms; c above 0.</summary>
    public static long EntropyStep(long c) =>
        (ulong)c < CachedTerms ? EntropySteps[c] : EntropyTerm(c) - EntropyTerm(c - 1);

    /// <summary>
    /// Entropy in bits of n values of which <paramref name="termSum"/> is the sum of <see cref="EntropyTerm"/>; n above 0.
    /// </summary>
    public static double Entropy(long n, long termSum)
    {
        var entropy = ((ulong)n < CachedTerms ? Logs[n] : Log2(n)) - termSum / EntropyUnits / n;
        // Rounding of the terms may leave a trace below zero where all values agree.
        return entropy > 0 && termSum != EntropyTerm(n) ? entropy : 0;
    }

    private static double Log2OfMantissa(double mantissa, int exponent)
    {
        var row = (int)(mantissa * 128 + 0.5);
        var at = 3 * (row - FixedMathTables.FirstLogRow);
        var inverse = FixedMathTables.Log[at];
        // The upper 32 bits of the mantissa times a 16-bit reciprocal are exact, and so is the difference from 1.
        var upper = KeepBits(mantissa, 0xFFFF_FFFF_F800_0000);
        var restHead = upper * inverse - 1;
        var restTail = (mantissa - upper) * inverse;
        var rest = restHead + restTail;

        var series = FixedMathTables.LogSeries;
        var sum = series[^1];
        for (var k = series.Length - 2; k >= 1; k--)
            sum = sum * rest + series[k];

        // The first term is taken apart: head by head is exact, so the result loses nothing where the series is large.
        var restUpper = KeepBits(rest, 0xFFFF_FFFF_0000_0000);
        var restLower = restHead - restUpper + restTail;
        var first = restUpper * FixedMathTables.InverseLn2Head;
        var firstTail = restLower * FixedMathTables.InverseLn2Head + rest * FixedMathTables.InverseLn2Tail;
        var large = exponent + FixedMathTables.Log[at + 1];
        var head = large + first;
        var tail = large - head + first + firstTail + FixedMathTables.Log[at + 2];
        return head + (tail + sum * rest * rest);
    }

    private static double KeepBits(double value, ulong mask) =>
        BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(value) & mask);

    private static double Scale(double value, int exponent)
    {
        if (exponent < -1021)
            return value * PowerOfTwo(exponent + 128) * PowerOfTwo(-128);
        return exponent > 1022 ? value * PowerOfTwo(exponent - 2) * 4 : value * PowerOfTwo(exponent);
    }

    private static double PowerOfTwo(int exponent) => BitConverter.Int64BitsToDouble((long)(exponent + 1023) << 52);

    private static long ComputeEntropyTerm(long c)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(c);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(c, 1L << 36);
        if (c < 2)
            return 0;
        // A power of two has an exact term; saying so keeps the table equal on paper and in code.
        return BitOperations.IsPow2(c)
            ? (c * BitOperations.Log2((ulong)c)) << 20
            : (long)Math.Round(c * Log2(c) * EntropyUnits, MidpointRounding.ToEven);
    }

    private static long[] BuildEntropySteps()
    {
        var steps = new long[CachedTerms];
        for (var c = 1; c < CachedTerms; c++)
            steps[c] = EntropyTerms[c] - EntropyTerms[c - 1];
        return steps;
    }

    private static double[] BuildLogs()
    {
        var logs = new double[CachedTerms];
        for (var n = 1; n < CachedTerms; n++)
            logs[n] = Log2(n);
        return logs;
    }

    private static long[] BuildEntropyTerms()
    {
        var terms = new long[CachedTerms];
        for (var c = 0; c < CachedTerms; c++)
            terms[c] = ComputeEntropyTerm(c);
        return terms;
    }
}
