using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// A sliding window over values that know their own time (newest values, last occurrences): whatever is not above the floor goes,
/// and no event needs to be remembered for it. It does not count.
/// </summary>
internal sealed class FloorWindow(PlanWindow plan) : Window(plan)
{
    public override int Place(int offset)
    {
        // It counts nothing: a word less itself.
        EnteredWord = LeftWord = FamilyKeys.LastTime;
        return offset;
    }

    protected override void Move(Tape tape, long[] headers)
    {
        for (var step = 0; step < tape.Steps; step++)
            Floors[step] = Floor(tape.Times[step]);
    }

    public override void Release(long[] headers, int at)
    {
        foreach (var accumulator in Accumulators)
            accumulator.Reset(headers, at);
    }
}
