using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Functions;

/// <summary>Functions over times, in a fixed offset from UTC: zone tables differ between machines.</summary>
public static class TimeFunctions
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;

    /// <summary>`+09:00`, `-03:30`, `Z` or `UTC` to minutes; false for anything else, names of zones among them.</summary>
    public static bool TryParseZone(ReadOnlySpan<byte> zone, out int minutes)
    {
        minutes = 0;
        if (zone.SequenceEqual("Z"u8) || zone.SequenceEqual("UTC"u8))
            return true;
        if (zone.Length != 6 || zone[0] is not ((byte)'+' or (byte)'-') || zone[3] != ':')
            return false;
        foreach (var at in (ReadOnlySpan<int>)[1, 2, 4, 5])
        {
            if (zone[at] is < (byte)'0' or > (byte)'9')
                return false;
        }
        var hours = (zone[1] - '0') * 10 + zone[2] - '0';
        var rest = (zone[4] - '0') * 10 + zone[5] - '0';
        minutes = (hours * 60 + rest) * (zone[0] == '-' ? -1 : 1);
        return hours < 24 && rest < 60;
    }

    /// <summary>`hour_of`: 0 to 23.</summary>
    public static long HourOf(long time, int zoneMinutes = 0)
    {
        var hours = CivilDate.FloorDivide(time + zoneMinutes * Minute, Hour);
        return hours - 24 * CivilDate.FloorDivide(hours, 24);
    }

    /// <summary>`weekday_of`: 1 for Monday to 7 for Sunday, as ISO 8601 numbers them.</summary>
    public static long WeekdayOf(long time, int zoneMinutes = 0)
    {
        // 1970-01-01 was a Thursday.
        var days = CivilDate.FloorDivide(time + zoneMinutes * Minute, CivilDate.MillisecondsPerDay) + 3;
        return days - 7 * CivilDate.FloorDivide(days, 7) + 1;
    }

    /// <summary>
    /// `slot`: the number of the stretch [n·D, (n+1)·D) since 1970-01-01 UTC that holds the time; false unless D is above 0.
    /// </summary>
    public static bool TrySlot(long time, long duration, out long slot)
    {
        slot = duration > 0 ? CivilDate.FloorDivide(time, duration) : 0;
        return duration > 0;
    }
}
