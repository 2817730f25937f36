using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// Takes a line into a batch and learns on the way what else a look at every byte is needed for: whether all of it is ASCII, and a sum of
/// its content. The sum tells whether two lines with one id and time differ, only for a counter, so it need not withstand anybody.
/// </summary>
internal static class LineCopy
{
    private const ulong Factor = 0x9E3779B97F4A7C15;
    private const int Turn = 29;

    /// <param name="destination">At least as long as the line.</param>
    public static ulong Copy(ReadOnlySpan<byte> line, Span<byte> destination, out bool isAscii)
    {
        if (line.Length >= Vector512<byte>.Count) return CopyLong(line, destination, out isAscii);
        line.CopyTo(destination);
        isAscii = Ascii.IsValid(line);
        return Short(line);
    }

    private static ulong CopyLong(ReadOnlySpan<byte> line, Span<byte> destination, out bool isAscii)
    {
        ref var from = ref MemoryMarshal.GetReference(line);
        ref var to = ref MemoryMarshal.GetReference(destination[..line.Length]);
        nuint at = 0, last = (nuint)(line.Length - Vector512<byte>.Count);
        var (all, sum) = (Vector512<byte>.Zero, Vector512.Create(Factor) ^ Vector512.Create((ulong)line.Length));
        while (true)
        {
            var block = Vector512.LoadUnsafe(ref from, at);
            block.StoreUnsafe(ref to, at);
            all |= block;
            // Turned each time, so that no two blocks change places unseen.
            sum = (sum << Turn | sum >>> (64 - Turn)) + block.AsUInt64();
            if (at == last) break;
            // The last block overlaps the one before it rather than being shorter.
            at = Math.Min(at + (nuint)Vector512<byte>.Count, last);
        }
        isAscii = all.ExtractMostSignificantBits() == 0;
        var total = Factor;
        for (var lane = 0; lane < Vector512<ulong>.Count; lane++) total = Step(total, sum[lane]);
        return total;
    }

    private static ulong Short(ReadOnlySpan<byte> line)
    {
        var sum = Step(Factor, (ulong)line.Length);
        foreach (var sign in line) sum = Step(sum, sign);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Step(ulong state, ulong word) => BitOperations.RotateLeft(state ^ word, Turn) * Factor;
}
