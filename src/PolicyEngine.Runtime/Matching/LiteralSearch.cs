using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// Finds the literals of an index in one text after the other, without allocation once it has seen the longest of them. Not for
/// several threads.
/// </summary>
/// <param name="byEights">Ask about eight places at once, which the processor must be able to do.</param>
internal sealed unsafe class LiteralSearch(LiteralIndex index, bool ignoringCase, bool byEights)
{
    /// <summary>Behind the text: as much as is read at once.</summary>
    private const int Padding = 32;
    private const int Lanes = 8;
    /// <summary>Places that are asked about before any is looked at closer: whether one is, the processor cannot foresee.</summary>
    private const int Stretch = 64;
    private readonly int[] _found = new int[index.Count];
    private readonly uint[] _seen = new uint[index.Count];
    private byte[] _text = [];
    private uint _search;
    private int _count;
    private int _length;

    public LiteralSearch(LiteralIndex index, bool ignoringCase)
        : this(index, ignoringCase, Avx2.IsSupported)
    {
    }

    /// <summary>
    /// Indices of the literals that hold of the text, each once, in no order that means anything. Valid until the next call.
    /// </summary>
    public ReadOnlySpan<int> Find(ReadOnlySpan<byte> text)
    {
        Take(text);
        _count = 0;
        if (++_search == 0)
        {
            Array.Clear(_seen);
            _search = 1;
        }
        foreach (var value in index.SingleBytes) FindSingle(value);
        fixed (byte* start = _text)
        {
            for (var from = 0; from < _length; from += Stretch)
            {
                if (!byEights) FindAt(start, from);
                else if (index.HasPairs) FindWithPairs(start, from);
                else FindLong(start, from);
            }
        }
        return _found.AsSpan(0, _count);
    }

    /// <summary>Folds the text, or copies it, to where reading past its end does no harm.</summary>
    private void Take(ReadOnlySpan<byte> text)
    {
        var longest = (ignoringCase ? CaseFolding.MaxUpperLength(text.Length) : text.Length) + Padding;
        if (_text.Length < longest) _text = new byte[(int)BitOperations.RoundUpToPowerOf2((uint)longest)];
        text.CopyTo(_text);
        _length = text.Length;
        _text.AsSpan(_length, Padding).Clear();
        if (ignoringCase && !TryFoldAscii()) FoldAll(text);
    }

    /// <summary>Most texts have nothing but ASCII, and are folded where they lie; false when one has more.</summary>
    private bool TryFoldAscii()
    {
        for (var at = 0; at < _length; at += Vector256<byte>.Count)
        {
            ref var place = ref _text[at];
            var bytes = Vector256.LoadUnsafe(ref place);
            if (bytes.ExtractMostSignificantBits() != 0) return false;
            var isLower = Vector256.GreaterThan(bytes, Vector256.Create((byte)('a' - 1))) & Vector256.LessThan(bytes, Vector256.Create((byte)('z' + 1)));
            (bytes ^ (isLower & Vector256.Create((byte)0x20))).StoreUnsafe(ref place);
        }
        return true;
    }

    private void FoldAll(ReadOnlySpan<byte> text)
    {
        _length = CaseFolding.ToUpper(text, _text);
        _text.AsSpan(_length, Padding).Clear();
    }

    private void FindSingle(byte value)
    {
        var text = _text.AsSpan(0, _length);
        var first = text.IndexOf(value);
        if (first < 0) return;
        var list = index.Short.Find(LiteralIndex.ShortKey(value, 1));
        Compare(list, first);
        if (text[^1] == value) Compare(list, _length - 1);
    }

    private void FindAt(byte* start, int from)
    {
        ulong hits = 0, pairs = 0;
        for (var lane = 0; lane < Stretch && from + lane < _length; lane++)
        {
            var bytes = Unsafe.ReadUnaligned<uint>(start + from + lane);
            if (index.Long.MayHave(bytes)) hits |= 1UL << lane;
            if (index.HasPairs && index.Pairs.MayHave(bytes & 0xFFFF)) pairs |= 1UL << lane;
        }
        Take(hits, pairs, start, from);
    }

    private void FindLong(byte* start, int from)
    {
        ulong hits = 0;
        for (var lane = 0; lane < Stretch && from + lane < _length; lane += Lanes)
            hits |= (ulong)index.Long.MayHave(Fours(start + from + lane)) << lane;
        Take(hits, 0, start, from);
    }

    private void FindWithPairs(byte* start, int from)
    {
        ulong hits = 0, pairs = 0;
        for (var lane = 0; lane < Stretch && from + lane < _length; lane += Lanes)
        {
            var bytes = Fours(start + from + lane);
            hits |= (ulong)index.Long.MayHave(bytes) << lane;
            pairs |= (ulong)index.Pairs.MayHave(bytes & Vector256.Create(0xFFFFu)) << lane;
        }
        Take(hits, pairs, start, from);
    }

    /// <summary>The four bytes at each of eight places that follow one another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Fours(byte* at)
    {
        var bytes = Vector128.Load(at);
        return Avx2.Shuffle(Vector256.Create(bytes, bytes), Vector256.Create(
            (byte)0, 1, 2, 3, 1, 2, 3, 4, 2, 3, 4, 5, 3, 4, 5, 6, 4, 5, 6, 7, 5, 6, 7, 8, 6, 7, 8, 9, 7, 8, 9, 10)).AsUInt32();
    }

    /// <summary>Looks closer at the places of a stretch where some list may begin.</summary>
    private void Take(ulong hits, ulong pairs, byte* start, int from)
    {
        for (; hits != 0; hits &= hits - 1)
        {
            var at = from + BitOperations.TrailingZeroCount(hits);
            Compare(index.Long.Find(Unsafe.ReadUnaligned<uint>(start + at)), at);
        }
        for (; pairs != 0; pairs &= pairs - 1)
        {
            var at = from + BitOperations.TrailingZeroCount(pairs);
            var bytes = Unsafe.ReadUnaligned<uint>(start + at);
            Compare(index.Short.Find(LiteralIndex.ShortKey(bytes, 3)), at);
            Compare(index.Short.Find(LiteralIndex.ShortKey(bytes, 2)), at);
        }
    }

    /// <summary>The literals of one list against the text around a place.</summary>
    private void Compare(int next, int at)
    {
        if (next < 0) return;
        while (true)
        {
            ref readonly var entry = ref index.Entries[next++];
            if (Holds(entry, at - entry.Offset) && _seen[entry.Literal] != _search)
            {
                _seen[entry.Literal] = _search;
                _found[_count++] = entry.Literal;
            }
            if (entry.IsLast) return;
        }
    }

    private bool Holds(in LiteralEntry entry, int from)
    {
        var rest = _length - from - entry.Length;
        // Behind the text stand zeros, before it may stand anything: one question for both ends.
        if ((uint)from > (uint)entry.MostBefore | (uint)rest > (uint)entry.MostBehind) return false;
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_text), from);
        if ((Unsafe.ReadUnaligned<ulong>(ref first) & entry.HeadMask) != entry.Head) return false;
        return entry.Length <= LiteralEntry.HeadLength
            || _text.AsSpan(from, entry.Length).SequenceEqual(index.Texts.AsSpan(entry.Start, entry.Length));
    }
}
