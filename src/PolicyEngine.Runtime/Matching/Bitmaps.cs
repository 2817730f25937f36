using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PolicyEngine.Runtime.Matching;

/// <summary>Bitmaps over the rows of a batch: bit r is bit r &amp; 63 of word r >> 6.</summary>
internal static class Bitmaps
{
    /// <summary>The bitmap of rows 0..count−1.</summary>
    public static void FillRows(Span<ulong> bits, int count)
    {
        var whole = count >> 6;
        bits[..whole].Fill(ulong.MaxValue);
        bits[whole..].Clear();
        if ((count & 63) != 0) bits[whole] = (1UL << (count & 63)) - 1;
    }

    /// <summary>target &amp;= other; false when nothing is left.</summary>
    public static bool And(Span<ulong> target, ReadOnlySpan<ulong> other) => And(target, target, other);

    /// <summary>target = a &amp; b; false when nothing is left.</summary>
    public static bool And(Span<ulong> target, ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        var left = Vector256<ulong>.Zero;
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var first = ref MemoryMarshal.GetReference(a);
        ref var second = ref MemoryMarshal.GetReference(b);
        var at = 0;
        for (; at <= target.Length - Vector256<ulong>.Count; at += Vector256<ulong>.Count)
        {
            var both = Vector256.LoadUnsafe(ref first, (nuint)at) & Vector256.LoadUnsafe(ref second, (nuint)at);
            both.StoreUnsafe(ref to, (nuint)at);
            left |= both;
        }
        var rest = 0UL;
        for (; at < target.Length; at++)
            rest |= target[at] = a[at] & b[at];
        return rest != 0 || left != Vector256<ulong>.Zero;
    }

    public static void Or(Span<ulong> target, ReadOnlySpan<ulong> other)
    {
        for (var i = 0; i < target.Length; i++)
            target[i] |= other[i];
    }

    /// <summary>target = all &amp; ~other.</summary>
    public static void Complement(Span<ulong> target, ReadOnlySpan<ulong> other, ReadOnlySpan<ulong> all)
    {
        for (var i = 0; i < target.Length; i++)
            target[i] = all[i] & ~other[i];
    }

    public static bool IsEmpty(ReadOnlySpan<ulong> bits) => !bits.ContainsAnyExcept(0UL);
}
