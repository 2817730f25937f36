using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// A sliding window over values that know their own time (newest values, last occurrences): whatever is not above the floor goes,
/// and no event needs to be remembered for it. It does not count.
/// </summary>
internal sealed class FloorWindow(PlanWindow plan) : Window(plan)
{
    public override int Place(int offset) => offset;

    public override void Advance(long[] headers, int at, long time)
    {
        var floor = Floor(time);
        foreach (var accumulator in Expiring)
            accumulator.Expire(headers, at, floor);
    }

    public override void Enter(long[] headers, int at, in Sample sample)
    {
        foreach (var accumulator in Accumulators)
            accumulator.Enter(headers, at, sample);
    }

    public override void Release(long[] headers, int at)
    {
        foreach (var accumulator in Accumulators)
            accumulator.Reset(headers, at);
    }
}
