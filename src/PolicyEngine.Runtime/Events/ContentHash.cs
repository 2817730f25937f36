using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// Tells whether two lines with one id and time differ, only for a counter: so it need not withstand anybody, but must not cost a
/// second reading of every line. Eight sums side by side, since each step waits for the one before it.
/// </summary>
internal static class ContentHash
{
    private const ulong Factor = 0x9E3779B97F4A7C15;
    private const int Width = 64;

    public static ulong Of(ReadOnlySpan<byte> content)
    {
        ref var start = ref MemoryMarshal.GetReference(content);
        return content.Length < Width ? OfShort(ref start, content.Length) : OfLong(ref start, content.Length);
    }

    private static ulong OfLong(ref byte start, int length)
    {
        var (a, b, c, d) = (Factor, Factor << 1, Factor << 2, Factor << 3);
        var (e, f, g, h) = (Factor << 4, Factor << 5, Factor << 6, (ulong)length);
        nint at = 0, last = length - Width;
        while (true)
        {
            a = Step(a, Word(ref start, at));
            b = Step(b, Word(ref start, at + 8));
            c = Step(c, Word(ref start, at + 16));
            d = Step(d, Word(ref start, at + 24));
            e = Step(e, Word(ref start, at + 32));
            f = Step(f, Word(ref start, at + 40));
            g = Step(g, Word(ref start, at + 48));
            h = Step(h, Word(ref start, at + 56));
            if (at == last) break;
            // The last block overlaps the one before it rather than being shorter.
            at = Math.Min(at + Width, last);
        }
        return Step(Step(Step(a, b), Step(c, d)), Step(Step(e, f), Step(g, h)));
    }

    private static ulong OfShort(ref byte start, int length)
    {
        var sum = Step(Factor, (ulong)length);
        nint at = 0;
        for (; at + 8 <= length; at += 8) sum = Step(sum, Word(ref start, at));
        for (; at < length; at++) sum = Step(sum, Unsafe.Add(ref start, at));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Step(ulong state, ulong word) => BitOperations.RotateLeft(state ^ word, 29) * Factor;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte start, nint at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at));
}
