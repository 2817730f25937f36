using System.Runtime.CompilerServices;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// The keys that a family has counted: from the handle to a slot, from the slot to its header in one array. Slot 0 belongs to nobody
/// and stays empty, so a key never seen reads like one that has nothing.
/// </summary>
internal sealed class FamilyKeys
{
    /// <summary>Header word with the time of the last counted event, <see cref="Never"/> before the first.</summary>
    public const int LastTime = 0;
    public const long Never = long.MinValue;
    private int[] _slots = new int[64];
    private int[] _handles = new int[64];
    private long[] _headers = [];
    private int _free;

    public int Stride { get; private set; }

    public long[] Headers => _headers;

    public int Count { get; private set; }

    /// <summary>One past the greatest slot ever used.</summary>
    public int End { get; private set; } = 1;

    public long Bytes => _slots.LongLength * sizeof(int) + _handles.LongLength * sizeof(int) + _headers.LongLength * sizeof(long);

    public void Seal(int stride)
    {
        // Headers begin on cache lines, so none touches one more than it must.
        Stride = stride > 4 ? (stride + 7) & ~7 : stride;
        _headers = new long[Stride * _handles.Length];
    }

    /// <summary>0: the handle was never counted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(int handle) => (uint)handle < (uint)_slots.Length ? _slots[handle] : 0;

    public void AskFor(int handle) => Prefetch.Line(_slots, handle);

    /// <summary>−1: the slot is free.</summary>
    public int HandleOf(int slot) => _handles[slot] - 1;

    public int Add(int handle)
    {
        if (handle >= _slots.Length)
            Array.Resize(ref _slots, Math.Max(_slots.Length * 2, handle + 1));
        var slot = _free;
        if (slot != 0)
        {
            _free = (int)_headers[slot * Stride];
        }
        else
        {
            if (End == _handles.Length)
                Grow();
            slot = End++;
        }
        Count++;
        _headers[slot * Stride + LastTime] = Never;
        _slots[handle] = slot;
        _handles[slot] = handle + 1;
        return slot;
    }

    public void Remove(int slot)
    {
        _slots[_handles[slot] - 1] = 0;
        _handles[slot] = 0;
        _headers.AsSpan(slot * Stride, Stride).Clear();
        _headers[slot * Stride] = _free;
        _free = slot;
        Count--;
    }

    private void Grow()
    {
        Array.Resize(ref _handles, _handles.Length * 2);
        Array.Resize(ref _headers, checked(_handles.Length * Stride));
    }
}
