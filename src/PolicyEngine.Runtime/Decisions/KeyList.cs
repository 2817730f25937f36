namespace PolicyEngine.Runtime.Decisions;

/// <summary>Keys, each once, in the order in which they came; adding one that is there costs a bit.</summary>
internal sealed class KeyList
{
    private ulong[] _bits = [];
    private int[] _keys = new int[16];
    private int _count;

    public ReadOnlySpan<int> Keys => _keys.AsSpan(0, _count);

    public bool Has(int key) => key >> 6 < _bits.Length && (_bits[key >> 6] >> (key & 63) & 1) != 0;

    public void Add(int key)
    {
        if (key >> 6 >= _bits.Length) Array.Resize(ref _bits, Math.Max((key >> 6) + 1, _bits.Length * 2));
        ref var word = ref _bits[key >> 6];
        var bit = 1UL << (key & 63);
        if ((word & bit) != 0) return;
        word |= bit;
        if (_count == _keys.Length) Array.Resize(ref _keys, _count * 2);
        _keys[_count++] = key;
    }

    public void Clear()
    {
        foreach (var key in Keys) _bits[key >> 6] = 0;
        _count = 0;
    }
}
