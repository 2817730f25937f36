using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Links;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>Where batches are cut: at boundaries of links (F2) and at ticks that read what is kept in columns (B8).</summary>
internal sealed class Stretches(Plan plan, LinkSet links)
{
    private readonly long[] _steps = [.. links.Steps.Concat(plan.Cuts).Distinct()];

    /// <summary>The place up to which rows from <paramref name="from"/> on stand between two cuts.</summary>
    public int CutAt(EventBatch batch, int from, int to)
    {
        var first = batch.Taus[batch.Order[from]];
        foreach (var step in _steps)
        {
            var next = CellMath.Next(first, step);
            while (to > from + 1 && batch.Taus[batch.Order[to - 1]] >= next) to = FirstAtOrAfter(batch, next, from + 1, to);
        }
        return to;
    }

    private static int FirstAtOrAfter(EventBatch batch, long time, int from, int to)
    {
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (batch.Taus[batch.Order[middle]] >= time) to = middle;
            else from = middle + 1;
        }
        return from;
    }
}
