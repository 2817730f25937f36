using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PolicyEngine.Runtime.Functions;

/// <summary>Counting and cutting of UTF-8 text by scalars.</summary>
public static class Utf8Text
{
    /// <summary>`length`: the number of scalars.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        var count = text.Length;
        ref var start = ref MemoryMarshal.GetReference(text);
        var at = 0;
        for (; at <= text.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            // A continuation byte (10xxxxxx) is below −64 as a signed number; every other byte begins a scalar.
            var block = Vector256.LoadUnsafe(ref start, (nuint)at).AsSByte();
            count -= BitOperations.PopCount(Vector256.LessThan(block, Vector256.Create((sbyte)-64)).ExtractMostSignificantBits());
        }
        for (; at < text.Length; at++)
            count -= (text[at] & 0xC0) == 0x80 ? 1 : 0;
        return count;
    }

    /// <summary>The longest prefix of whole scalars within so many bytes.</summary>
    public static ReadOnlySpan<byte> Prefix(ReadOnlySpan<byte> text, int bytes)
    {
        if (text.Length <= bytes)
            return text;
        while (bytes > 0 && (text[bytes] & 0xC0) == 0x80)
            bytes--;
        return text[..bytes];
    }
}
