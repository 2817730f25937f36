using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// Forever, a cell of the calendar, a session: nothing ever leaves alone, so no event is remembered. Words: events entered, events
/// entered before the present stretch, its start (tumbling: its cell), its newest event.
/// </summary>
internal sealed class RunningWindow(PlanWindow plan) : Window(plan)
{
    private int _startWord;
    private int _lastWord;

    public override int Place(int offset)
    {
        EnteredWord = offset++;
        LeftWord = offset++;
        _startWord = offset;
        _lastWord = offset + 1;
        return Plan.Kind switch
        {
            PlanWindowKind.Session => offset + 2,
            PlanWindowKind.Tumbling => offset + 1,
            _ => offset,
        };
    }

    protected override void Move(Tape tape, long[] headers)
    {
        if (IsPlain)
            Count(tape, headers);
        else
            MoveWithCare(tape, headers);
    }

    private void Count(Tape tape, long[] headers)
    {
        var (steps, ats, isFed) = (tape.Steps, tape.At, tape.IsFed);
        var (entered, counts, floors) = (Entered, Counts, Floors);
        for (var step = 0; step < steps; step++)
        {
            ref var ever = ref headers[ats[step] + EnteredWord];
            if (isFed[step])
                ever++;
            entered[step] = counts[step] = ever;
            floors[step] = long.MinValue;
        }
    }

    private void MoveWithCare(Tape tape, long[] headers)
    {
        for (var step = 0; step < tape.Steps; step++)
        {
            var at = tape.At[step];
            var time = tape.Times[step];
            Resets[step] = Count(headers, at) > 0 && IsOver(headers, at, time);
            if (Resets[step])
                headers[at + LeftWord] = headers[at + EnteredWord];
            if (tape.IsFed[step])
                Enter(headers, at, time);
            Entered[step] = headers[at + EnteredWord];
            Counts[step] = Count(headers, at);
            // Where values know their time, they need not go before the window itself does.
            Floors[step] = long.MinValue;
        }
    }

    public override void Release(long[] headers, int at)
    {
        foreach (var accumulator in Accumulators)
            accumulator.Reset(headers, at);
    }

    private void Enter(long[] headers, int at, long time)
    {
        if (Plan.Kind != PlanWindowKind.Forever && Count(headers, at) == 0)
            headers[at + _startWord] = Plan.Kind == PlanWindowKind.Tumbling ? FloorDivide(time, Plan.Length) : time;
        if (Plan.Kind == PlanWindowKind.Session)
            headers[at + _lastWord] = time;
        headers[at + EnteredWord]++;
    }

    private bool IsOver(long[] headers, int at, long time)
    {
        var start = headers[at + _startWord];
        return Plan.Kind == PlanWindowKind.Tumbling
            ? FloorDivide(time, Plan.Length) != start
            : Session.IsOver(Plan, start, headers[at + _lastWord], time);
    }
}
