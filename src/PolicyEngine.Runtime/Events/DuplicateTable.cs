using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Events;

internal enum Sighting : byte { First, Again, AgainDiffering }

/// <summary>
/// The (id, time) of events that were applied, in cells of one hour of the event's own time, so that the cell in use stays in the
/// cache and old ones are dropped whole (A11).
/// </summary>
internal sealed class DuplicateTable
{
    private const long CellLength = 3_600_000;
    private const int FirstSlots = 1024;

    private readonly Dictionary<long, Cell> cells = [];
    private readonly Stack<Cell> spare = new();
    private Cell? current;
    private long oldest = long.MaxValue;
    private long held;

    private long horizon;
    private long firstHour = long.MinValue;
    private long nextTurn = long.MinValue;
    private long lateness;
    private int cap;

    public DuplicateTable(EngineLimits limits) => Rebind(limits);

    public void Rebind(EngineLimits limits)
    {
        horizon = Math.Max(limits.DuplicateHorizon, lateness);
        cap = limits.DuplicateCap;
        nextTurn = long.MinValue;
    }

    /// <summary>Ids are never forgotten sooner than an ordered source may be late.</summary>
    public void CoverLateness(long atLeast)
    {
        lateness = Math.Max(lateness, atLeast);
        horizon = Math.Max(horizon, lateness);
        nextTurn = long.MinValue;
    }

    /// <summary>Notes the event unless it is older than the horizon. Content: a sum of its line. Clock: the greatest time so far, which
    /// drops cells.</summary>
    public Sighting Note(Bits128 key, ulong content, long time, long clock)
    {
        if (clock >= nextTurn) Turn(clock);
        var hour = current is not null && (ulong)(time - current.Hour * CellLength) < CellLength ? current.Hour : Hour(time);
        if (hour < firstHour) return Sighting.First;
        var seen = CellOf(hour).Note(key, content);
        if (seen == Sighting.First && ++held > cap) Shrink();
        return seen;
    }

    /// <summary>Whether the event was noted and is not forgotten at this clock.</summary>
    public bool Holds(Bits128 key, long time, long clock)
    {
        if (cells.Count == 0) return false;
        if (clock >= nextTurn) Turn(clock);
        return cells.TryGetValue(Hour(time), out var cell) && cell.Holds(key);
    }

    /// <summary>The event will be noted soon: its slot is asked for while its line is still being read.</summary>
    public void Prefetch(Bits128 key, long time)
    {
        if (current is not null && (ulong)(time - current.Hour * CellLength) < CellLength) current.Prefetch(key);
    }

    private static long Hour(long time) => time >= 0 ? time / CellLength : (time + 1) / CellLength - 1;

    /// <summary>Once an hour by the clock: cells that ended before the horizon go.</summary>
    private void Turn(long clock)
    {
        firstHour = Hour(clock - horizon);
        nextTurn = (firstHour + 1) * CellLength + horizon;
        while (oldest < firstHour) DropOldest();
    }

    private Cell CellOf(long hour)
    {
        if (current is not null && current.Hour == hour) return current;
        var before = current;
        if (!cells.TryGetValue(hour, out current))
        {
            // Hours are of about a size: a table that need not grow is made and filled once.
            if (!spare.TryPop(out current)) current = new Cell(before?.Capacity ?? FirstSlots);
            current.Hour = hour;
            cells.Add(hour, current);
            oldest = Math.Min(oldest, hour);
        }
        return current;
    }

    private void Shrink()
    {
        while (held > cap && cells.Count > 0) DropOldest();
    }

    private void DropOldest()
    {
        cells.Remove(oldest, out var cell);
        held -= cell!.Count;
        cell.Clear();
        spare.Push(cell);
        if (ReferenceEquals(current, cell)) current = null;
        oldest = cells.Count == 0 ? long.MaxValue : cells.Keys.Min();
    }

    private sealed class Cell(int capacity)
    {
        private Slot[] slots = new Slot[capacity];

        public long Hour { get; set; }

        public int Count { get; private set; }

        public int Capacity => slots.Length;

        public void Clear()
        {
            slots.AsSpan().Clear();
            Count = 0;
        }

        public Sighting Note(Bits128 key, ulong content)
        {
            var at = Find(key);
            ref var slot = ref slots[at];
            if (slot.High != 0) return slot.Content == content ? Sighting.Again : Sighting.AgainDiffering;
            slot = new Slot(key.Low, HighOf(key), content);
            if (++Count * 4 > slots.Length * 3) Grow();
            return Sighting.First;
        }

        public bool Holds(Bits128 key) => slots[Find(key)].High != 0;

        public unsafe void Prefetch(Bits128 key)
        {
            if (Sse.IsSupported)
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(slots), (int)key.Low & (slots.Length - 1))));
        }

        private int Find(Bits128 key)
        {
            ulong low = key.Low, high = HighOf(key);
            var mask = slots.Length - 1;
            var at = (int)low & mask;
            while (true)
            {
                ref var slot = ref slots[at];
                if (slot.High == 0 || (slot.Low == low && slot.High == high)) return at;
                at = (at + 1) & mask;
            }
        }

        /// <summary>All zero marks an empty slot.</summary>
        private static ulong HighOf(Bits128 key) => key.High | 1;

        private void Grow()
        {
            var old = slots;
            slots = new Slot[old.Length * 2];
            foreach (var slot in old)
            {
                if (slot.High == 0) continue;
                var at = (int)slot.Low & (slots.Length - 1);
                while (slots[at].High != 0) at = (at + 1) & (slots.Length - 1);
                slots[at] = slot;
            }
        }
    }

    private readonly record struct Slot(ulong Low, ulong High, ulong Content);
}
