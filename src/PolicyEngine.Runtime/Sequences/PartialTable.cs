using PolicyEngine.Runtime.Matching;

namespace PolicyEngine.Runtime.Sequences;

/// <summary>A sequence that has begun. Times in milliseconds.</summary>
internal struct Partial
{
    /// <summary>−1 for a record that is free.</summary>
    public int Key;
    /// <summary>The record of the same key in the next lower occupied state; −1 for the last. Of free records: the next free one.</summary>
    public int Next;
    /// <summary>How many events it has met.</summary>
    public int State;
    public long First;
    public long Last;
    public long LastSequence;
}

/// <summary>The partials of one sequence: for each key a list from its highest state down. Records are used again.</summary>
internal sealed class PartialTable(int steps, int kept)
{
    private const int None = -1;
    private Partial[] _items = [];
    private KeptId[] _ids = [];
    private Value[] _kept = [];
    /// <summary>Record + 1 by key; 0: none.</summary>
    private int[] _heads = [];
    private int _used;
    private int _free = None;

    public int Count { get; private set; }

    public ref Partial this[int item] => ref _items[item];

    /// <summary>Records that were ever used; free ones among them have no key.</summary>
    public int Used => _used;

    public int Head(int key) => key < _heads.Length ? _heads[key] - 1 : None;

    public Span<Value> Kept(int item) => _kept.AsSpan(item * kept, kept);

    /// <summary>The first event of a step that was met.</summary>
    public ref KeptId FirstId(int item, int step) => ref _ids[((item * steps) + step) * 2];

    /// <summary>The newest event of a step that was met.</summary>
    public ref KeptId LastId(int item, int step) => ref _ids[(((item * steps) + step) * 2) + 1];

    /// <summary>A record in a state that the key does not occupy.</summary>
    public int Add(int key, int state)
    {
        var item = Take();
        if (key >= _heads.Length) Array.Resize(ref _heads, Math.Max(64, Math.Max(key + 1, _heads.Length * 2)));
        var (above, below) = (None, _heads[key] - 1);
        while (below != None && _items[below].State > state) (above, below) = (below, _items[below].Next);
        _items[item] = new Partial { Key = key, State = state, Next = below };
        if (above == None) _heads[key] = item + 1;
        else _items[above].Next = item;
        return item;
    }

    /// <summary>Takes a record out of the list of its key; its values stay until it is released.</summary>
    public void Unlink(int item)
    {
        ref var partial = ref _items[item];
        var head = _heads[partial.Key] - 1;
        if (head == item)
        {
            _heads[partial.Key] = partial.Next + 1;
            return;
        }
        while (_items[head].Next != item) head = _items[head].Next;
        _items[head].Next = partial.Next;
    }

    public void Release(int item)
    {
        Kept(item).Clear();
        _items[item] = new Partial { Key = None, Next = _free };
        _free = item;
        Count--;
    }

    public void Remove(int item)
    {
        Unlink(item);
        Release(item);
    }

    /// <summary>Kept values by new places: what was at <c>from[i]</c> comes to i; −1: nothing was.</summary>
    public void Rearrange(IReadOnlyList<int> from)
    {
        var rearranged = new Value[_items.Length * from.Count];
        for (var item = 0; item < _used; item++)
            for (var i = 0; i < from.Count; i++)
                if (from[i] >= 0) rearranged[(item * from.Count) + i] = Kept(item)[from[i]];
        _kept = rearranged;
        kept = from.Count;
    }

    private int Take()
    {
        Count++;
        if (_free != None)
        {
            var item = _free;
            _free = _items[item].Next;
            return item;
        }
        if (_used == _items.Length) Grow();
        return _used++;
    }

    private void Grow()
    {
        var length = Math.Max(16, _items.Length * 2);
        Array.Resize(ref _items, length);
        Array.Resize(ref _ids, length * steps * 2);
        Array.Resize(ref _kept, length * kept);
    }
}
