using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// A window whose events must leave one by one: a pair of cursors into the log of the key. Events enter when they are
/// <see cref="PlanWindow.Ending"/> old (at once when it is 0) and leave when they are at or below the floor.
/// </summary>
internal sealed class LoggedWindow(PlanWindow plan, EventLog log) : Window(plan)
{
    private int _startWord;
    private int _lastWord;

    private bool IsSession => Plan.Kind == PlanWindowKind.Session;

    public override int Place(int offset)
    {
        LeftWord = offset++;
        EnteredWord = Plan.Ending == 0 ? log.HeadWord : offset++;
        if (IsSession)
        {
            _startWord = offset++;
            _lastWord = offset++;
        }
        return offset;
    }

    /// <summary>The oldest event of the log that this window still needs.</summary>
    public long Tail(long[] headers, int at) => headers[at + LeftWord];

    public override void Advance(long[] headers, int at, long time)
    {
        if (Plan.Ending > 0)
            EnterDelayed(headers, at, time - Plan.Ending);
        var entered = headers[at + EnteredWord];
        var left = headers[at + LeftWord];
        if (left == entered && Expiring.Length == 0)
            return;

        var floor = IsSession ? SessionFloor(headers, at, time) : Floor(time);
        while (left < entered && log.Time(headers, at, left) <= floor)
            Leave(headers, at, left++);
        headers[at + LeftWord] = left;
        foreach (var accumulator in Expiring)
            accumulator.Expire(headers, at, floor);
    }

    public override void Enter(long[] headers, int at, in Sample sample)
    {
        if (Plan.Ending > 0)
            return;
        if (IsSession)
            Begin(headers, at, sample.Time);
        foreach (var accumulator in Accumulators)
            accumulator.Enter(headers, at, sample);
    }

    public override void Release(long[] headers, int at)
    {
        var entered = headers[at + EnteredWord];
        for (var index = headers[at + LeftWord]; index < entered; index++)
            Leave(headers, at, index);
        headers[at + LeftWord] = entered;
        foreach (var accumulator in Accumulators)
            accumulator.Reset(headers, at);
    }

    /// <summary>Gives up the oldest event of the log where the bound on events per key demands it (L2).</summary>
    public void Drop(long[] headers, int at, long index)
    {
        if (headers[at + LeftWord] != index)
            return;
        if (headers[at + EnteredWord] == index)
            headers[at + EnteredWord]++;
        else
            Leave(headers, at, index);
        headers[at + LeftWord]++;
    }

    private void EnterDelayed(long[] headers, int at, long newest)
    {
        var head = headers[at + log.HeadWord];
        var entered = headers[at + EnteredWord];
        while (entered < head)
        {
            var position = log.Position(headers, at, entered);
            if (log.Store[position] > newest)
                break;
            var sample = new Sample(log.Store, position, entered, -1);
            foreach (var accumulator in Accumulators)
                accumulator.Enter(headers, at, sample);
            entered++;
        }
        headers[at + EnteredWord] = entered;
    }

    private void Leave(long[] headers, int at, long index)
    {
        if (Leaving.Length == 0)
            return;
        var sample = new Sample(log.Store, log.Position(headers, at, index), index, -1);
        foreach (var accumulator in Leaving)
            accumulator.Leave(headers, at, sample);
    }

    private void Begin(long[] headers, int at, long time)
    {
        // The log already counts the event in hand.
        if (Count(headers, at) == 1)
            headers[at + _startWord] = time;
        headers[at + _lastWord] = time;
    }

    private long SessionFloor(long[] headers, int at, long time)
    {
        var start = headers[at + _startWord];
        return Session.IsOver(Plan, start, headers[at + _lastWord], time) ? time : start - 1;
    }
}
