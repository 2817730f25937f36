using System.Numerics;
using CsCheck;
using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Tests.Functions;

public sealed class ExactArithmeticTests
{
    private static readonly Gen<Int128> AnyWide =
        Gen.Select(Gen.Long, Gen.ULong, Gen.Int[0, 127]).Select((h, l, s) => new Int128((ulong)h, l) >> s);

    [Theory]
    [InlineData(0.1, 100_000_000)]
    [InlineData(-0.1, -100_000_000)]
    [InlineData(0.0, 0)]
    [InlineData(1e-9, 1)]
    [InlineData(0.5e-9, 1)]
    [InlineData(4.9e-10, 0)]
    [InlineData(0.0009765625, 976_562)]
    [InlineData(0.0029296875, 2_929_688)]
    [InlineData(5e-324, 0)]
    public void Values_are_rounded_to_the_unit(double value, long units)
    {
        Assert.True(ScaledSum.TryScale(value, out var scaled));
        Assert.Equal(units, scaled);
    }

    [Fact]
    public void The_largest_value_is_taken_and_one_past_it_is_not()
    {
        Assert.True(ScaledSum.TryScale(1e18, out var units));
        Assert.Equal(Int128.Parse("1000000000000000000000000000", null), units);
        Assert.False(ScaledSum.TryScale(Math.BitIncrement(1e18), out _));
        Assert.False(ScaledSum.TryScale(double.NaN, out _));
        Assert.False(ScaledSum.TryScale(double.NegativeInfinity, out _));
        Assert.True(ScaledSum.TryScale(-ScaledSum.Limit, out units));
        Assert.False(ScaledSum.TryScale(ScaledSum.Limit + 1, out _));
        Assert.False(ScaledSum.TryScale(long.MinValue, out _));
    }

    [Fact]
    public void Scaling_is_the_nearest_unit_of_the_exact_value() =>
        Gen.Double[-1e18, 1e18].Sample(value =>
        {
            Assert.True(ScaledSum.TryScale(value, out var units));
            Assert.Equal(NearestUnits(value), (BigInteger)units);
        });

    [Fact]
    public void Small_values_scale_to_the_nearest_unit_too() =>
        Gen.Double[-10, 10].Sample(value =>
        {
            Assert.True(ScaledSum.TryScale(value, out var units));
            Assert.Equal(NearestUnits(value), (BigInteger)units);
        });

