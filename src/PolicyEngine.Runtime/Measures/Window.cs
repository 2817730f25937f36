using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// A span of time that moves over the events of a key and tells its accumulators what comes and goes. Times of a key never run
/// backwards, so <see cref="Advance"/> may drop for good what it passes.
/// </summary>
internal abstract class Window(PlanWindow plan)
{
    private Accumulator[] _accumulators = [];

    public PlanWindow Plan => plan;

    /// <summary>Header words whose difference is the number of events inside.</summary>
    public int EnteredWord { get; set; }

    public int LeftWord { get; set; }

    protected Accumulator[] Accumulators => _accumulators;

    protected Accumulator[] Leaving { get; private set; } = [];

    protected Accumulator[] Expiring { get; private set; } = [];

    /// <summary>Takes its header words from <paramref name="offset"/> on; returns the first one after them.</summary>
    public abstract int Place(int offset);

    /// <summary>Moves to <paramref name="time"/>; a key without events stays empty.</summary>
    public abstract void Advance(long[] headers, int at, long time);

    /// <summary>Takes in the current event, after <see cref="Advance"/> to its time.</summary>
    public abstract void Enter(long[] headers, int at, in Sample sample);

    /// <summary>Empties the key.</summary>
    public abstract void Release(long[] headers, int at);

    public long Bytes => _accumulators.Sum(a => a.Bytes);

    public long Count(long[] headers, int at) => headers[at + EnteredWord] - headers[at + LeftWord];

    public void Use(IEnumerable<Accumulator> accumulators)
    {
        _accumulators = [.. accumulators.Where(a => a.Window == this)];
        Leaving = [.. _accumulators.Where(a => a.Leaves)];
        Expiring = [.. _accumulators.Where(a => a.Expires)];
    }

    protected static long FloorDivide(long value, long divisor)
    {
        var quotient = value / divisor;
        return value % divisor < 0 ? quotient - 1 : quotient;
    }

    /// <summary>Events at this time or before are out; not for sessions, whose floor is a matter of their events.</summary>
    protected long Floor(long time)
    {
        var end = time - plan.Ending;
        if (plan.Kind == PlanWindowKind.Tumbling)
            return FloorDivide(end, plan.Length) * plan.Length - 1;
        return plan.Step == 0
            ? end - plan.Length
            : (FloorDivide(end, plan.Step) - plan.Length / plan.Step + 1) * plan.Step - 1;
    }
}

/// <summary>The session of a key: its first and its newest event (D3).</summary>
internal static class Session
{
    public const long Longest = 24 * 3_600_000L;

    public static bool IsOver(PlanWindow plan, long start, long last, long time) =>
        time - last >= plan.Length || time - start >= Longest;
}
