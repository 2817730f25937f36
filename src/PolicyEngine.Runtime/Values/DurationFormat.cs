using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Values;

/// <summary>
/// Milliseconds for readers: `2h 5m`, `3d`, `12s 500ms`, `0s`. At most two neighbouring units, rounded half away from zero;
/// evidence keeps the full value.
/// </summary>
public static class DurationFormat
{
    private static readonly (ulong Size, string Name)[] Units =
        [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1_000, "s"), (1, "ms")];

    public static void Append(long milliseconds, TextBuffer output)
    {
        if (milliseconds < 0)
            output.Append((byte)'-');
        var size = milliseconds < 0 ? 0UL - (ulong)milliseconds : (ulong)milliseconds;
        if (size == 0)
        {
            output.Append("0s"u8);
            return;
        }
        var first = FirstUnit(size);
        if (first + 1 < Units.Length)
        {
            // Rounding may carry into the unit above: 23h 59m 59s is a day.
            var second = Units[first + 1].Size;
            size = (size + second / 2) / second * second;
            first = FirstUnit(size);
        }
        AppendPart(size / Units[first].Size, first, output);
        var rest = size % Units[first].Size;
        if (rest == 0)
            return;
        output.Append((byte)' ');
        AppendPart(rest / Units[first + 1].Size, first + 1, output);
    }

    /// <summary>In full and as the language writes it: `1h30m`, `2m5s250ms`, `0s`.</summary>
    public static void AppendExact(long milliseconds, TextBuffer output)
    {
        if (milliseconds < 0)
            output.Append((byte)'-');
        var rest = milliseconds < 0 ? 0UL - (ulong)milliseconds : (ulong)milliseconds;
        if (rest == 0)
            output.Append("0s"u8);
        for (var unit = 0; unit < Units.Length; unit++)
        {
            var count = rest / Units[unit].Size;
            rest %= Units[unit].Size;
            if (count > 0)
                AppendPart(count, unit, output);
        }
    }

    public static string ToText(long milliseconds)
    {
        var output = new TextBuffer(32);
        Append(milliseconds, output);
        return output.ToString();
    }

    private static int FirstUnit(ulong size)
    {
        var unit = 0;
        while (Units[unit].Size > size)
            unit++;
        return unit;
    }

    private static void AppendPart(ulong count, int unit, TextBuffer output)
    {
        System.Buffers.Text.Utf8Formatter.TryFormat(count, output.Reserve(20), out var written);
        output.Advance(written);
        output.Append(Units[unit].Name);
    }
}
