using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// Keys to dense handles, given out in order of first sight and never taken back. Keys of up to 15 bytes sit in the slot itself; longer
/// ones are found by their 128-bit hash and then compared. One thread interns; others may read the bytes of handles they were given.
/// </summary>
public sealed class KeyTable
{
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
    public KeyTable((ulong Low, ulong High) seed) => hash = new SeededHash128(new Bits128(seed.High, seed.Low));

    /// <summary>One more than the greatest handle.</summary>
    public int Count { get; private set; }

    /// <summary>The handle of the key, a new one if it was never seen.</summary>
    public int Intern(ReadOnlySpan<byte> key) => Intern(key, KeyProbe.Of(key, hash));

    /// <summary>The handle of the key, −1 if it was never interned.</summary>
    public int Find(ReadOnlySpan<byte> key) => slots[Position(key, KeyProbe.Of(key, hash))].Handle - 1;

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

    /// <summary>What <see cref="Intern(ReadOnlySpan{byte}, in KeyProbe)"/> needs, so that a batch can ask for its slots early.</summary>
    internal KeyProbe Probe(ReadOnlySpan<byte> key) => KeyProbe.Of(key, hash);

    /// <summary>The same for a key behind whose start at least 16 bytes may be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal KeyProbe ProbePadded(ref byte key, int length) => KeyProbe.OfPadded(ref key, length, hash);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal unsafe void Prefetch(in KeyProbe probe)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(slots), (nint)((int)probe.Hash & mask))));
    }

    internal int Intern(ReadOnlySpan<byte> key, in KeyProbe probe)
    {
        ref var slot = ref slots[Position(key, probe)];
        if (slot.Handle != 0) return slot.Handle - 1;
        var handle = Append(key);
        slot = new Slot { Words = probe.Words, Hash = probe.Hash, Length = key.Length, Handle = handle + 1 };
        if (Count * 2 > slots.Length) Grow();
        return handle;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Position(ReadOnlySpan<byte> key, in KeyProbe probe)
    {
        var at = (int)probe.Hash & mask;
        while (true)
        {
            ref var slot = ref slots[at];
            if (slot.Handle == 0) return at;
            if (slot.Words == probe.Words && slot.Length == key.Length
                && (key.Length <= KeyProbe.InlineBytes || Bytes(slot.Handle - 1).SequenceEqual(key)))
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

    /// <summary>32 bytes, two to a cache line.</summary>
    private struct Slot
    {
        public Vector128<byte> Words;
        public ulong Hash;
        public int Length;
        /// <summary>Handle + 1; 0 is an empty slot.</summary>
        public int Handle;
    }
}
