using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>
/// A measure kept row by row, or several of one family. Whether an event counts is known only when its turn comes, but it may be counted
/// later, as long as that is before anybody reads: many together cost less than each for itself. Where it hangs on the event, labels and
/// scores alone, a bitmap says for most rows whether they count.
/// </summary>
internal sealed class PendingCounts
{
    private readonly FamilyUnit _unit;
    private readonly BatchEvaluator _evaluator;
    private readonly RowEvaluator _rows;
    private readonly EveryReaders _every;
    private readonly Stretch _stretch;
    private readonly int[] _columns;
    private readonly bool _canWait;
    private readonly int[] _waiting;
    private readonly ulong[] _feed;
    private readonly ulong[] _open;
    private int _count;
    private int _settled;

    public PendingCounts(
        Plan plan, FamilyUnit unit, (BatchEvaluator Batches, RowEvaluator Rows) evaluators, EveryReaders every, Stretch stretch)
    {
        _unit = unit;
        (_evaluator, _rows) = evaluators;
        _every = every;
        _stretch = stretch;
        var feed = plan.Nodes[unit.Members[0].Feed];
        int[] parts = feed.Op == Op.And ? feed.Inputs : [feed.Id];
        _columns = unit.Members.All(m => m.Feed == feed.Id) ? [.. parts.Where(_rows.Conditions.IsColumn)] : [];
        _canWait = unit.Members.All(m => m.Feed == feed.Id && CanWait(plan, m));
        IsColumn = _canWait && _columns.Length == parts.Length && AfterStratum < 0 && !every.HasReaders(unit);
        _waiting = new int[_canWait ? stretch.Order.Length : 0];
        _feed = new ulong[stretch.Rows.Length];
        _open = new ulong[stretch.Rows.Length];
    }

    public int AfterStratum => _unit.AfterStratum;

    public IEnumerable<int> Measures => _unit.Places.Select(p => p.Measure);

    /// <summary>Rows need not be looked at to be counted.</summary>
    public bool IsColumn { get; }

    public void Begin(StateColumns columns, ulong[] visits)
    {
        (_count, _settled) = (0, 0);
        var words = _stretch.Words;
        var open = _open.AsSpan(0, words);
        open.Clear();
        foreach (var screen in _unit.FeedScreens) Bitmaps.Or(open, _evaluator.Bits(screen));
        Bitmaps.And(open, _stretch.Rows.AsSpan(0, words));
        open.CopyTo(_feed);
        foreach (var column in _columns)
            if (!Bitmaps.IsEmpty(open)) Bitmaps.And(open, columns.Bits(column).AsSpan(0, words));
        if (IsColumn) open.CopyTo(_feed);
        else Bitmaps.Or(visits.AsSpan(0, words), open);
    }

    /// <summary>Something of the row's entity has changed since its bit was set.</summary>
    public void Correct(in RowContext context)
    {
        var bit = 1UL << (context.Row & 63);
        ref var word = ref _feed[context.Row >> 6];
        if (!IsColumn) return;
        if (_rows.IsTrue(_unit.Members[0].Feed, context)) word |= bit;
        else word &= ~bit;
    }

    /// <summary>Takes the row in hand if the measures count it.</summary>
    public void Enter(in RowContext context)
    {
        var row = context.Row;
        if (IsColumn || (_feed[row >> 6] >> (row & 63) & 1) == 0) return;
        if (!_canWait)
        {
            _every.Touch(_unit, _unit.Enter(context.Batch!, row, _rows, context), _rows, context);
            return;
        }
        if (!_rows.IsTrue(_unit.Members[0].Feed, context)) return;
        _waiting[_count++] = row;
        _every.Touch(_unit, _evaluator.Vector(_unit.Members[0].Key).Handles[row], _rows, context);
    }

    /// <summary>Counts what waits.</summary>
    public void Settle()
    {
        if (IsColumn)
        {
            for (; _settled < _stretch.Entered; _settled++)
            {
                var row = _stretch.Order[_settled];
                if ((_feed[row >> 6] >> (row & 63) & 1) != 0) _waiting[_count++] = row;
            }
        }
        if (_count == 0) return;
        _unit.Enter(_stretch.Batch, _waiting.AsSpan(0, _count), _feed, _evaluator);
        _count = 0;
    }

    /// <summary>What the event brings lies in columns, and it does not matter to the value which event it was.</summary>
    private static bool CanWait(Plan plan, MeasurePlan measure) =>
        measure.Aggregate is PlanAggregate.Count or PlanAggregate.Rate or PlanAggregate.Distinct && !measure.AmountIsGap && !measure.AmountReadsGap
        && plan.Nodes[measure.Key].IsPlain && (measure.Amount < 0 || plan.Nodes[measure.Amount].IsPlain);
}
