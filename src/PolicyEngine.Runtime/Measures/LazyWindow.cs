using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// A sliding window that moves only when somebody asks: its accumulators hold the events of the log from <see cref="Window.LeftWord"/>
/// to <see cref="Window.EnteredWord"/> and catch up with those that came and went since. An event enters and leaves once at most, so
/// asking never costs more than moving with every event would have.
/// </summary>
internal sealed class LazyWindow(PlanWindow plan, int askers, EventLog log, int cap) : Window(plan)
{
    /// <summary>The screen of those who ask: measures that are asked for on other rows move on their own.</summary>
    public int Askers => askers;

    /// <summary>Rows of the batch on which somebody asks.</summary>
    public ulong[] Rows { get; private set; } = [];

    public override int Place(int offset)
    {
        LeftWord = offset;
        EnteredWord = offset + 1;
        return offset + 2;
    }

    /// <summary>Nobody asks, until rows are added.</summary>
    public void ClearRows(int words)
    {
        if (Rows.Length < words)
            Rows = new ulong[words];
        Array.Clear(Rows);
    }

    public override void Release(long[] headers, int at)
    {
        LeaveBefore(headers, at, long.MaxValue);
        foreach (var accumulator in Accumulators)
            accumulator.Reset(headers, at);
    }

    /// <summary>Lets go of what the log is about to forget.</summary>
    public void LeaveBefore(long[] headers, int at, long index)
    {
        var (from, to) = (headers[at + LeftWord], headers[at + EnteredWord]);
        for (; from < to && from < index; from++)
            Leave(headers, at, from);
        headers[at + LeftWord] = from;
    }

    /// <summary>Moves to <paramref name="time"/>.</summary>
    /// <param name="kept">Oldest index that the log still has.</param>
    /// <param name="head">One past the newest event to be seen.</param>
    public void CatchUp(long[] headers, int at, long kept, long head, long time)
    {
        var floor = Floor(time);
        var (from, to) = (headers[at + LeftWord], headers[at + EnteredWord]);
        for (; from < to && (from < head - cap || log.Time(headers, at, from) <= floor); from++)
            Leave(headers, at, from);
        if (from == to)
            from = to = FirstAbove(headers, at, floor, Math.Max(to, Math.Max(kept, head - cap)), head);
        for (; to < head; to++)
            Enter(headers, at, to);
        headers[at + LeftWord] = from;
        headers[at + EnteredWord] = to;
    }

    protected override void Move(Tape tape, long[] headers)
    {
    }

    private long FirstAbove(long[] headers, int at, long floor, long from, long head)
    {
        while (from < head)
        {
            var middle = from + (head - from >> 1);
            if (log.Time(headers, at, middle) <= floor)
                from = middle + 1;
            else
                head = middle;
        }
        return from;
    }

    private void Enter(long[] headers, int at, long index)
    {
        var record = log.Position(headers, at, index);
        foreach (var accumulator in Accumulators)
            accumulator.Enter(headers, at, accumulator.Logged(log.Store, record, index));
    }

    private void Leave(long[] headers, int at, long index)
    {
        var record = log.Position(headers, at, index);
        foreach (var accumulator in Accumulators)
            accumulator.Leave(headers, at, accumulator.Logged(log.Store, record, index));
    }
}
