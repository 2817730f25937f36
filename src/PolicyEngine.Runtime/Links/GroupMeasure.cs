using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Links;

/// <summary>
/// A measure per group (F7). Each member's cells are kept, and each group's, which are their sum: a merge adds them, a split adds the
/// members' again, so that history cannot matter.
/// </summary>
internal sealed class GroupMeasure(GroupMeasurePlan plan) : IGroupParts
{
    private readonly Queue<(int Member, Share Share)> _waiting = [];
    private CellStore?[] _members = [];
    private CellStore?[] _groups = [];
    private GroupTable _table = new();
    private ulong[] _feed = [];
    private ulong[]? _numerator;
    private Vector? _member;

    public GroupMeasurePlan Plan { get; private set; } = plan;

    public void Rebind(GroupMeasurePlan newPlan, GroupTable table)
    {
        Plan = newPlan;
        _table = table;
        Array.Clear(_groups);
    }

    /// <summary>Which rows of a stretch it counts.</summary>
    public void Screen(BatchEvaluator evaluator)
    {
        _feed = evaluator.Bits(Plan.Feed);
        _member = evaluator.Vector(Plan.Member);
        _numerator = Plan.Numerator < 0 ? null : evaluator.Bits(Plan.Numerator);
        if (Plan.Amount >= 0) evaluator.Vector(Plan.Amount);
    }

    public void Count(int row, RowEvaluator rows, in RowContext context)
    {
        if ((_feed[row >> 6] >> (row & 63) & 1) == 0 || !_member!.IsPresent(row) || _member.Handles[row] < 0) return;
        var holds = _numerator is not null && (_numerator[row >> 6] >> (row & 63) & 1) != 0;
        Count(_member.Handles[row], new Share(context.Tau, holds, AmountOf(rows, context)));
    }

    public void Count(RowEvaluator rows, in RowContext context)
    {
        if (!rows.IsTrue(Plan.Feed, context)) return;
        var member = rows.Handle(Plan.Member, context);
        if (member >= 0) Count(member, new Share(context.Tau, Plan.Numerator >= 0 && rows.IsTrue(Plan.Numerator, context), AmountOf(rows, context)));
    }

    public MeasureValue Read(int group, long tau)
    {
        TakeWaiting(tau);
        return _groups[group]!.Read(Plan, LastOut(tau));
    }

    /// <summary>Forgets members whose events are all too old (L2).</summary>
    public void Sweep(long tau)
    {
        var last = LastOut(tau);
        for (var member = 0; member < _members.Length; member++)
            if (_members[member] is { } store && store.Newest <= last) _members[member] = null;
    }

    public void Born(int group)
    {
        EdgeTable.Reserve(ref _groups, group);
        (_groups[group] ??= new CellStore()).Clear();
    }

    public void Added(int group, int member)
    {
        if (member < _members.Length && _members[member] is { } cells) _groups[group]!.Add(Plan, cells);
    }

    public void Merging(int from, int to) => _groups[to]!.Add(Plan, _groups[from]!);

    public void Emptied(int group) => _groups[group]!.Clear();

    public void Ended(int group) => _groups[group] = null;

    private void Count(int member, in Share share)
    {
        TakeWaiting(share.Time);
        if (Plan.Window.Ending == 0) Put(member, share);
        else _waiting.Enqueue((member, share));
    }

    /// <summary>What happened long enough ago for a window that ends before now.</summary>
    private void TakeWaiting(long tau)
    {
        while (_waiting.TryPeek(out var next) && next.Share.Time <= tau - Plan.Window.Ending)
        {
            _waiting.Dequeue();
            Put(next.Member, next.Share);
        }
    }

    private void Put(int member, in Share share)
    {
        var cell = CellMath.Of(share.Time, Plan.Window.Step);
        EdgeTable.Reserve(ref _members, member);
        var own = _members[member] ??= new CellStore();
        Put(own, cell, share);
        if (_table.Of(member) is not 0 and var group) Put(_groups[group]!, cell, share);
    }

    private void Put(CellStore store, long cell, in Share share)
    {
        if (store.Newest < cell) store.DropUpTo(cell - (Plan.Window.Length / Plan.Window.Step));
        store.Add(Plan, cell, share);
    }

    private long LastOut(long tau) => CellMath.Of(tau - Plan.Window.Ending, Plan.Window.Step) - (Plan.Window.Length / Plan.Window.Step);

    private Amount AmountOf(RowEvaluator rows, in RowContext context)
    {
        if (Plan.Amount < 0) return default;
        if (Plan.AmountDomain >= 0) return rows.Handle(Plan.Amount, context) is >= 0 and var handle ? new Amount(true, handle, false) : default;
        var value = rows.Evaluate(Plan.Amount, context);
        if (value.IsMissing) return default;
        return Tally.Whole(value.Kind) ? new Amount(true, value.Long, false) : new Amount(true, BitConverter.DoubleToInt64Bits(value.Double), true);
    }
}
