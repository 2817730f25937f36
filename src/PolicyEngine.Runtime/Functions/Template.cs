using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// `template`: a 64-bit fingerprint of a text's skeleton, the same for texts that differ only in numbers, quotations, names, bracketed
/// ids and short topics. Words are compared without ASCII case; blanks and other punctuation do not count. It does not change between
/// versions, since state is keyed by it.
/// </summary>
/// <remarks>
/// Masked are: tokens that hold a digit (number); capitalised words that do not begin a sentence (name); what stands between double
/// quotes or backticks (quote); `[…]` and `{…}` without a blank inside (id); and up to <see cref="TopicBytes"/> bytes between a colon and
/// the end of the sentence or text (topic). Neighbouring masks of one kind are one.
/// </remarks>
public static class Template
{
    /// <summary>Only so many bytes of a text are read: the head of a prompt tells its template, and a long one must not cost more.</summary>
    public const int PrefixBytes = 1024;
    public const int TopicBytes = 48;
    private const int Padding = 64;
    private const int Blocks = PrefixBytes / 64 + 1;

    [SkipLocalsInit]
    public static ulong Fingerprint(ReadOnlySpan<byte> text)
    {
        if (text.Length > PrefixBytes)
            text = text[..PrefixBytes];
        // A padded copy lets every load below run past the end.
        Span<byte> bytes = stackalloc byte[PrefixBytes + Padding];
        text.CopyTo(bytes);
        bytes.Slice(text.Length, Padding).Clear();
        Span<ulong> words = stackalloc ulong[Blocks];
        Span<ulong> digits = stackalloc ulong[Blocks];
        Span<ulong> wide = stackalloc ulong[Blocks];
        Classify(bytes, words, digits, wide, text.Length);
        return new TemplateReader(bytes, words, digits, wide, text.Length).Read();
    }

    /// <summary>Sixteen hexadecimal digits: the fingerprint as a text value.</summary>
    public static int Format(ulong fingerprint, Span<byte> destination)
    {
        fingerprint.TryFormat(destination, out var written, "x16", System.Globalization.CultureInfo.InvariantCulture);
        return written;
    }

    /// <summary>A bit for each byte: part of a word (letter, digit, hyphen, low line, not ASCII), digit, not ASCII.</summary>
    private static void Classify(Span<byte> bytes, Span<ulong> words, Span<ulong> digits, Span<ulong> wide, int length)
    {
        ref var start = ref MemoryMarshal.GetReference(bytes);
        for (var block = 0; block <= length >> 6; block++)
        {
            var value = Vector512.LoadUnsafe(ref start, (nuint)block << 6);
            var letter = Vector512.LessThan((value | Vector512.Create((byte)0x20)) - Vector512.Create((byte)'a'), Vector512.Create((byte)26));
            var digit = Vector512.LessThan(value - Vector512.Create((byte)'0'), Vector512.Create((byte)10));
            var joint = Vector512.Equals(value, Vector512.Create((byte)'-')) | Vector512.Equals(value, Vector512.Create((byte)'_'));
            digits[block] = digit.ExtractMostSignificantBits();
            wide[block] = value.ExtractMostSignificantBits();
            words[block] = (letter | digit | joint | value).ExtractMostSignificantBits();
        }
    }
}
