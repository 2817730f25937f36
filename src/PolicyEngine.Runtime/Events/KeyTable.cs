using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// Keys to dense handles, given out in order of first sight and never taken back. Keys of up to 15 bytes sit in the slot itself; longer
/// ones are found by their 128-bit hash and then compared. One thread interns; others may read the bytes of handles they were given.
/// </summary>
public sealed class KeyTable
{
    private const int InlineBytes = 15;
    private const int FirstPage = 4096;
    private const int LargestPage = 1 << 20;

    private readonly SeededHash128 hash;
    private Slot[] slots = new Slot[64];
    private int mask = 63;
    private Place[] places = new Place[32];
    private byte[][] pages = [];
    private int pageCount;
    private int pageUsed;

    /// <param name="seed">Secret, so that nobody outside can craft keys that share slots.</param>
    public KeyTable((ulong Low, ulong High) seed) => hash = new SeededHash128(new UInt128(seed.High, seed.Low));

    /// <summary>One more than the greatest handle.</summary>
    public int Count { get; private set; }

    /// <summary>The handle of the key, a new one if it was never seen.</summary>
    public int Intern(ReadOnlySpan<byte> key) => InternHashed(key, hash.Hash(key));

    /// <summary>The handle of the key, −1 if it was never interned.</summary>
    public int Find(ReadOnlySpan<byte> key)
    {
        var probe = Probe.Of(key, hash.Hash(key));
        return slots[Position(key, probe)].Handle - 1;
    }

    public ReadOnlySpan<byte> Bytes(int handle)
    {
        ref var place = ref places[handle];
        return pages[place.Page].AsSpan(place.Start, place.Length);
    }

    /// <summary>Where the key's bytes lie; the array is never written again at that place.</summary>
    public (byte[] Arena, int Start, int Length) Locate(int handle)
    {
        var place = places[handle];
        return (pages[place.Page], place.Start, place.Length);
    }

    /// <summary>By bytes: the order of keys wherever one is asked for, since handles are none.</summary>
    public int Compare(int a, int b) => a == b ? 0 : Bytes(a).SequenceCompareTo(Bytes(b));

    /// <summary>Ahead of <see cref="InternHashed"/>, so that a batch can ask for its slots early.</summary>
    internal UInt128 Hash(ReadOnlySpan<byte> key) => hash.Hash(key);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal unsafe void Prefetch(UInt128 hashed)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(slots), (nint)((int)hashed & mask))));
    }

    internal int InternHashed(ReadOnlySpan<byte> key, UInt128 hashed)
    {
        var probe = Probe.Of(key, hashed);
        ref var slot = ref slots[Position(key, probe)];
        if (slot.Handle != 0) return slot.Handle - 1;
        var handle = Append(key);
        slot = new Slot { Low = probe.Low, High = probe.High, Hash = probe.Hash, Length = key.Length, Handle = handle + 1 };
        if (Count * 2 > slots.Length) Grow();
        return handle;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Position(ReadOnlySpan<byte> key, in Probe probe)
    {
        var at = (int)probe.Hash & mask;
        while (true)
        {
            ref var slot = ref slots[at];
            if (slot.Handle == 0) return at;
            if (slot.Low == probe.Low && slot.High == probe.High && slot.Length == key.Length
                && (key.Length <= InlineBytes || Bytes(slot.Handle - 1).SequenceEqual(key)))
                return at;
            at = (at + 1) & mask;
        }
    }

    private int Append(ReadOnlySpan<byte> key)
    {
        if (pageCount == 0 || pages[pageCount - 1].Length - pageUsed < key.Length) AddPage(key.Length);
        if (Count == places.Length) Array.Resize(ref places, Count * 2);
        key.CopyTo(pages[pageCount - 1].AsSpan(pageUsed));
        places[Count] = new Place(pageCount - 1, pageUsed, key.Length);
        pageUsed += key.Length;
        return Count++;
    }

    private void AddPage(int atLeast)
    {
        if (pageCount == pages.Length) Array.Resize(ref pages, Math.Max(8, pageCount * 2));
        var usual = Math.Min(LargestPage, FirstPage << Math.Min(pageCount, 8));
        pages[pageCount++] = new byte[Math.Max(usual, atLeast)];
        pageUsed = 0;
    }

    private void Grow()
    {
        var old = slots;
        slots = new Slot[old.Length * 2];
        mask = slots.Length - 1;
        foreach (ref var slot in old.AsSpan())
        {
            if (slot.Handle == 0) continue;
            var at = (int)slot.Hash & mask;
            while (slots[at].Handle != 0) at = (at + 1) & mask;
            slots[at] = slot;
        }
    }

    private readonly record struct Place(int Page, int Start, int Length);

    /// <summary>32 bytes, two to a cache line. Low and High: the key itself, zero-padded, or the hash of a longer one.</summary>
    private struct Slot
    {
        public ulong Low;
        public ulong High;
        public ulong Hash;
        public int Length;
        /// <summary>Handle + 1; 0 is an empty slot.</summary>
        public int Handle;
    }

    private readonly record struct Probe(ulong Low, ulong High, ulong Hash)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Probe Of(ReadOnlySpan<byte> key, UInt128 hashed)
        {
            if (key.Length > InlineBytes) return new Probe((ulong)hashed, (ulong)(hashed >> 64), (ulong)hashed);
            var (low, high) = Padded(ref MemoryMarshal.GetReference(key), key.Length);
            return new Probe(low, high, (ulong)hashed);
        }

        /// <summary>Up to 15 bytes as two words, zeros behind them, read without leaving the key.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static (ulong Low, ulong High) Padded(ref byte key, int length)
        {
            if (length > 8)
                return (Unsafe.ReadUnaligned<ulong>(ref key), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref key, length - 8)) >> (8 * (16 - length)));
            if (length == 8) return (Unsafe.ReadUnaligned<ulong>(ref key), 0);
            if (length >= 4)
                return (Unsafe.ReadUnaligned<uint>(ref key) | (ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref key, length - 4)) << (8 * (length - 4)), 0);
            ulong word = 0;
            for (var i = 0; i < length; i++) word |= (ulong)Unsafe.Add(ref key, i) << (8 * i);
            return (word, 0);
        }
    }
}
