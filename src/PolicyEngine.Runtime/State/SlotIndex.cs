namespace PolicyEngine.Runtime.State;

/// <summary>Dense handle to slot of a smaller table, for state that few keys have. Slots are given in order and kept.</summary>
internal sealed class SlotIndex
{
    private int[] _slots = [];

    public int Count { get; private set; }

    /// <summary>The slot of a handle, −1 when it has none.</summary>
    public int Find(int handle) => handle < _slots.Length ? _slots[handle] - 1 : -1;

    public int Add(int handle, out bool isNew)
    {
        if (handle >= _slots.Length) Array.Resize(ref _slots, Math.Max(64, Math.Max(handle + 1, _slots.Length * 2)));
        isNew = _slots[handle] == 0;
        if (isNew) _slots[handle] = ++Count;
        return _slots[handle] - 1;
    }
}
