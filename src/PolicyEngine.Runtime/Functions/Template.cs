using System.Runtime.CompilerServices;

namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// `template`: a 64-bit fingerprint of a text's skeleton, the same for texts that differ only in numbers, quotations, names,
/// bracketed ids and short topics. Words are compared without ASCII case; blanks and other punctuation do not count. It does not
/// change between versions, since state is keyed by it.
/// </summary>
/// <remarks>
/// Masked are: tokens that hold a digit (number); capitalised words that do not begin a sentence (name); what stands between
/// double quotes or backticks (quote); `[…]` and `{…}` without a blank inside (id); and up to <see cref="TopicBytes"/> bytes
/// between a colon and the end of the sentence or text (topic). Neighbouring masks of one kind are one.
/// </remarks>
public static class Template
{
    /// <summary>
    /// Only so many bytes of a text are read: the head of a prompt tells its template, and a long one must not cost more.
    /// </summary>
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
        Span<ulong> special = stackalloc ulong[Blocks];
        var masks = new TemplateMasks(words, digits, wide, special);
        masks.Classify(bytes, text.Length);
        return new TemplateReader(bytes, masks, text.Length).Read();
    }

    /// <summary>Sixteen hexadecimal digits: the fingerprint as a text value.</summary>
    public static int Format(ulong fingerprint, Span<byte> destination)
    {
        fingerprint.TryFormat(destination, out var written, "x16", System.Globalization.CultureInfo.InvariantCulture);
        return written;
    }
}
