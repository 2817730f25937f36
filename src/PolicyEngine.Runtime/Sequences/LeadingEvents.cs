using PolicyEngine.Runtime.Matching;

namespace PolicyEngine.Runtime.Sequences;

/// <summary>
/// The newest events of a first step that is asked for several times: the partials of its states are the ends of this list, so
/// nothing has to be moved when one more comes.
/// </summary>
internal sealed class LeadingEvents(int capacity, int kept)
{
    private readonly long[] _taus = new long[capacity];
    private readonly KeptId[] _ids = new KeptId[capacity];
    private int _start;

    public int Key { get; set; }

    public int Count { get; private set; }

    public bool IsFull => Count == capacity;

    public long OldestTau => _taus[_start];

    public long NewestTau => _taus[(_start + Count - 1) % capacity];

    public ReadOnlySpan<byte> OldestId => _ids[_start].Bytes;

    /// <summary>Values kept of the newest.</summary>
    public Value[] Kept { get; set; } = new Value[kept];

    /// <summary>Forgets those that no event from τ on could still complete.</summary>
    public void Forget(long tau, long within)
    {
        while (Count > 0 && tau - OldestTau >= within) RemoveOldest();
    }

    public void Add(long tau, ReadOnlySpan<byte> id)
    {
        if (IsFull) RemoveOldest();
        var at = (_start + Count++) % capacity;
        _taus[at] = tau;
        _ids[at].Set(id);
    }

    public void Clear()
    {
        Count = 0;
        Array.Clear(Kept);
    }

    private void RemoveOldest()
    {
        _start = (_start + 1) % capacity;
        Count--;
    }
}
