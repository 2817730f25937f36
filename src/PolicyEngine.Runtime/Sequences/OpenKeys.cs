namespace PolicyEngine.Runtime.Sequences;

/// <summary>One bit per key: something of it is open, so that events which could only go on with it are worth a look.</summary>
internal sealed class OpenKeys
{
    private ulong[] _bits = [];

    public bool Has(int key) => key >> 6 < _bits.Length && (_bits[key >> 6] >> (key & 63) & 1) != 0;

    public void Set(int key, bool open)
    {
        var word = key >> 6;
        if (word >= _bits.Length)
        {
            if (!open) return;
            Array.Resize(ref _bits, Math.Max(word + 1, _bits.Length * 2));
        }
        if (open) _bits[word] |= 1UL << (key & 63);
        else _bits[word] &= ~(1UL << (key & 63));
    }
}
