using System.Text;

namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// `ignoring case`: each scalar becomes its simple upper case by a committed table of one Unicode version, without culture and
/// without normalisation. ß is not ss, dotless ı and long ſ are letters of their own; hence ASCII folds with ASCII only.
/// </summary>
public static class CaseFolding
{
    private const int PageBits = 8;
    private static readonly int[]?[] Pages = BuildPages();

    /// <summary>The simple upper case of a scalar, or the scalar itself.</summary>
    public static int SimpleUpper(int scalar)
    {
        if ((uint)scalar < 0x80)
            return scalar is >= 'a' and <= 'z' ? scalar - 0x20 : scalar;
        var page = scalar >> PageBits;
        var deltas = page < Pages.Length ? Pages[page] : null;
        return deltas is null ? scalar : scalar + deltas[scalar & ((1 << PageBits) - 1)];
    }

    /// <summary>No text grows beyond this when folded: a scalar of two bytes may become one of three.</summary>
    public static int MaxUpperLength(int length) => length + (length >> 1) + 1;

    /// <summary>The folded text; returns its length. The destination holds <see cref="MaxUpperLength"/> bytes.</summary>
    public static int ToUpper(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        int read = 0, written = 0;
        while (true)
        {
            // Stops at the first byte that is not ASCII, having folded what stands before it.
            Ascii.ToUpper(text[read..], destination[written..], out var ascii);
            read += ascii;
            written += ascii;
            while (read < text.Length && text[read] >= 0x80)
            {
                if (Rune.DecodeFromUtf8(text[read..], out var rune, out var length) == System.Buffers.OperationStatus.Done)
                    written += new Rune(SimpleUpper(rune.Value)).EncodeToUtf8(destination[written..]);
                else
                    written += Copy(text.Slice(read, length), destination[written..]);
                read += length;
            }
            if (read == text.Length)
                return written;
        }
    }

    public static byte[] ToUpper(ReadOnlySpan<byte> text)
    {
        var folded = new byte[MaxUpperLength(text.Length)];
        return folded[..ToUpper(text, folded)];
    }

    /// <summary>Order by code point, which in UTF-8 is the order of the bytes.</summary>
    public static int CompareBytes(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => a.SequenceCompareTo(b);

    public static bool EqualsIgnoringCase(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) =>
        (a.Length == b.Length && Ascii.EqualsIgnoreCase(a, b)) || (TrySkipPrefix(ref a, b) && a.IsEmpty);

    public static bool StartsWithIgnoringCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix) =>
        TrySkipPrefix(ref text, prefix);

    public static bool EndsWithIgnoringCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> suffix)
    {
        while (!suffix.IsEmpty)
        {
            if (text.IsEmpty)
                return false;
            var a = LastScalar(text, out var aLength);
            var b = LastScalar(suffix, out var bLength);
            if (a != b && SimpleUpper(a) != SimpleUpper(b))
                return false;
            text = text[..^aLength];
            suffix = suffix[..^bLength];
        }
        return true;
    }

    public static bool ContainsIgnoringCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part) =>
        IndexOfIgnoringCase(text, part) >= 0;

    /// <summary>Where the part begins in the text, in bytes; −1 if nowhere.</summary>
    public static int IndexOfIgnoringCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part)
    {
        if (part.IsEmpty)
            return 0;
        if (part[0] < 0x80)
            return IndexFromAscii(text, part);
        for (var at = 0; at < text.Length; at++)
        {
            // Only the first byte of a scalar can begin a match.
            if (text[at] >= 0xC0 && StartsWithIgnoringCase(text[at..], part))
                return at;
        }
        return -1;
    }

    private static int IndexFromAscii(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part)
    {
        var upper = (byte)SimpleUpper(part[0]);
        var lower = (byte)(upper is >= (byte)'A' and <= (byte)'Z' ? upper + 0x20 : upper);
        var at = 0;
        while (true)
        {
            var found = text[at..].IndexOfAny(upper, lower);
            if (found < 0)
                return -1;
            at += found;
            if (StartsWithIgnoringCase(text[at..], part))
                return at;
            at++;
        }
    }

    private static bool TrySkipPrefix(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix)
    {
        while (!prefix.IsEmpty)
        {
            if (text.IsEmpty)
                return false;
            var a = FirstScalar(text, out var aLength);
            var b = FirstScalar(prefix, out var bLength);
            if (a != b && SimpleUpper(a) != SimpleUpper(b))
                return false;
            text = text[aLength..];
            prefix = prefix[bLength..];
        }
        return true;
    }

    private static int FirstScalar(ReadOnlySpan<byte> text, out int length)
    {
        if (text[0] < 0x80)
        {
            length = 1;
            return text[0];
        }
        Rune.DecodeFromUtf8(text, out var rune, out length);
        return rune.Value;
    }

    private static int LastScalar(ReadOnlySpan<byte> text, out int length)
    {
        if (text[^1] < 0x80)
        {
            length = 1;
            return text[^1];
        }
        Rune.DecodeLastFromUtf8(text, out var rune, out length);
        return rune.Value;
    }

    private static int Copy(ReadOnlySpan<byte> bytes, Span<byte> destination)
    {
        bytes.CopyTo(destination);
        return bytes.Length;
    }

    private static int[]?[] BuildPages()
    {
        var runs = CaseFoldingTable.Runs;
        var last = runs[^4] + runs[^3] * runs[^2];
        var pages = new int[]?[(last >> PageBits) + 1];
        for (var run = 0; run < runs.Length; run += 4)
        {
            for (var item = 0; item < runs[run + 1]; item++)
            {
                var scalar = runs[run] + item * runs[run + 2];
                var page = pages[scalar >> PageBits] ??= new int[1 << PageBits];
                page[scalar & ((1 << PageBits) - 1)] = runs[run + 3];
            }
        }
        return pages;
    }
}
