using System.Runtime.CompilerServices;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Values;

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

    /// <param name="prefixLength">In 128 bits; negative for an address.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Intern(Bits128 network, int prefixLength)
    {
        var hash = (network.Low ^ network.High ^ (ulong)prefixLength << 56) * 0x9E37_79B9_7F4A_7C15;
        ref var entry = ref _entries[hash >> (64 - Bits)];
        if (entry.Handle == 0 || entry.Network != network || entry.Prefix != prefixLength)
            entry = new Entry(network, prefixLength, Look(network, prefixLength) + 1);
        return entry.Handle - 1;
    }

    private int Look(Bits128 network, int prefixLength) =>
        KeyValues.Intern(table, prefixLength < 0 ? Value.OfIp(network) : Value.OfCidr(network, prefixLength));

    /// <summary><paramref name="Handle"/> + 1; 0 is an empty entry.</summary>
    private readonly record struct Entry(Bits128 Network, int Prefix, int Handle);
}
