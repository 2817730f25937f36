using System.Runtime.CompilerServices;

namespace PolicyEngine.Runtime.Links;

/// <summary>
/// Live edges (member, value) of one way, each with the cell of its newest event (F2). A known edge costs one look-up and at most one
/// store; lists by member, by value and by cell are touched only when an edge begins or ends. Members and values are handles.
/// </summary>
internal sealed partial class EdgeTable
{
    private const ulong Spread = 0x9E3779B97F4A7C15;

    private readonly long _cells;
    private readonly int[] _filed;
    private Slot[] _slots = new Slot[64];
    private int _shift = 58;
    private Edge[] _edges = new Edge[32];
    private int _used = 1;
    private int _free;
    private int[] _firstOfMember = [];
    private ValueState[] _values = [];

    /// <param name="cells">How many cells an edge lives after its newest event's.</param>
    /// <param name="watches">Labels whose bearers are counted around each value.</param>
    public EdgeTable(long cells, IReadOnlyList<LabelWatch> watches)
    {
        _cells = cells;
        _filed = new int[cells + 1];
        Rebind(watches);
    }

    /// <summary>Live edges.</summary>
    public int Count { get; private set; }

    /// <summary>Numbers of edges are greater than 0.</summary>
    public ref Edge this[int edge] => ref _edges[edge];

    public int FirstOfMember(int member) => member < _firstOfMember.Length ? _firstOfMember[member] : 0;

    public int FirstOfValue(int value) => value < _values.Length ? _values[value].First : 0;

    /// <summary>Members with a live edge to the value.</summary>
    public int DegreeOf(int value) => value < _values.Length ? _values[value].Degree : 0;

    public ref ValueState StateOf(int value) => ref _values[value];

    /// <summary>If the edge is known, tells it that it was seen in a cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Refresh(int member, int value, int cell)
    {
        var key = KeyOf(member, value);
        for (var at = Home(key); ; at = (at + 1) & (_slots.Length - 1))
        {
            ref var slot = ref _slots[at];
            if (slot.Edge == 0) return false;
            if (slot.Key != key) continue;
            if (slot.Cell != cell) slot.Cell = cell;
            return true;
        }
    }

    public bool Contains(int member, int value) => Find(member, value) >= 0;

    /// <summary>The edge is known, and its newest event lies in the cell.</summary>
    public bool IsSeen(int member, int value, int cell) => Find(member, value) is >= 0 and var at && _slots[at].Cell == cell;

    private int Find(int member, int value)
    {
        var key = KeyOf(member, value);
        for (var at = Home(key); _slots[at].Edge != 0; at = (at + 1) & (_slots.Length - 1))
            if (_slots[at].Key == key) return at;
        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int member, int value) => Measures.Prefetch.Line(_slots, Home(KeyOf(member, value)));

    /// <summary>Begins an edge that is not known yet.</summary>
    public int Add(int member, int value, long cell)
    {
        if ((Count + 1) * 2 > _slots.Length) Grow();
        var edge = Take();
        Reserve(ref _firstOfMember, member);
        Reserve(ref _values, value);
        ref var state = ref _values[value];
        _edges[edge] = new Edge { Member = member, Value = value, NextOfMember = _firstOfMember[member], NextOfValue = state.First };
        if (_firstOfMember[member] != 0) _edges[_firstOfMember[member]].PreviousOfMember = edge;
        if (state.First != 0) _edges[state.First].PreviousOfValue = edge;
        _firstOfMember[member] = edge;
        state.First = edge;
        state.Degree++;
        Count++;
        Put(new Slot { Key = KeyOf(member, value), Cell = (int)cell, Edge = edge });
        File(edge, cell);
        CountLabels(member, value, 1);
        return edge;
    }

    public void Remove(int edge)
    {
        var ended = _edges[edge];
        ref var state = ref _values[ended.Value];
        if (ended.PreviousOfMember != 0) _edges[ended.PreviousOfMember].NextOfMember = ended.NextOfMember;
        else _firstOfMember[ended.Member] = ended.NextOfMember;
        if (ended.NextOfMember != 0) _edges[ended.NextOfMember].PreviousOfMember = ended.PreviousOfMember;
        if (ended.PreviousOfValue != 0) _edges[ended.PreviousOfValue].NextOfValue = ended.NextOfValue;
        else state.First = ended.NextOfValue;
        if (ended.NextOfValue != 0) _edges[ended.NextOfValue].PreviousOfValue = ended.PreviousOfValue;
        state.Degree--;
        if (ended.IsJoined) state.Joined--;
        CountLabels(ended.Member, ended.Value, -1);
        Empty(FindSlot(KeyOf(ended.Member, ended.Value)));
        _edges[edge].NextOfMember = _free;
        _free = edge;
        Count--;
    }

