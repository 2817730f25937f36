using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// A window whose events must leave one by one: a pair of cursors into the log of the key. Events enter when they are
/// <see cref="PlanWindow.Ending"/> old (at once when it is 0) and leave when they are at or below the floor, or no longer among the
/// newest that the bound on events per key allows (L2).
/// </summary>
internal sealed class LoggedWindow(PlanWindow plan, EventLog log, int cap, FamilyCounters counters) : Window(plan)
{
    private int _startWord;
    private int _lastWord;
    // When the oldest event inside happened, so that a step from which nothing goes need not look into the log; a time that is too
    // early makes it look in vain.
    private int _oldestWord;

    private bool IsSession => Plan.Kind == PlanWindowKind.Session;

    private bool Slides => !IsSession && Plan.Ending == 0;

    public override int Place(int offset)
    {
        LeftWord = offset++;
        EnteredWord = Plan.Ending == 0 ? log.HeadWord : offset++;
        if (IsSession)
        {
            _startWord = offset++;
            _lastWord = offset++;
        }
        if (Slides)
            _oldestWord = offset++;
        return offset;
    }

    public override void Release(long[] headers, int at)
    {
        for (var index = headers[at + LeftWord]; index < headers[at + EnteredWord]; index++)
        {
            foreach (var accumulator in Accumulators)
                accumulator.Leave(headers, at, accumulator.Logged(log.Store, log.Position(headers, at, index), index));
        }
        foreach (var accumulator in Accumulators)
            accumulator.Reset(headers, at);
    }

    /// <summary>Asks for the records that steps to come will take out.</summary>
    public void AskAhead(Tape tape, long[] headers)
    {
        if (!Slides)
            return;
        var (steps, ats, times) = (tape.Steps, tape.At, tape.Times);
        for (var step = 0; step < steps; step++)
        {
            var at = ats[step];
            if (headers[at + _oldestWord] > times[step] - Plan.Length || headers[at + log.RingWord] == 0)
                continue;
            // The one after it says when to stop.
            Prefetch.Line(log.Store, log.Position(headers, at, headers[at + LeftWord]));
            Prefetch.Line(log.Store, log.Position(headers, at, headers[at + LeftWord] + 1));
        }
    }

    protected override void Move(Tape tape, long[] headers)
    {
        if (Slides)
            Slide(tape, headers);
        else
            MoveWithCare(tape, headers);
    }

    /// <summary>The usual case: whatever the log has is in, and the floor depends on the time alone.</summary>
    private void Slide(Tape tape, long[] headers)
    {
        var (steps, ats, heads, times, isFed) = (tape.Steps, tape.At, tape.Heads, tape.Times, tape.IsFed);
        var (entered, counts, floors, leavingEnds) = (Entered, Counts, Floors, Leaving.Ends);
        for (var step = 0; step < steps; step++)
        {
            var at = ats[step];
            var head = heads[step];
            var floor = Floor(times[step]);
            var left = headers[at + LeftWord];
            ref var oldest = ref headers[at + _oldestWord];
            if (isFed[step] && head - left == 1)
                oldest = times[step];
            else if (oldest <= floor || head - left > cap)
                left = Pass(headers, at, head, floor);
            floors[step] = floor;
            entered[step] = head;
            counts[step] = head - left;
            leavingEnds[step] = Leaving.Count;
        }
    }

    private long Pass(long[] headers, int at, long head, long floor)
    {
        var (store, words) = (log.Store, log.RecordWords);
        var (start, mask) = log.Ring(headers, at);
        var left = headers[at + LeftWord];
        for (; left < head; left++)
        {
            var record = start + ((int)left & mask) * words;
            var isOverBound = left < head - cap;
            if (store[record] > floor && !isOverBound)
            {
                headers[at + _oldestWord] = store[record];
                break;
            }
            if (isOverBound)
                counters.CappedEvents++;
            if (NeedsLeaving)
                Leaving.Add(left, record);
        }
        headers[at + LeftWord] = left;
        return left;
    }

    private void MoveWithCare(Tape tape, long[] headers)
    {
        for (var step = 0; step < tape.Steps; step++)
        {
            var at = tape.At[step];
            var time = tape.Times[step];
            var head = tape.Heads[step];
            var entered = Plan.Ending == 0 ? head : EnterDelayed(headers, at, head, time - Plan.Ending);
            var others = entered - headers[at + LeftWord] - (tape.IsFed[step] ? 1 : 0);
            var floor = IsSession ? SessionFloor(headers, at, time, others == 0) : Floor(time);
            var left = Leave(headers, at, entered, floor, head - cap);
            if (IsSession && tape.IsFed[step])
                Begin(headers, at, time, entered - left == 1);

            Floors[step] = floor;
            Entered[step] = entered;
            Counts[step] = entered - left;
            Entering.Ends[step] = Entering.Count;
            Leaving.Ends[step] = Leaving.Count;
        }
    }

    private long Leave(long[] headers, int at, long entered, long floor, long oldestAllowed)
    {
        ref var leftWord = ref headers[at + LeftWord];
        var left = leftWord;
        while (left < entered && (left < oldestAllowed || log.Time(headers, at, left) <= floor))
        {
            if (left < oldestAllowed)
                counters.CappedEvents++;
            if (NeedsLeaving)
                Leaving.Add(left, log.Position(headers, at, left));
            left++;
        }
        leftWord = left;
        return left;
    }

    private long EnterDelayed(long[] headers, int at, long head, long newest)
    {
        ref var enteredWord = ref headers[at + EnteredWord];
        var entered = SkipTo(headers, at, enteredWord, head - cap);
        for (; entered < head && log.Time(headers, at, entered) <= newest; entered++)
            Entering.Add(entered, log.Position(headers, at, entered));
        enteredWord = entered;
        return entered;
    }

    /// <summary>Events beyond the bound never come in; all that had come in before them is older still and goes.</summary>
    private long SkipTo(long[] headers, int at, long entered, long oldestAllowed)
    {
        if (entered >= oldestAllowed)
            return entered;
        ref var leftWord = ref headers[at + LeftWord];
        for (; leftWord < entered; leftWord++)
            Leaving.Add(leftWord, log.Position(headers, at, leftWord));
        counters.CappedEvents += oldestAllowed - entered;
        leftWord = oldestAllowed;
        return oldestAllowed;
    }

    private void Begin(long[] headers, int at, long time, bool isFirst)
    {
        if (isFirst)
            headers[at + _startWord] = time;
        headers[at + _lastWord] = time;
    }

    // The step's own event is at its time and so above the floor of a session that is over: it begins the next one.
    private long SessionFloor(long[] headers, int at, long time, bool isEmpty)
    {
        var start = headers[at + _startWord];
        return isEmpty || Session.IsOver(Plan, start, headers[at + _lastWord], time) ? time - 1 : start - 1;
    }
}
