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

    public override void Advance(long[] headers, int at, long time)
    {
        if (Plan.Kind == PlanWindowKind.Forever || Count(headers, at) == 0)
            return;
        var start = headers[at + _startWord];
        var over = Plan.Kind == PlanWindowKind.Tumbling
            ? FloorDivide(time, Plan.Length) != start
            : Session.IsOver(Plan, start, headers[at + _lastWord], time);
        if (over)
            Release(headers, at);
    }

    public override void Enter(long[] headers, int at, in Sample sample)
    {
        if (Plan.Kind != PlanWindowKind.Forever)
            Begin(headers, at, sample.Time);
        headers[at + EnteredWord]++;
        foreach (var accumulator in Accumulators)
            accumulator.Enter(headers, at, sample);
    }

    public override void Release(long[] headers, int at)
    {
        headers[at + LeftWord] = headers[at + EnteredWord];
        foreach (var accumulator in Accumulators)
            accumulator.Reset(headers, at);
    }

    private void Begin(long[] headers, int at, long time)
    {
        if (Count(headers, at) == 0)
            headers[at + _startWord] = Plan.Kind == PlanWindowKind.Tumbling ? FloorDivide(time, Plan.Length) : time;
        if (Plan.Kind == PlanWindowKind.Session)
            headers[at + _lastWord] = time;
    }
}
