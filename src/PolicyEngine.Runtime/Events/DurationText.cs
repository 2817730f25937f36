namespace PolicyEngine.Runtime.Events;

/// <summary>Durations as the language writes them: `250ms`, `1h30m`, `2w`; each unit once, larger ones first.</summary>
internal static class DurationText
{
    public static bool TryParse(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        var last = long.MaxValue;
        while (text.Length > 0)
        {
            var digits = 0;
            long count = 0;
            for (; digits < text.Length && text[digits] is >= (byte)'0' and <= (byte)'9'; digits++)
            {
                count = count * 10 + text[digits] - '0';
                if (count > int.MaxValue * 1000L) return false;
            }
            text = text[digits..];
            var (unit, letters) = Unit(text);
            if (digits == 0 || unit == 0 || unit >= last || count > (long.MaxValue - milliseconds) / unit) return false;
            milliseconds += count * unit;
            last = unit;
            text = text[letters..];
        }
        return last != long.MaxValue;
    }

    private static (long Milliseconds, int Letters) Unit(ReadOnlySpan<byte> text) =>
        text.Length == 0 ? (0, 0)
        : text.StartsWith("ms"u8) ? (1, 2)
        : text[0] switch
        {
            (byte)'s' => (1_000, 1),
            (byte)'m' => (60_000, 1),
            (byte)'h' => (3_600_000, 1),
            (byte)'d' => (86_400_000, 1),
            (byte)'w' => (604_800_000, 1),
            _ => (0, 0),
        };
}
