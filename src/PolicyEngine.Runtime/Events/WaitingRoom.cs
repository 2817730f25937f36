namespace PolicyEngine.Runtime.Events;

/// <summary>
/// An event that is not applied yet: as a row of the batch being filled, or (Row −1) as its id and line in bytes of its own.
/// A late event stands at the watermark it met.
/// </summary>
internal struct WaitingEvent
{
    public long Time;
    public long Sequence;
    public long Arrival;
    /// <summary>Hash of id and time, for duplicates.</summary>
    public UInt128 Key;
    public bool IsLate;
    public int Source;
    public long Line;
    public int Row;
    public byte[]? Bytes;
    public int IdLength;
    public int LineLength;

    public readonly ReadOnlySpan<byte> Id(EventBatch batch) => Row >= 0 ? batch.Id(Row) : Bytes.AsSpan(0, IdLength);

    public readonly ReadOnlySpan<byte> Text => Bytes.AsSpan(IdLength, LineLength);
}

/// <summary>
/// Events in the total order (time, sequence, id), arrival last; late ones before all others of their place, by arrival. A heap of
/// places, so that an event stays where it is while its rank changes.
/// </summary>
internal sealed class WaitingRoom
{
    private readonly LinePool lines = new();
    private readonly Stack<int> freePlaces = new();
    private readonly List<int> inBatch = [];
    private WaitingEvent[] places = new WaitingEvent[64];
    private int[] heap = new int[64];
    private int used;

    /// <summary>The batch whose rows are meant; set before anything is compared.</summary>
    public EventBatch Batch { get; set; } = null!;

    public int Count { get; private set; }

    public ref readonly WaitingEvent Top => ref places[heap[0]];

    public void Push(in WaitingEvent entry)
    {
        if (!freePlaces.TryPop(out var place)) place = used++;
        if (place == places.Length) Array.Resize(ref places, place * 2);
        if (Count == heap.Length) Array.Resize(ref heap, Count * 2);
        places[place] = entry;
        if (entry.Row >= 0) inBatch.Add(place);
        var at = Count++;
        for (; at > 0 && Precedes(place, heap[(at - 1) / 2]); at = (at - 1) / 2) heap[at] = heap[(at - 1) / 2];
        heap[at] = place;
    }

    /// <summary>Takes the first out; its bytes go back to the pool with <see cref="Release"/>.</summary>
    public WaitingEvent Pop()
    {
        var place = heap[0];
        var entry = places[place];
        places[place] = new WaitingEvent { Row = -1 };
        freePlaces.Push(place);
        var last = heap[--Count];
        var at = 0;
        while (2 * at + 1 < Count)
        {
            var child = 2 * at + 1;
            if (child + 1 < Count && Precedes(heap[child + 1], heap[child])) child++;
            if (!Precedes(heap[child], last)) break;
            heap[at] = heap[child];
            at = child;
        }
        if (Count > 0) heap[at] = last;
        return entry;
    }

    public void Release(in WaitingEvent entry)
    {
        if (entry.Bytes is not null) lines.Return(entry.Bytes);
    }

    /// <summary>A batch ends: what waits in its rows gets bytes of its own.</summary>
    public void LeaveBatch()
    {
        foreach (var place in inBatch)
            if (places[place].Row >= 0) Park(ref places[place]);
        inBatch.Clear();
    }

    public void Park(ref WaitingEvent entry)
    {
        var id = Batch.Id(entry.Row);
        var line = Batch.Text.AsSpan(Batch.LineStarts[entry.Row], Batch.LineLengths[entry.Row]);
        entry.Bytes = lines.Take(id.Length + line.Length);
        entry.IdLength = id.Length;
        entry.LineLength = line.Length;
        id.CopyTo(entry.Bytes);
        line.CopyTo(entry.Bytes.AsSpan(id.Length));
        entry.Row = -1;
    }

    private bool Precedes(int a, int b)
    {
        ref var left = ref places[a];
        ref var right = ref places[b];
        if (left.Time != right.Time) return left.Time < right.Time;
        if (left.IsLate != right.IsLate) return left.IsLate;
        if (left.IsLate) return left.Arrival < right.Arrival;
        if (left.Sequence != right.Sequence) return left.Sequence < right.Sequence;
        var order = left.Id(Batch).SequenceCompareTo(right.Id(Batch));
        return order != 0 ? order < 0 : left.Arrival < right.Arrival;
    }
}
