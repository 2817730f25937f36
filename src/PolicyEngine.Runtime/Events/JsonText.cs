using System.Text;

namespace PolicyEngine.Runtime.Events;

/// <summary>What stands between the quotes of a JSON string whose grammar was checked already.</summary>
internal static class JsonText
{
    /// <summary>
    /// Unescapes into the destination, which is at least as long as the source; the result is never longer. −1: a surrogate without
    /// its other half, which is no text (E10).
    /// </summary>
    public static int Unescape(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var written = 0;
        while (true)
        {
            var escape = source.IndexOf((byte)'\\');
            var plain = escape < 0 ? source : source[..escape];
            plain.CopyTo(destination[written..]);
            written += plain.Length;
            if (escape < 0) return written;
            source = source[(escape + 1)..];
            if (source[0] != 'u')
            {
                destination[written++] = Simple(source[0]);
                source = source[1..];
                continue;
            }
            if (!TryScalar(ref source, out var scalar)) return -1;
            written += scalar.EncodeToUtf8(destination[written..]);
        }
    }

    private static byte Simple(byte letter) => letter switch
    {
        (byte)'n' => (byte)'\n',
        (byte)'t' => (byte)'\t',
        (byte)'r' => (byte)'\r',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        _ => letter,
    };

    /// <summary>The source begins at the `u`.</summary>
    private static bool TryScalar(ref ReadOnlySpan<byte> source, out Rune scalar)
    {
        var high = Hex(source[1..]);
        source = source[5..];
        if (Rune.TryCreate((char)high, out scalar)) return true;
        if (source.Length < 6 || source[0] != '\\' || source[1] != 'u') return false;
        var low = Hex(source[2..]);
        source = source[6..];
        return Rune.TryCreate((char)high, (char)low, out scalar);
    }

    private static int Hex(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        for (var i = 0; i < 4; i++)
        {
            var digit = digits[i];
            value = (value << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }
        return value;
    }
}
