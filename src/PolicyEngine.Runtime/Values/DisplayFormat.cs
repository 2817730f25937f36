using System.Buffers.Text;
using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Values;

/// <summary>
/// Values as texts for readers show them: numbers with three decimals at most, shares as percentages with one, durations and
/// rates in words, missing as `unknown`. Rounding is half away from zero in decimal arithmetic. The full values are in the
/// evidence.
/// </summary>
public static class DisplayFormat
{
    private const int NumberDecimals = 3;
    private const int PercentDecimals = 1;
    /// <summary>From here on digits would be made up: the shortest form with a power of ten is used.</summary>
    private const double LargestPlain = 1e21;
    private static readonly (double Seconds, string Text)[] RateUnits =
        [(1, " per second"), (60, " per minute"), (3600, " per hour"), (86_400, " per day")];

    public static void AppendMissing(TextBuffer output) => output.Append("unknown"u8);

    public static void AppendInteger(long value, TextBuffer output)
    {
        Utf8Formatter.TryFormat(value, output.Reserve(20), out var written);
        output.Advance(written);
    }

    /// <summary>`0.125`, `3`, `1000000`.</summary>
    public static void AppendNumber(double value, TextBuffer output) => AppendDecimal(value, 0, NumberDecimals, output);

    /// <summary>0.145 is `14.5%`.</summary>
    public static void AppendShare(double value, TextBuffer output)
    {
        AppendDecimal(value, 2, PercentDecimals, output);
        output.Append((byte)'%');
    }

    /// <summary>
    /// A number per second in the finest unit that makes it whole, else in the finest in which it is at least one.
    /// </summary>
    public static void AppendRate(double perSecond, TextBuffer output)
    {
        var (seconds, text) = RateUnit(perSecond);
        AppendNumber(perSecond * seconds, output);
        output.Append(text);
    }

    public static void AppendDuration(long milliseconds, TextBuffer output) => DurationFormat.Append(milliseconds, output);

    public static void AppendTime(long milliseconds, TextBuffer output) =>
        output.Advance(TimestampFormat.Format(milliseconds, output.Reserve(TimestampFormat.Length)));

    public static void AppendIp(IpValue value, TextBuffer output) =>
        output.Advance(value.Format(output.Reserve(IpValue.MaxTextLength)));

    public static void AppendCidr(CidrValue value, TextBuffer output) =>
        output.Advance(value.Format(output.Reserve(CidrValue.MaxTextLength)));

    public static void AppendBoolean(bool value, TextBuffer output) => output.Append(value ? "true"u8 : "false"u8);

    private static void AppendDecimal(double value, int shift, int decimals, TextBuffer output)
    {
        if (Math.Abs(value) >= LargestPlain)
        {
            value.TryFormat(output.Reserve(32), out var written, "R", System.Globalization.CultureInfo.InvariantCulture);
            output.Advance(written);
            return;
        }
        var digits = new DecimalDigits(value, stackalloc byte[DecimalDigits.Capacity]);
        digits.Shift(shift);
        digits.Round(decimals);
        digits.Append(output);
    }

    private static (double Seconds, string Text) RateUnit(double perSecond)
    {
        foreach (var unit in RateUnits)
        {
            var count = Math.Abs(perSecond * unit.Seconds);
            var whole = Math.Round(count, MidpointRounding.AwayFromZero);
            // A division by 60 and its undoing leave a last bit.
            if (whole >= 1 && Math.Abs(count - whole) <= whole * 1e-12)
                return unit;
        }
        foreach (var unit in RateUnits)
        {
            if (Math.Abs(perSecond * unit.Seconds) >= 1)
                return unit;
        }
        return perSecond == 0 ? RateUnits[0] : RateUnits[^1];
    }
}
