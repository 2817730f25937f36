using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// Tells whether two lines with one id and time differ, only for a counter: so it need not withstand anybody, but must not cost a
/// second reading of every line. Four sums side by side.
/// </summary>
internal static class ContentHash
{
    private const ulong Factor = 0x9E3779B97F4A7C15;

    public static ulong Of(ReadOnlySpan<byte> content)
    {
        var (a, b, c, d) = (Factor, Factor << 1, Factor << 2, (ulong)content.Length);
        ref var start = ref MemoryMarshal.GetReference(content);
        nint at = 0;
        for (; at + 32 <= content.Length; at += 32)
        {
            a = Step(a, Word(ref start, at));
            b = Step(b, Word(ref start, at + 8));
            c = Step(c, Word(ref start, at + 16));
            d = Step(d, Word(ref start, at + 24));
        }
        for (; at + 8 <= content.Length; at += 8) a = Step(a, Word(ref start, at));
        for (; at < content.Length; at++) b = Step(b, Unsafe.Add(ref start, at));
        return Step(Step(Step(a, b), c), d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Step(ulong state, ulong word) => BitOperations.RotateLeft(state ^ word, 29) * Factor;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte start, nint at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at));
}
