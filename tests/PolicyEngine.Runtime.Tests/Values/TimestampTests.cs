using System.Globalization;
using System.Text;
using CsCheck;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Tests.Values;

public sealed class TimestampTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0, 0)]
    [InlineData("2026-02-12T00:00:00.963Z", 1770854400963, 0)]
    [InlineData("2026-02-12t00:00:00.963z", 1770854400963, 0)]
    [InlineData("2026-02-12 00:00:00.9Z", 1770854400900, 0)]
    [InlineData("2026-02-12T00:00:00.9637Z", 1770854400963, 700000)]
    [InlineData("2026-02-12T00:00:00.963700Z", 1770854400963, 700000)]
    [InlineData("2026-02-12T00:00:00.963000001Z", 1770854400963, 1)]
    [InlineData("2026-02-12T00:00:00.9639999999999Z", 1770854400963, 999999)]
    [InlineData("2026-02-12T09:00:00+09:00", 1770854400000, 0)]
    [InlineData("2026-02-11T23:30:00-00:30", 1770854400000, 0)]
    [InlineData("1969-12-31T23:59:59.9999Z", -1, 900000)]
    [InlineData("0001-01-01T00:00:00Z", -62135596800000, 0)]
    [InlineData("9999-12-31T23:59:59.999Z", 253402300799999, 0)]
    [InlineData("2024-02-29T00:00:00Z", 1709164800000, 0)]
    public void Times_are_read_to_the_millisecond(string text, long milliseconds, int sequence)
    {
        var parser = new TimestampParser();
        // The second reading takes the remembered date.
        for (var i = 0; i < 2; i++)
        {
            Assert.True(parser.TryParse(Encoding.ASCII.GetBytes(text), out var time, out var digits));
            Assert.Equal((milliseconds, sequence), (time, digits));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-02-12T00:00:00")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("1900-02-29T00:00:00Z")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-00-01T00:00:00Z")]
    [InlineData("2026-01-00T00:00:00Z")]
    [InlineData("2026-04-31T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("2026-02-12T24:00:00Z")]
    [InlineData("2026-02-12T23:60:00Z")]
    [InlineData("2026-02-12T23:59:60Z")]
    [InlineData("2026-02-12T0:00:000Z")]
    [InlineData("2026-02-12T00:00:00.Z")]
    [InlineData("2026-02-12T00:00:00.1")]
    [InlineData("2026-02-12T00:00:00+0900")]
    [InlineData("2026-02-12T00:00:00+24:00")]
    [InlineData("2026-02-12T00:00:00+09:60")]
    [InlineData("2026-02-12T00:00:00Zx")]
    [InlineData("2026/02/12T00:00:00Z")]
    [InlineData("2026-02-12X00:00:00Z")]
    [InlineData("2026-02-12T00:00:0:Z")]
    [InlineData("+026-02-12T00:00:00Z")]
    public void What_is_no_time_is_refused(string text)
    {
        var parser = new TimestampParser();
        Assert.False(parser.TryParse(Encoding.ASCII.GetBytes(text), out _, out _));
        Assert.True(parser.TryParse("2026-02-12T00:00:00Z"u8, out _, out _));
        Assert.False(parser.TryParse(Encoding.ASCII.GetBytes(text), out _, out _));
    }

    [Fact]
    public void An_offset_may_lead_outside_the_years_that_can_be_written()
    {
        var parser = new TimestampParser();
        Assert.True(parser.TryParse("0001-01-01T00:00:00+23:59"u8, out var time, out _));
        Assert.Equal("0001-01-01T00:00:00.000Z", TimestampFormat.ToText(time));
    }

    [Fact]
    public void Written_times_read_back_and_the_platform_agrees()
    {
        var parser = new TimestampParser();
        Gen.Long[-62135596800000, 253402300799999].Sample(time =>
        {
            var text = TimestampFormat.ToText(time);
            var own = parser;
            Assert.True(own.TryParse(Encoding.ASCII.GetBytes(text), out var again, out var sequence));
            Assert.Equal((time, 0), (again, sequence));
            var moment = DateTimeOffset.FromUnixTimeMilliseconds(time);
            var platform = moment.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            Assert.Equal(platform, text);
        });
    }

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Byte[(byte)'+', (byte)'Z'].Array[0, 40].Sample(bytes => new TimestampParser().TryParse(bytes, out _, out _) | true);

    [Theory]
    [InlineData("1770854400963", 1770854400963)]
    [InlineData("-5", -5L)]
    [InlineData("", null)]
    [InlineData("+5", null)]
    [InlineData("5x", null)]
    [InlineData("5.0", null)]
    [InlineData("9223372036854775808", null)]
    public void Epoch_milliseconds_are_whole(string text, long? expected)
    {
        var valid = TimestampParser.TryParseEpoch(Encoding.ASCII.GetBytes(text), out var time);
        Assert.Equal(expected, valid ? time : null);
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0, 0, 4)]
    [InlineData("2026-02-12T23:59:59.999Z", 0, 23, 4)]
    [InlineData("2026-02-12T23:59:59Z", 60, 0, 5)]
    [InlineData("2026-02-12T00:30:00Z", -60, 23, 3)]
    [InlineData("1969-12-28T12:00:00Z", 0, 12, 7)]
    [InlineData("1969-12-29T12:00:00Z", 0, 12, 1)]
    public void Hours_and_weekdays_are_those_of_the_zone(string text, int zone, long hour, long weekday)
    {
        Assert.True(new TimestampParser().TryParse(Encoding.ASCII.GetBytes(text), out var time, out _));
        Assert.Equal(hour, TimeFunctions.HourOf(time, zone));
        Assert.Equal(weekday, TimeFunctions.WeekdayOf(time, zone));
    }

    [Theory]
    [InlineData("+09:00", 540)]
    [InlineData("-03:30", -210)]
    [InlineData("Z", 0)]
    [InlineData("UTC", 0)]
    [InlineData("+9:00", null)]
    [InlineData("+0900", null)]
    [InlineData("+24:00", null)]
    [InlineData("+00:60", null)]
    [InlineData("Asia/Tokyo", null)]
    public void A_zone_is_a_fixed_offset(string text, int? expected)
    {
        var valid = TimeFunctions.TryParseZone(Encoding.ASCII.GetBytes(text), out var minutes);
        Assert.Equal(expected, valid ? minutes : null);
    }

    [Theory]
    [InlineData(0, 10, 0L)]
    [InlineData(9, 10, 0L)]
    [InlineData(10, 10, 1L)]
    [InlineData(-1, 10, -1L)]
    [InlineData(-10, 10, -1L)]
    [InlineData(5, 0, null)]
    [InlineData(5, -1, null)]
    public void Slots_count_from_the_epoch(long time, long duration, long? expected)
    {
        var valid = TimeFunctions.TrySlot(time, duration, out var slot);
        Assert.Equal(expected, valid ? slot : null);
    }

    [Fact]
    public void AFreshParserDoesNotTakeNothingForADate()
    {
        var parser = new TimestampParser();
        Assert.False(parser.TryParse("\0\0\0\0\0\0\0\0\0\0T00:00:00Z"u8, out _, out _));
    }
}
