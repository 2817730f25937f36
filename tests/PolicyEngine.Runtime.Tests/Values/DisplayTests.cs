using System.Globalization;
using CsCheck;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Tests.Values;

public sealed class DisplayTests
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(1.0, "1")]
    [InlineData(0.5, "0.5")]
    [InlineData(0.0005, "0.001")]
    [InlineData(0.00049999, "0")]
    [InlineData(-0.0004, "0")]
    [InlineData(-0.0005, "-0.001")]
    [InlineData(1.0005, "1.001")]
    [InlineData(2.0015, "2.002")]
    [InlineData(0.9995, "1")]
    [InlineData(9.9996, "10")]
    [InlineData(99.9, "99.9")]
    [InlineData(1e-300, "0")]
    [InlineData(123456.7891, "123456.789")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(1.5e20, "150000000000000000000")]
    [InlineData(1e21, "1E+21")]
    [InlineData(-2.5e300, "-2.5E+300")]
    public void Numbers_have_three_decimals_at_most(double value, string expected) =>
        Assert.Equal(expected, Write(value, DisplayFormat.AppendNumber));

    [Theory]
    [InlineData(0.145, "14.5%")]
    [InlineData(0.14549999, "14.5%")]
    [InlineData(0.1455, "14.6%")]
    [InlineData(0.15, "15%")]
    [InlineData(0.84, "84%")]
    [InlineData(1.0, "100%")]
    [InlineData(0.0, "0%")]
    [InlineData(0.9995, "100%")]
    [InlineData(0.0005, "0.1%")]
    [InlineData(0.00049, "0%")]
    [InlineData(0.285, "28.5%")]
    [InlineData(1.0 / 3, "33.3%")]
    public void Shares_are_percentages_with_one_decimal(double value, string expected) =>
        Assert.Equal(expected, Write(value, DisplayFormat.AppendShare));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(1, "1ms")]
    [InlineData(999, "999ms")]
    [InlineData(1_000, "1s")]
    [InlineData(12_500, "12s 500ms")]
    [InlineData(59_999, "59s 999ms")]
    [InlineData(60_000, "1m")]
    [InlineData(60_500, "1m 1s")]
    [InlineData(7_500_000, "2h 5m")]
    [InlineData(7_529_999, "2h 5m")]
    [InlineData(7_530_000, "2h 6m")]
    [InlineData(86_399_999, "1d")]
    [InlineData(90_000_000, "1d 1h")]
    [InlineData(1_209_600_000, "14d")]
    [InlineData(-7_500_000, "-2h 5m")]
    public void Durations_have_two_units_at_most(long value, string expected) =>
        Assert.Equal(expected, DurationFormat.ToText(value));

    [Fact]
    public void The_longest_durations_can_be_written()
    {
        Assert.Equal("106751991167d 7h", DurationFormat.ToText(long.MaxValue));
        Assert.Equal("-106751991167d 7h", DurationFormat.ToText(long.MinValue));
    }

    [Theory]
    [InlineData(10, 60, "10 per minute")]
    [InlineData(60, 60, "1 per second")]
    [InlineData(500, 3600, "500 per hour")]
    [InlineData(1, 86400, "1 per day")]
    [InlineData(7, 86400, "7 per day")]
    [InlineData(2.5, 1, "150 per minute")]
    [InlineData(0, 1, "0 per second")]
    [InlineData(0.25, 86400, "0.25 per day")]
    public void Rates_name_the_finest_unit_that_fits(double count, double seconds, string expected) =>
        Assert.Equal(expected, Write(count / seconds, DisplayFormat.AppendRate));

    [Fact]
    public void Rounding_is_that_of_decimal_arithmetic() =>
        Gen.Select(Gen.Long[-1_000_000_000, 1_000_000_000], Gen.Int[0, 9]).Sample((digits, places) =>
        {
            // Nine digits are their own shortest form, so decimal knows the same number.
            var exact = (decimal)digits / (decimal)Math.Pow(10, places);
            var value = double.Parse(exact.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            Assert.Equal(Plain(exact, 3), Write(value, DisplayFormat.AppendNumber));
            Assert.Equal(Plain(exact * 100, 1) + "%", Write(value, DisplayFormat.AppendShare));
        });

    [Fact]
    public void Zero_has_no_sign() => Assert.Equal("0", Write(-0.0, DisplayFormat.AppendNumber));

    [Fact]
    public void Other_values_have_their_usual_form()
    {
        var output = new TextBuffer(1);
        DisplayFormat.AppendMissing(output);
        DisplayFormat.AppendInteger(long.MinValue, output);
        DisplayFormat.AppendBoolean(true, output);
        DisplayFormat.AppendTime(0, output);
        DisplayFormat.AppendIp(IpValue.FromV4(0x01020304), output);
        Assert.Equal("unknown-9223372036854775808true1970-01-01T00:00:00.000Z1.2.3.4", output.ToString());
    }

    private static string Plain(decimal exact, int decimals) =>
        Math.Round(exact, decimals, MidpointRounding.AwayFromZero).ToString("0.###", CultureInfo.InvariantCulture);

    private static string Write(double value, Action<double, TextBuffer> append)
    {
        var output = new TextBuffer(4);
        append(value, output);
        return output.ToString();
    }
}
