using PolicyEngine.Runtime.Events;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// Remembers the handles of addresses and networks seen lately, which are dearer to intern than to find here. A small table that newer
/// ones overwrite; handles are never taken back, so nothing in it grows stale.
/// </summary>
/// <param name="table">Where the handles come from.</param>
internal sealed class NetworkMemo(KeyTable table)
{
    private const int Bits = 12;
    private readonly Entry[] _entries = new Entry[1 << Bits];

    public KeyTable Table => table;

    public int Intern(Value value)
    {
        var hash = ((ulong)value.Network ^ (ulong)(value.Network >> 64) ^ (ulong)value.PrefixLength << 56) * 0x9E37_79B9_7F4A_7C15;
        ref var entry = ref _entries[hash >> (64 - Bits)];
        if (entry.Handle == 0 || entry.Network != value.Network || entry.Prefix != value.PrefixLength)
            entry = new Entry(value.Network, value.PrefixLength, KeyValues.Intern(table, value) + 1);
        return entry.Handle - 1;
    }

    /// <summary><paramref name="Handle"/> + 1; 0 is an empty entry.</summary>
    private readonly record struct Entry(UInt128 Network, int Prefix, int Handle);
}
