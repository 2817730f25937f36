namespace PolicyEngine.DryRun.Simulation;

/// <summary>
/// When in a week somebody is up. Active time runs evenly through what somebody does; real time is that time stretched over nights and
/// squeezed into working hours. Both are milliseconds since the epoch on the clock of the place.
/// </summary>
internal sealed class Rhythm
{
    private const long Quarter = 900_000;
    private const int Quarters = 7 * 96;
    private const long Week = Quarters * Quarter;
    /// <summary>The epoch began on a Thursday; weeks here begin on Monday.</summary>
    private const long Monday = 4 * 86_400_000L;

    public static readonly Rhythm Even = new(_ => 1);
    public static readonly Rhythm Person = new(hour => Hour(hour, "422112357776677789AABB97") * (IsWeekend(hour) ? 5 : 4));
    public static readonly Rhythm Office = new(hour => IsWeekend(hour) ? 2 : Hour(hour, "111111138FGFACGGFB632211") * 4);
    public static readonly Rhythm Student = new(hour => Hour(hour, "853211112466668889ACDDCA") * (IsWeekend(hour) ? 3 : 4));
    public static readonly Rhythm Machine = new(hour => Hour(hour, "777777889999999999998877"));

    private readonly long[] _real = new long[Quarters + 1];
    private readonly long[] _active = new long[Quarters + 1];

    /// <param name="weight">How busy an hour of the week is, 1 or more; hour 0 begins on Monday.</param>
    private Rhythm(Func<int, long> weight)
    {
        var sums = new long[Quarters + 1];
        for (var i = 0; i < Quarters; i++) sums[i + 1] = sums[i] + weight(i / 4);
        for (var i = 0; i <= Quarters; i++) _active[i] = sums[i] * Quarter * Quarters / sums[Quarters];
        var at = 0;
        for (var i = 0; i < Quarters; i++)
        {
            while (_active[at + 1] <= i * Quarter) at++;
            _real[i] = (at * Quarter) + (((i * Quarter) - _active[at]) * Quarter / (_active[at + 1] - _active[at]));
        }
        _real[Quarters] = Week;
    }

    public long Real(long active) => Map(_real, active);

    public long Active(long real) => Map(_active, real);

    private static long Map(long[] table, long time)
    {
        time -= Monday;
        var week = time / Week * Week;
        var inside = time - week;
        var quarter = (int)(inside / Quarter);
        var from = table[quarter];
        return Monday + week + from + ((inside - (quarter * Quarter)) * (table[quarter + 1] - from) / Quarter);
    }

    private static bool IsWeekend(int hour) => hour >= 5 * 24;

    /// <summary>One letter an hour from midnight on: 1..9, then A for 10.</summary>
    private static long Hour(int hour, string day) => day[hour % 24] is var letter && letter <= '9' ? letter - '0' : letter - 'A' + 10;
}