    /// <summary>
    /// Edges whose newest event lies in <paramref name="cell"/>, the oldest that may have any; those seen since are filed anew, so that
    /// seeing an edge again need not move it. The caller removes them.
    /// </summary>
    /// <param name="now">The cell in hand.</param>
    public void TakeExpired(long cell, long now, List<int> into)
    {
        ref var first = ref _filed[Bucket(cell)];
        var edge = first;
        first = 0;
        while (edge != 0)
        {
            var next = _edges[edge].NextFiled;
            var seen = CellOf(edge, now);
            if (seen > cell) File(edge, seen);
            else into.Add(edge);
            edge = next;
        }
    }

    /// <summary>The oldest cell at or after <paramref name="from"/> under which an edge is filed; null when there is none.</summary>
    public long? OldestFiled(long from)
    {
        if (Count == 0) return null;
        for (var cell = from; cell <= from + _cells; cell++)
            if (_filed[Bucket(cell)] != 0) return cell;
        return null;
    }

    /// <summary>The cell of the edge's newest event.</summary>
    public long CellOf(int edge, long now)
    {
        // Cells are kept in 32 bits: a live edge is never so old that the difference would not fit.
        var stored = _slots[FindSlot(KeyOf(_edges[edge].Member, _edges[edge].Value))].Cell;
        return now - (uint)((int)now - stored);
    }

    public void SetJoined(int edge, bool joined)
    {
        if (_edges[edge].IsJoined == joined) return;
        _edges[edge].IsJoined = joined;
        _values[_edges[edge].Value].Joined += joined ? 1 : -1;
    }

    private void File(int edge, long cell)
    {
        ref var first = ref _filed[Bucket(cell)];
        _edges[edge].NextFiled = first;
        first = edge;
    }

    private int Bucket(long cell)
    {
        var bucket = cell % _filed.Length;
        return (int)(bucket < 0 ? bucket + _filed.Length : bucket);
    }

    private static ulong KeyOf(int member, int value) => ((ulong)(uint)member << 32) | (uint)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Home(ulong key) => (int)((key ^ (key >> 29)) * Spread >> _shift);

    private int FindSlot(ulong key)
    {
        var at = Home(key);
        while (_slots[at].Key != key || _slots[at].Edge == 0) at = (at + 1) & (_slots.Length - 1);
        return at;
    }

    private void Put(in Slot slot)
    {
        var at = Home(slot.Key);
        while (_slots[at].Edge != 0) at = (at + 1) & (_slots.Length - 1);
        _slots[at] = slot;
    }

    /// <summary>Empties a slot and moves up those behind it that could not have their own.</summary>
    private void Empty(int hole)
    {
        var mask = _slots.Length - 1;
        for (var at = (hole + 1) & mask; _slots[at].Edge != 0; at = (at + 1) & mask)
        {
            if (((at - Home(_slots[at].Key)) & mask) < ((at - hole) & mask)) continue;
            _slots[hole] = _slots[at];
            hole = at;
        }
        _slots[hole] = default;
    }

    private int Take()
    {
        if (_free != 0)
        {
            var taken = _free;
            _free = _edges[taken].NextOfMember;
            return taken;
        }
        if (_used == _edges.Length) Array.Resize(ref _edges, _used * 2);
        return _used++;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new Slot[old.Length * 2];
        _shift--;
        foreach (ref var slot in old.AsSpan())
            if (slot.Edge != 0) Put(slot);
    }

    internal static void Reserve<T>(ref T[] array, int index)
    {
        if (index >= array.Length) Array.Resize(ref array, Math.Max(64, Math.Max(index + 1, array.Length * 2)));
    }

    /// <summary>16 bytes, four to a cache line. Edge 0: empty.</summary>
    private struct Slot
    {
        public ulong Key;
        public int Cell;
        public int Edge;
    }
}

/// <summary>A member bore a value. Lists by member and by value go both ways, so that an edge leaves them at once; 0 ends them.</summary>
internal struct Edge
{
    public int Member;
    public int Value;
    public int NextOfMember;
    public int PreviousOfMember;
    public int NextOfValue;
    public int PreviousOfValue;
    public int NextFiled;
    /// <summary>It belongs to the graph: its value was no public one when it was to decide (F4).</summary>
    public bool IsJoined;
}

internal struct ValueState
{
    public int First;
    public int Degree;
    /// <summary>Of its edges those that are in the graph.</summary>
    public int Joined;
    /// <summary>The walk that saw it last.</summary>
    public int Walk;
    /// <summary>Borne by too many: links nobody more until a boundary says otherwise (F3).</summary>
    public bool IsPublic;
    /// <summary>The next boundary must look whether it links.</summary>
    public bool IsTouched;
}
