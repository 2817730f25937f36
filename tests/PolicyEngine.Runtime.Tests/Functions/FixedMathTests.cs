using CsCheck;
using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Tests.Functions;

public sealed class FixedMathTests
{
    [Theory]
    [InlineData(1.0, 0.0)]
    [InlineData(0.25, -2.0)]
    [InlineData(1024.0, 10.0)]
    [InlineData(3.0, 1.584962500721156)]
    [InlineData(7.0, 2.807354922057604)]
    [InlineData(0.1, -3.321928094887362)]
    [InlineData(1.0000001, 1.4426949695965583e-07)]
    [InlineData(0.9999999, -1.4426951122643492e-07)]
    [InlineData(1e300, 996.5784284662087)]
    [InlineData(5e-324, -1074.0)]
    public void Log2_is_right_to_the_last_places(double x, double expected) => AssertNear(expected, FixedMath.Log2(x), 1);

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(-3.0, 0.125)]
    [InlineData(0.1, 1.0717734625362931)]
    [InlineData(-0.5, 0.7071067811865476)]
    [InlineData(10.25, 1217.7480857627863)]
    [InlineData(1e-10, 1.0000000000693148)]
    [InlineData(1.0 / 3, 1.2599210498948732)]
    [InlineData(-1074.0, 5e-324)]
    [InlineData(1023.5, 1.2711610061536464e308)]
    public void Exp2_is_right_to_the_last_places(double x, double expected) => AssertNear(expected, FixedMath.Exp2(x), 1);

    [Fact]
    public void Edges_are_those_of_real_numbers()
    {
        Assert.Equal(double.NegativeInfinity, FixedMath.Log2(0));
        Assert.Equal(double.NaN, FixedMath.Log2(-1));
        Assert.Equal(double.PositiveInfinity, FixedMath.Log2(double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, FixedMath.Exp2(1024));
        Assert.Equal(0, FixedMath.Exp2(-1100));
        Assert.Equal(double.NaN, FixedMath.Exp2(double.NaN));
    }

    [Fact]
    public void Powers_of_two_are_exact()
    {
        for (var k = -1022; k < 1024; k++)
        {
            Assert.Equal(k, FixedMath.Log2(Math.ScaleB(1.0, k)));
            Assert.Equal(Math.ScaleB(1.0, k), FixedMath.Exp2(k));
        }
    }

    [Fact]
    public void Log2_agrees_with_the_platform_to_two_last_places() =>
        Gen.Double[1e-300, 1e300].Sample(x => AssertNear(double.Log2(x), FixedMath.Log2(x), 2), iter: 20_000);

    [Fact]
    public void Log2_near_one_keeps_its_places() =>
        Gen.Double[0.99, 1.01].Sample(x => AssertNear(double.Log2(x), FixedMath.Log2(x), 3), iter: 20_000);

    [Fact]
    public void Exp2_agrees_with_the_platform_to_two_last_places() =>
        Gen.Double[-1000, 1000].Sample(x => AssertNear(double.Exp2(x), FixedMath.Exp2(x), 2), iter: 20_000);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 2 << 20)]
    [InlineData(3, 4985861)]
    [InlineData(5, 12173590)]
    [InlineData(100, 696658815)]
    [InlineData(4095, 51525512049)]
    [InlineData(4097, 51553703424)]
    [InlineData(100_003, 1741703824818)]
    [InlineData(1_000_003, 20899831681774)]
    public void Entropy_terms_are_rounded_integers(long c, long expected) => Assert.Equal(expected, FixedMath.EntropyTerm(c));

    [Fact]
    public void Entropy_of_equal_shares_is_their_number_of_bits()
    {
        Assert.Equal(0, FixedMath.Entropy(7, FixedMath.EntropyTerm(7)));
        Assert.Equal(3, FixedMath.Entropy(8, 0));
        Assert.Equal(1, FixedMath.Entropy(2000, 2 * FixedMath.EntropyTerm(1000)), 1e-9);
    }

    [Fact]
    public void Entropy_terms_outside_the_bound_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FixedMath.EntropyTerm(-1));
        Assert.Equal((36L << 36) << 20, FixedMath.EntropyTerm(1L << 36));
        Assert.Throws<ArgumentOutOfRangeException>(() => FixedMath.EntropyTerm((1L << 36) + 1));
    }

    [Fact]
    public void Sine_and_cosine_agree_with_the_platform() =>
        Gen.Double[-10, 10].Sample(x =>
        {
            Assert.Equal(Math.Sin(x), Trigonometry.Sin(x), 1e-15);
            Assert.Equal(Math.Cos(x), Trigonometry.Cos(x), 1e-15);
        });

    [Fact]
    public void Arc_tangent_agrees_with_the_platform() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1])
            .Sample((y, x) => Assert.Equal(Math.Atan2(y, x), Trigonometry.Atan2(y, x), 1e-15));

    [Theory]
    [InlineData(52.52, 13.405, 48.8566, 2.3522, 877.4645)]
    [InlineData(0.0, 0.0, 0.0, 180.0, 20015.1148)]
    [InlineData(90.0, 0.0, -90.0, 0.0, 20015.1148)]
    [InlineData(10.0, 10.0, 10.0, 10.0, 0.0)]
    public void Distance_is_along_the_great_circle(double latA, double lonA, double latB, double lonB, double expected)
    {
        Assert.True(Geography.TryDistance(latA, lonA, latB, lonB, out var kilometres));
        Assert.Equal(expected, kilometres, 0.001);
    }

    [Theory]
    [InlineData(90.1, 0)]
    [InlineData(0, -180.5)]
    public void A_point_off_the_globe_has_no_distance(double latitude, double longitude) =>
        Assert.False(Geography.TryDistance(latitude, longitude, 0, 0, out _));

    private static void AssertNear(double expected, double actual, int places)
    {
        var distance = BitConverter.DoubleToInt64Bits(expected) - BitConverter.DoubleToInt64Bits(actual);
        Assert.True(Math.Abs(distance) <= places || expected == actual, $"expected {expected:R}, got {actual:R}");
    }
}
