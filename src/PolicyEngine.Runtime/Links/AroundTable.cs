using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Links;

/// <summary>Members around values (F14): live edges and counters by value, without groups.</summary>
internal sealed class AroundTable(AroundPlan plan, int edgeCap, IReadOnlyList<LabelWatch> watches) : ITied
{
    private readonly long _cells = plan.Length / plan.Step;
    private readonly List<int> _ended = [];

    public EdgeTable Table { get; } = new(plan.Length / plan.Step, watches);

    public long Step { get; } = plan.Step;

    public bool IsTouched => Table.Count > edgeCap;

    public int Edges => Table.Count;

    public long Refused { get; private set; }

    public EdgeTable Way(int way) => Table;

    public bool Enter(int way, int member, int value, long tau)
    {
        var cell = CellMath.Of(tau, Step);
        if (Table.Refresh(member, value, (int)cell)) return false;
        if (Table.Count >= edgeCap + (edgeCap / 4L)) Refused++;
        else Table.Add(member, value, cell);
        return true;
    }

    public void Boundary(long tau)
    {
        var cell = CellMath.Of(tau, Step);
        Expire(cell - _cells, cell);
        for (var oldest = cell - _cells + 1; Table.Count > edgeCap && oldest < cell; oldest++) Expire(oldest, cell);
    }

    public long? NextBoundary(long tau)
    {
        if (IsTouched) return CellMath.Next(tau, Step);
        return Table.OldestFiled(CellMath.Of(tau, Step) + 1 - _cells) is { } filed ? (filed + _cells) * Step : null;
    }

    private void Expire(long cell, long now)
    {
        _ended.Clear();
        Table.TakeExpired(cell, now, _ended);
        foreach (var edge in _ended) Table.Remove(edge);
    }
}
