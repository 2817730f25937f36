using System.Numerics;

namespace PolicyEngine.Runtime.Functions;

/// <summary>Counting and cutting of UTF-8 text by scalars.</summary>
public static class Utf8Text
{
    /// <summary>`length`: the number of scalars.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        var count = 0;
        if (Vector.IsHardwareAccelerated && text.Length >= Vector<byte>.Count)
        {
            var words = text.Length - text.Length % Vector<byte>.Count;
            for (var at = 0; at < words; at += Vector<byte>.Count)
            {
                // Every byte but a continuation (10xxxxxx, that is below −64 as a signed number) begins a scalar.
                var starts = Vector.GreaterThan(Vector.AsVectorSByte(new Vector<byte>(text[at..])), new Vector<sbyte>(-65));
                count += Vector<byte>.Count;
                count -= ContinuationsIn(starts);
            }
            text = text[words..];
        }
        foreach (var value in text)
            count += (value & 0xC0) != 0x80 ? 1 : 0;
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

    private static int ContinuationsIn(Vector<sbyte> starts)
    {
        var all = Vector.Sum(Vector.AndNot(Vector<sbyte>.One, starts));
        // A sum of bytes may wrap only at 128 lanes, which no processor here has.
        return all;
    }
}
