using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// A bit for each byte of a text: part of a word (letter, digit, hyphen, low line, not ASCII), digit, not ASCII, and special
/// (digit, capital or not ASCII: whatever keeps a word from being a plain one).
/// </summary>
internal readonly ref struct TemplateMasks(Span<ulong> words, Span<ulong> digits, Span<ulong> wide, Span<ulong> special)
{
    internal readonly Span<ulong> Words = words;
    internal readonly Span<ulong> Digits = digits;
    internal readonly Span<ulong> Wide = wide;
    internal readonly Span<ulong> Special = special;

    /// <summary>Reads whole blocks of 64 bytes, one more than the length fills.</summary>
    internal void Classify(ReadOnlySpan<byte> bytes, int length)
    {
        ref var start = ref MemoryMarshal.GetReference(bytes);
        for (var block = 0; block <= length >> 6; block++)
        {
            var value = Vector512.LoadUnsafe(ref start, (nuint)block << 6);
            var letter = IsWithin(value | Vector512.Create((byte)0x20), (byte)'a', 26);
            var digit = IsWithin(value, (byte)'0', 10);
            var joint = Vector512.Equals(value, Vector512.Create((byte)'-'))
                | Vector512.Equals(value, Vector512.Create((byte)'_'));
            Digits[block] = digit.ExtractMostSignificantBits();
            Wide[block] = value.ExtractMostSignificantBits();
            Words[block] = (letter | digit | joint | value).ExtractMostSignificantBits();
            Special[block] = (IsWithin(value, (byte)'A', 26) | digit | value).ExtractMostSignificantBits();
        }
    }

    /// <summary>
    /// The next position whose bit differs from the flag (all ones or all zeros); the length if there is none before it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Next(ReadOnlySpan<ulong> bits, int at, ulong flip, int length)
    {
        var block = at >> 6;
        var found = (bits[block] ^ flip) >> (at & 63);
        return found != 0 ? at + BitOperations.TrailingZeroCount(found) : NextFar(bits, block, flip, length);
    }

    /// <summary>Whether a bit is set in [start, end).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Holds(ReadOnlySpan<ulong> bits, int start, int end)
    {
        var block = start >> 6;
        var found = bits[block] >> (start & 63);
        var left = end - start;
        return (start & 63) + left <= 64 ? (found & (ulong.MaxValue >> (64 - left))) != 0 : HoldsFar(bits, block, found, end);
    }

    private static Vector512<byte> IsWithin(Vector512<byte> value, byte first, byte count) =>
        Vector512.LessThan(value - Vector512.Create(first), Vector512.Create(count));

    private static int NextFar(ReadOnlySpan<ulong> bits, int block, ulong flip, int length)
    {
        while (++block <= length >> 6)
        {
            var found = bits[block] ^ flip;
            if (found != 0)
                return (block << 6) + BitOperations.TrailingZeroCount(found);
        }
        return length;
    }

    private static bool HoldsFar(ReadOnlySpan<ulong> bits, int block, ulong found, int end)
    {
        while (found == 0 && ++block < end >> 6)
            found = bits[block];
        return found != 0 || ((end & 63) != 0 && bits[end >> 6] << (64 - (end & 63)) != 0);
    }
}
