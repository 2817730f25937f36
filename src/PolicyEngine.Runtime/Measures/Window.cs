using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// A span of time that moves over the events of a key and tells its accumulators what comes and goes. Times of a key never run
/// backwards, so what it passes may go for good.
/// </summary>
internal abstract class Window(PlanWindow plan)
{
    private Accumulator[] _accumulators = [];
    private MeasureReader[] _counting = [];
    // Times of a family hardly ever change their cell, and finding it takes divisions.
    private long _cellStart;
    private long _cellEnd;
    private long _cellFloor;

    public PlanWindow Plan => plan;

    /// <summary>Whether a step's own event enters at once and nothing ever ends all at a time.</summary>
    public bool IsPlain { get; } =
        plan.Kind == PlanWindowKind.Forever || (plan.Kind == PlanWindowKind.Sliding && plan.Ending == 0);

    /// <summary>Header words whose difference is the number of events inside.</summary>
    public int EnteredWord { get; set; }

    public int LeftWord { get; set; }

    /// <summary>By step: how many events ever entered, how many are inside.</summary>
    public long[] Entered { get; private set; } = new long[1];

    public long[] Counts { get; private set; } = new long[1];

    /// <summary>By step: events at this time or before are out.</summary>
    public long[] Floors { get; private set; } = new long[1];

    /// <summary>By step: all that was there before is gone.</summary>
    public bool[] Resets { get; private set; } = new bool[1];

    /// <summary>Delayed events that come in, for windows that end in the past.</summary>
    public Moves Entering { get; } = new();

    public Moves Leaving { get; } = new();

    public long Bytes => _accumulators.Sum(a => a.Bytes);

    protected Accumulator[] Accumulators => _accumulators;

    protected bool NeedsLeaving { get; private set; }

    /// <summary>Takes its header words from <paramref name="offset"/> on; returns the first one after them.</summary>
    public abstract int Place(int offset);

    /// <summary>Empties the key.</summary>
    public abstract void Release(long[] headers, int at);

    public long Count(long[] headers, int at) => headers[at + EnteredWord] - headers[at + LeftWord];

    public void Use(IEnumerable<Accumulator> accumulators, IEnumerable<MeasureReader> readers)
    {
        _accumulators = [.. accumulators.Where(a => a.Window == this)];
        _counting = [.. readers.Where(r => r.Window == this && r.Accumulator is null)];
        NeedsLeaving = _accumulators.Any(a => a.Leaves);
    }

    /// <summary>Moves over all steps of the tape and notes what comes and goes at each.</summary>
    public void Walk(Tape tape, long[] headers)
    {
        Clear(tape.Steps);
        Move(tape, headers);
        foreach (var reader in _counting)
        {
            if (reader.Target is not null)
                reader.PutCounts(tape.Rows.AsSpan(0, tape.Steps), Counts);
        }
    }

    protected abstract void Move(Tape tape, long[] headers);

    private void Clear(int capacity)
    {
        Entering.Clear(capacity);
        Leaving.Clear(capacity);
        if (Counts.Length >= capacity)
            return;
        Entered = new long[capacity];
        Counts = new long[capacity];
        Floors = new long[capacity];
        Resets = new bool[capacity];
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
        if (plan.Kind != PlanWindowKind.Tumbling && plan.Step == 0)
            return end - plan.Length;
        if (end < _cellStart || end >= _cellEnd)
            MoveToCell(end, plan.Kind == PlanWindowKind.Tumbling ? plan.Length : plan.Step);
        return _cellFloor;
    }

    private void MoveToCell(long end, long size)
    {
        _cellStart = FloorDivide(end, size) * size;
        _cellEnd = _cellStart + size;
        _cellFloor = _cellEnd - plan.Length - 1;
    }
}

/// <summary>The session of a key: its first and its newest event (D3).</summary>
internal static class Session
{
    public const long Longest = 24 * 3_600_000L;

    public static bool IsOver(PlanWindow plan, long start, long last, long time) =>
        time - last >= plan.Length || time - start >= Longest;
}
