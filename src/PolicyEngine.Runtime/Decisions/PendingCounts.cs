using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>
/// A measure kept row by row, or several of one family. Whether an event counts is known only when its turn comes, but it may be counted
/// later, as long as that is before anybody reads: many together cost less than each for itself.
/// </summary>
internal sealed class PendingCounts
{
    private readonly FamilyUnit _unit;
    private readonly BatchEvaluator _evaluator;
    private readonly RowEvaluator _rows;
    private readonly EveryReaders _every;
    private readonly bool _canWait;
    private readonly int[] _waiting;
    private readonly ulong[] _feed;
    private int _count;
    private EventBatch? _batch;

    public PendingCounts(Plan plan, FamilyUnit unit, BatchEvaluator evaluator, RowEvaluator rows, (EveryReaders Every, int BatchSize) host)
    {
        _unit = unit;
        _evaluator = evaluator;
        _rows = rows;
        _every = host.Every;
        _canWait = unit.Members.All(m => m.Feed == unit.Members[0].Feed && CanWait(plan, m));
        _waiting = new int[_canWait ? host.BatchSize : 0];
        _feed = new ulong[(_waiting.Length + 63) >> 6];
    }

    public int AfterStratum => _unit.AfterStratum;

    public IEnumerable<int> Measures => _unit.Places.Select(p => p.Measure);

    /// <summary>Takes the row in hand if the measures count it.</summary>
    public void Enter(in RowContext context)
    {
        var row = context.Row;
        if (!MayFeed(row, context)) return;
        if (!_canWait)
        {
            _every.Touch(_unit, _unit.Enter(context.Batch!, row, _rows, context), context.Tau);
            return;
        }
        if (!_rows.IsTrue(_unit.Members[0].Feed, context)) return;
        _batch = context.Batch;
        _waiting[_count++] = row;
        _feed[row >> 6] |= 1UL << (row & 63);
        _every.Touch(_unit, _evaluator.Vector(_unit.Members[0].Key).Handles[row], context.Tau);
    }

    private bool MayFeed(int row, in RowContext context)
    {
        foreach (var screen in _unit.FeedScreens)
            if (context.Vectors!.Find(screen)?.IsTrue(row) != false) return true;
        return false;
    }

    /// <summary>Counts what waits.</summary>
    public void Settle()
    {
        if (_count == 0) return;
        var rows = _waiting.AsSpan(0, _count);
        _count = 0;
        _unit.Enter(_batch!, rows, _feed, _evaluator);
        foreach (var row in rows) _feed[row >> 6] = 0;
    }

    /// <summary>What the event brings lies in columns, and it does not matter to the value which event it was.</summary>
    private static bool CanWait(Plan plan, MeasurePlan measure) =>
        measure.Aggregate is PlanAggregate.Count or PlanAggregate.Rate or PlanAggregate.Distinct && !measure.AmountIsGap && !measure.AmountReadsGap
        && plan.Nodes[measure.Key].IsPlain && (measure.Amount < 0 || plan.Nodes[measure.Amount].IsPlain);
}
