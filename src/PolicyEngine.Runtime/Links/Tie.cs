using PolicyEngine.Runtime.Decisions;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Links;

/// <summary>
/// One way in which events tie members to values. A stretch of a batch lies between two boundaries, so that all its rows stand in one
/// cell: known edges are told so column by column, and only rows that begin an edge are left to be taken in order.
/// </summary>
internal sealed class Tie(ITied tied, int way, WayPlan plan, int batchSize)
{
    private const int Block = 64;

    private readonly ulong[] _new = new ulong[(batchSize + 63) >> 6];
    private readonly int[] _rows = new int[Block];
    private int[]? _gate;
    private Vector _members = null!;
    private Vector _values = null!;

    public ITied Tied { get; } = tied;

    public WayPlan Plan { get; } = plan;

    /// <summary>Refreshes known edges; <paramref name="begin"/> gets the rows that may begin one.</summary>
    public void Screen(EventBatch batch, ReadOnlySpan<int> order, BatchEvaluator evaluator, ulong[] begin)
    {
        Array.Clear(_new);
        var feed = evaluator.Bits(Plan.Feed);
        _members = evaluator.Vector(Plan.Member);
        _values = evaluator.Vector(Plan.Value);
        var table = Tied.Way(way);
        var cell = (int)CellMath.Of(batch.Taus[order[0]], Tied.Step);
        for (var from = 0; from < order.Length; from += Block)
        {
            var count = 0;
            foreach (var row in order.Slice(from, Math.Min(Block, order.Length - from)))
            {
                if ((feed[row >> 6] >> (row & 63) & 1) == 0 || !IsTied(row)) continue;
                table.Prefetch(_members.Handles[row], _values.Handles[row]);
                _rows[count++] = row;
            }
            foreach (var row in _rows.AsSpan(0, count))
                if (!table.Refresh(_members.Handles[row], _values.Handles[row], cell)) _new[row >> 6] |= 1UL << (row & 63);
        }
        for (var w = 0; w < _new.Length; w++) begin[w] |= _new[w];
    }

    /// <summary>Where the feed waits for rules: rows that may begin an edge, or be the first that shows it in this cell.</summary>
    public void CollectRows(StateColumns columns, Stretch stretch, BatchEvaluator evaluator, ulong[] into)
    {
        Array.Clear(_new);
        var rows = _new.AsSpan(0, stretch.Words);
        Bitmaps.And(rows, stretch.Rows.AsSpan(0, rows.Length), evaluator.Bits(Plan.FeedScreen).AsSpan(0, rows.Length));
        foreach (var condition in columns.PartsOf(Plan.Feed))
            if (!Bitmaps.IsEmpty(rows)) Bitmaps.And(rows, columns.Bits(condition).AsSpan(0, rows.Length));
        var cell = (int)CellMath.Of(stretch.Batch.Taus[stretch.Order[0]], Tied.Step);
        var isKnown = evaluator.Vectors.Find(Plan.Member) is not null && evaluator.Vectors.Find(Plan.Value) is not null;
        if (isKnown) (_members, _values) = (evaluator.Vector(Plan.Member), evaluator.Vector(Plan.Value));
        var table = Tied.Way(way);
        foreach (var row in isKnown ? stretch.InOrder : [])
        {
            var bit = 1UL << (row & 63);
            if ((_new[row >> 6] & bit) != 0 && IsTied(row) && table.IsSeen(_members.Handles[row], _values.Handles[row], cell))
                _new[row >> 6] &= ~bit;
        }
        for (var w = 0; w < into.Length; w++) into[w] |= _new[w];
    }

    /// <summary>Begins the edge of a row, unless it has none or a row before it began the same.</summary>
    public bool Enter(int row, long tau) =>
        (_new[row >> 6] >> (row & 63) & 1) != 0 && Tied.Enter(way, _members.Handles[row], _values.Handles[row], tau);

    /// <summary>Where the feed waits for rules: the edge of the event in hand, if it makes one.</summary>
    public bool Enter(RowEvaluator rows, in RowContext context)
    {
        if (context.Vectors!.Find(Plan.FeedScreen)?.IsTrue(context.Row) == false) return false;
        _gate ??= [.. rows.Conditions.CheapPartsOf(Plan.Feed)];
        foreach (var condition in _gate)
            if (!rows.IsTrue(condition, context)) return false;
        // An edge that was seen in this cell already is not changed by another event, whatever else the feed asks.
        if (IsSeen(context) || !rows.IsTrue(Plan.Feed, context)) return false;
        var member = rows.Handle(Plan.Member, context);
        var value = member < 0 ? -1 : rows.Handle(Plan.Value, context);
        return value >= 0 && Tied.Enter(way, member, value, context.Tau);
    }

    private bool IsSeen(in RowContext context)
    {
        var row = context.Row;
        if (context.Vectors!.Find(Plan.Member) is not { } members || context.Vectors.Find(Plan.Value) is not { } values) return false;
        return members.IsPresent(row) && values.IsPresent(row)
            && Tied.Way(way).IsSeen(members.Handles[row], values.Handles[row], (int)CellMath.Of(context.Tau, Tied.Step));
    }

    private bool IsTied(int row) =>
        _members.IsPresent(row) && _values.IsPresent(row) && _members.Handles[row] >= 0 && _values.Handles[row] >= 0;
}
