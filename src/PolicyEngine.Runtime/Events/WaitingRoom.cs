using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// Events in their total order. Most come in that order: they stand in a line, in a ring. Those that come too late for its end go to a
/// heap of places, so that an event stays where it is while its rank changes. The first of all is the first of either.
/// </summary>
internal sealed class WaitingRoom
{
    private readonly LinePool lines = new();
    private readonly Stack<int> freePlaces = new();
    private readonly List<int> inBatch = [];
    private WaitingEvent[] ring = new WaitingEvent[64];
    private int ringStart;
    private int ringCount;
    /// <summary>How many joined the line since the batch began: only they can be rows of it.</summary>
    private int ringFresh;
    private WaitingEvent[] places = new WaitingEvent[16];
    private int[] heap = new int[16];
    private int heapCount;
    private int used;

    /// <summary>The batch whose rows are meant; set before anything is compared.</summary>
    public EventBatch Batch { get; set; } = null!;

    public int Count => ringCount + heapCount;

    public ref WaitingEvent Top => ref IsRingFirst ? ref ring[ringStart] : ref places[heap[0]];

    /// <summary>A place behind the line, to be filled before <see cref="Push"/>; nothing else may be pushed in between.</summary>
    public ref WaitingEvent Next()
    {
        if (ringCount == ring.Length) Enlarge();
        return ref ring[(ringStart + ringCount) & (ring.Length - 1)];
    }

    /// <summary>Takes in what stands in <see cref="Next"/>.</summary>
    public void Push()
    {
        ref var entry = ref ring[(ringStart + ringCount) & (ring.Length - 1)];
        if (ringCount == 0 || !WaitingEvent.Precedes(entry, ring[(ringStart + ringCount - 1) & (ring.Length - 1)], Batch))
        {
            ringCount++;
            ringFresh++;
            return;
        }
        PushHeap(entry);
        entry.Bytes = null;
    }

    /// <summary>Takes the first out; its bytes are for <see cref="Release"/> to give back.</summary>
    public void Pop()
    {
        if (!IsRingFirst)
        {
            PopHeap();
            return;
        }
        ring[ringStart].Bytes = null;
        ringStart = (ringStart + 1) & (ring.Length - 1);
        ringCount--;
    }

    public void Release(in WaitingEvent entry)
    {
        if (entry.Bytes is not null) lines.Return(entry.Bytes);
    }

    /// <summary>Whether an event with this id and time waits.</summary>
    public bool Holds(Bits128 key, long time)
    {
        for (var i = 0; i < heapCount; i++)
            if (places[heap[i]].Key == key) return true;
        int from = 0, to = ringCount;
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (ring[(ringStart + middle) & (ring.Length - 1)].Time < time) from = middle + 1;
            else to = middle;
        }
        for (; from < ringCount; from++)
        {
            ref var entry = ref ring[(ringStart + from) & (ring.Length - 1)];
            if (entry.Time != time) return false;
            if (entry.Key == key) return true;
        }
        return false;
    }

    /// <summary>A batch ends: what waits in its rows gets bytes of its own.</summary>
    public void LeaveBatch()
    {
        for (var i = Math.Max(0, ringCount - ringFresh); i < ringCount; i++)
        {
            ref var entry = ref ring[(ringStart + i) & (ring.Length - 1)];
            if (entry.Row >= 0) Park(ref entry);
        }
        ringFresh = 0;
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

    private bool IsRingFirst => heapCount == 0 || (ringCount > 0 && WaitingEvent.Precedes(ring[ringStart], places[heap[0]], Batch));

    private void Enlarge()
    {
        var larger = new WaitingEvent[ring.Length * 2];
        for (var i = 0; i < ringCount; i++) larger[i] = ring[(ringStart + i) & (ring.Length - 1)];
        (ring, ringStart) = (larger, 0);
    }

    private void PushHeap(in WaitingEvent entry)
    {
        if (!freePlaces.TryPop(out var place)) place = used++;
        if (place == places.Length) Array.Resize(ref places, place * 2);
        if (heapCount == heap.Length) Array.Resize(ref heap, heapCount * 2);
        places[place] = entry;
        if (entry.Row >= 0) inBatch.Add(place);
        var at = heapCount++;
        for (; at > 0 && Precedes(place, heap[(at - 1) / 2]); at = (at - 1) / 2) heap[at] = heap[(at - 1) / 2];
        heap[at] = place;
    }

    private void PopHeap()
    {
        var place = heap[0];
        places[place] = new WaitingEvent { Row = -1 };
        freePlaces.Push(place);
        var last = heap[--heapCount];
        var at = 0;
        while (2 * at + 1 < heapCount)
        {
            var child = 2 * at + 1;
            if (child + 1 < heapCount && Precedes(heap[child + 1], heap[child])) child++;
            if (!Precedes(heap[child], last)) break;
            heap[at] = heap[child];
            at = child;
        }
        if (heapCount > 0) heap[at] = last;
    }

    private bool Precedes(int a, int b) => WaitingEvent.Precedes(places[a], places[b], Batch);
}