    [Fact]
    public void Adding_and_removing_leaves_no_trace() =>
        Gen.Select(Gen.Double[-1e9, 1e9].Array[1, 20], Gen.Int[0, 1000]).Sample((values, order) =>
        {
            Int128 sum = 0;
            foreach (var value in values)
                sum += Scale(value);
            foreach (var value in values.OrderBy(v => v.GetHashCode() ^ order))
                sum -= Scale(value);
            Assert.Equal(0, sum);
        });

    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("300000000", 0.3)]
    [InlineData("-1500000000", -1.5)]
    [InlineData("12345678901234567", 12345678.901234567)]
    [InlineData("1000000000000000000000000000", 1e18)]
    public void Sums_become_the_nearest_number(string units, double expected) =>
        Assert.Equal(expected, ScaledSum.ToDouble(Int128.Parse(units, null)));

    [Fact]
    public void A_quotient_is_the_double_nearest_to_it() =>
        Gen.Select(AnyWide, Gen.Long[1, long.MaxValue]).Sample((numerator, denominator) =>
        {
            var quotient = ExactRatio.Divide(numerator, (Int128)denominator);
            AssertNearest((BigInteger)numerator, denominator, quotient);
            Assert.Equal(-quotient, ExactRatio.Divide(-numerator, (Int128)denominator));
        });

    [Fact]
    public void Integers_divide_with_one_rounding() =>
        Gen.Select(Gen.Long, Gen.Long).Where((_, b) => b != 0).Sample((a, b) =>
        {
            Assert.True(IntegerMath.TryDivide(a, b, out var quotient));
            AssertNearest(b < 0 ? -(BigInteger)a : a, BigInteger.Abs(b), quotient);
        });

    [Fact]
    public void Wide_products_and_sums_are_those_of_big_integers() =>
        Gen.Select(AnyWide, AnyWide, Gen.Long[0, 1_000_000]).Sample((a, b, n) =>
        {
            var product = Int256.Multiply(a, b);
            Assert.Equal((BigInteger)a * (BigInteger)b, ToBig(product));
            Assert.Equal((BigInteger)a * a + (BigInteger)b * b, ToBig(Int256.Square(a) + Int256.Square(b)));
            Assert.Equal((BigInteger)a * a - (BigInteger)b * b, ToBig(Int256.Square(a) - Int256.Square(b)));
            Assert.Equal((BigInteger)(b >> 30) * n, ToBig(Int256.Multiply((Int256)(b >> 30), n)));
            Assert.Equal(((BigInteger)a).CompareTo(b), ((Int256)a).CompareTo(b));
            AssertNearest(ToBig(product), BigInteger.One, product.ToDouble());
        });

    [Theory]
    [InlineData(new[] { 1.0, 2.0 }, null)]
    [InlineData(new[] { 1.0, -2.0, 1.0 }, null)]
    [InlineData(new[] { 5.0, 5.0, 5.0 }, 0.0)]
    [InlineData(new[] { 2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0 }, 0.4)]
    [InlineData(new[] { 1e18, -1e18, 1e18 }, 2.82842712474619)]
    public void Variation_is_standard_deviation_over_mean(double[] values, double? expected)
    {
        Int128 sum = 0;
        var squares = Int256.Zero;
        foreach (var value in values)
        {
            sum += Scale(value);
            squares += Int256.Square(Scale(value));
        }
        Assert.Equal(expected is not null, ScaledSum.TryVariation(values.Length, sum, squares, out var variation));
        Assert.Equal(expected ?? 0, variation, 1e-15);
    }

    [Fact]
    public void Variation_of_integers_does_not_depend_on_the_unit() =>
        Gen.Long[1, 86_400_000].Array[3, 30].Sample(gaps =>
        {
            Int128 sum = 0, scaledSum = 0;
            UInt128 squares = 0;
            var scaledSquares = Int256.Zero;
            foreach (var gap in gaps)
            {
                sum += gap;
                squares += (UInt128)gap * (UInt128)gap;
                scaledSum += (Int128)gap * ScaledSum.UnitsPerOne;
                scaledSquares += Int256.Square((Int128)gap * ScaledSum.UnitsPerOne);
            }
            Assert.True(ScaledSum.TryVariation(gaps.Length, sum, squares, out var plain));
            Assert.True(ScaledSum.TryVariation(gaps.Length, scaledSum, scaledSquares, out var scaled));
            Assert.Equal(scaled, plain);
        });

    [Fact]
    public void Overflow_of_integers_is_missing() =>
        Gen.Select(Gen.Long, Gen.Long).Sample((a, b) =>
        {
            AssertFits((Int128)a + b, IntegerMath.TryAdd(a, b, out var sum), sum);
            AssertFits((Int128)a - b, IntegerMath.TrySubtract(a, b, out var difference), difference);
            AssertFits((Int128)a * b, IntegerMath.TryMultiply(a, b, out var product), product);
            AssertFits((Int128)(a >> 32) * (b >> 31), IntegerMath.TryMultiply(a >> 32, b >> 31, out product), product);
        });

    [Theory]
    [InlineData(long.MinValue, -1L)]
    [InlineData(-1L, long.MinValue)]
    public void The_least_integer_has_no_opposite(long a, long b)
    {
        Assert.False(IntegerMath.TryMultiply(a, b, out _));
        Assert.False(IntegerMath.TryNegate(long.MinValue, out _));
        Assert.False(NumberFunctions.TryAbs(long.MinValue, out _));
        Assert.False(IntegerMath.TryDivide(a, 0, out _));
    }

    [Theory]
    [InlineData(9007199254740993, 9007199254740992.0, 1)]
    [InlineData(9007199254740992, 9007199254740992.0, 0)]
    [InlineData(long.MaxValue, 9223372036854775808.0, -1)]
    [InlineData(long.MinValue, -9223372036854775808.0, 0)]
    [InlineData(long.MinValue, -9223372036854777856.0, 1)]
    [InlineData(0, -0.0, 0)]
    [InlineData(0, 5e-324, -1)]
    [InlineData(-3, -3.5, 1)]
    [InlineData(3, 3.5, -1)]
    [InlineData(0, double.PositiveInfinity, -1)]
    public void Integers_and_numbers_compare_exactly(long a, double b, int expected) =>
        Assert.Equal(expected, IntegerMath.Compare(a, b));

    [Theory]
    [InlineData(0.5, 1.0)]
    [InlineData(-0.5, -1.0)]
    [InlineData(2.5, 3.0)]
    [InlineData(-0.4, 0.0)]
    [InlineData(0.49999999999999994, 0.0)]
    public void Rounding_is_half_away_from_zero(double value, double expected)
    {
        Assert.Equal(expected, NumberFunctions.Round(value));
        Assert.False(double.IsNegative(NumberFunctions.Round(-0.4)));
    }

    private static Int128 Scale(double value)
    {
        Assert.True(ScaledSum.TryScale(value, out var units));
        return units;
    }

    private static BigInteger NearestUnits(double value)
    {
        // The exact value as a fraction of a power of two, times 10⁹, to the nearest even integer.
        var bits = BitConverter.DoubleToInt64Bits(Math.Abs(value));
        var exponent = (int)(bits >> 52);
        BigInteger mantissa = (bits & ((1L << 52) - 1)) | (exponent == 0 ? 0 : 1L << 52);
        var scaled = mantissa * 1_000_000_000 << Math.Max(exponent, 1);
        var divisor = BigInteger.One << 1075;
        var (quotient, rest) = BigInteger.DivRem(scaled, divisor);
        var twice = (rest * 2).CompareTo(divisor);
        if (twice > 0 || (twice == 0 && !quotient.IsEven))
            quotient++;
        return value < 0 ? -quotient : quotient;
    }

    private static void AssertNearest(BigInteger numerator, BigInteger denominator, double quotient)
    {
        // No neighbour may be closer to the exact quotient.
        var error = Error(numerator, denominator, quotient);
        Assert.True(error <= Error(numerator, denominator, Math.BitIncrement(quotient)),
            $"{numerator} / {denominator} = {quotient:R}");
        Assert.True(error <= Error(numerator, denominator, Math.BitDecrement(quotient)),
            $"{numerator} / {denominator} = {quotient:R}");
    }

    /// <summary>|numerator/denominator − value| · denominator · 2¹⁰⁷⁴.</summary>
    private static BigInteger Error(BigInteger numerator, BigInteger denominator, double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(Math.Abs(value));
        var exponent = (int)(bits >> 52);
        BigInteger mantissa = (bits & ((1L << 52) - 1)) | (exponent == 0 ? 0 : 1L << 52);
        var exact = mantissa << (Math.Max(exponent, 1) - 1);
        return BigInteger.Abs((numerator << 1074) - (value < 0 ? -exact : exact) * denominator);
    }

    private static BigInteger ToBig(Int256 value) => ((BigInteger)(Int128)value.High << 128) + value.Low;

    private static void AssertFits(Int128 exact, bool taken, long result)
    {
        Assert.Equal(exact >= long.MinValue && exact <= long.MaxValue, taken);
        Assert.True(!taken || exact == result);
    }
}
