using System.Text;

namespace PolicyEngine.Runtime.Values;

/// <summary>Milliseconds since 1970-01-01 UTC to text: `2026-02-03T09:14:07.120Z`.</summary>
public static class TimestampFormat
{
    public const int Length = 24;
    private const long First = -62_135_596_800_000;
    private const long Last = 253_402_300_799_999;

    /// <summary>Always 24 bytes; a time outside the years 0001 to 9999 is written as the nearest one inside.</summary>
    public static int Format(long milliseconds, Span<byte> destination)
    {
        milliseconds = Math.Clamp(milliseconds, First, Last);
        var days = CivilDate.FloorDivide(milliseconds, CivilDate.MillisecondsPerDay);
        var clock = (int)(milliseconds - days * CivilDate.MillisecondsPerDay);
        var (year, month, day) = CivilDate.FromDays(days);

        Write(destination, 0, 4, (int)year, '-');
        Write(destination, 5, 2, month, '-');
        Write(destination, 8, 2, day, 'T');
        Write(destination, 11, 2, clock / 3_600_000, ':');
        Write(destination, 14, 2, clock / 60_000 % 60, ':');
        Write(destination, 17, 2, clock / 1000 % 60, '.');
        Write(destination, 20, 3, clock % 1000, 'Z');
        return Length;
    }

    public static string ToText(long milliseconds)
    {
        Span<byte> text = stackalloc byte[Length];
        return Encoding.ASCII.GetString(text[..Format(milliseconds, text)]);
    }

    private static void Write(Span<byte> destination, int at, int digits, int value, char after)
    {
        destination[at + digits] = (byte)after;
        for (var place = digits - 1; place >= 0; place--)
        {
            destination[at + place] = (byte)('0' + value % 10);
            value /= 10;
        }
    }
}
