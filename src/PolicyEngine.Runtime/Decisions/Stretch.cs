using PolicyEngine.Runtime.Events;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>The rows of a batch that are applied between two cuts, and how far they have come.</summary>
internal sealed class Stretch(int batchSize)
{
    public EventBatch Batch { get; private set; } = null!;

    /// <summary>Rows that are not late, in their order: the first <see cref="Count"/>.</summary>
    public int[] Order { get; } = new int[batchSize];

    public int Count { get; private set; }

    /// <summary>The same rows as a bitmap.</summary>
    public ulong[] Rows { get; } = new ulong[(batchSize + 63) >> 6];

    public ulong[] LateRows { get; } = new ulong[(batchSize + 63) >> 6];

    /// <summary>Rows of entities of whom something has changed since the stretch began, before the turn of the row.</summary>
    public ulong[] Changed { get; } = new ulong[(batchSize + 63) >> 6];

    /// <summary>How many rows in order have had their turn, the one in hand among them.</summary>
    public int Entered { get; set; }

    public long Number { get; private set; }

    /// <summary>Words of a bitmap of the batch's rows.</summary>
    public int Words => (Batch.Count + 63) >> 6;

    public ReadOnlySpan<int> InOrder => Order.AsSpan(0, Count);

    public void Begin(EventBatch batch, int from, int to)
    {
        Batch = batch;
        Number++;
        Entered = 0;
        Count = 0;
        Array.Clear(Rows);
        Array.Clear(LateRows);
        Array.Clear(Changed);
        for (var i = from; i < to; i++)
        {
            var row = batch.Order[i];
            var late = batch.IsLate(row);
            (late ? LateRows : Rows)[row >> 6] |= 1UL << (row & 63);
            if (!late) Order[Count++] = row;
        }
    }

    /// <summary>The rows to come for which the vector holds a handle.</summary>
    public void CollectAhead(Vector handles, int handle, ulong[] into)
    {
        for (var i = Entered; i < Count; i++)
        {
            var row = Order[i];
            if (handles.Handles[row] == handle && handles.IsPresent(row)) into[row >> 6] |= 1UL << (row & 63);
        }
    }
}
