namespace PolicyEngine.Runtime.Functions;

/// <summary>Small functions over one text.</summary>
public static class TextFunctions
{
    public static WordEnumerator Words(ReadOnlySpan<byte> text) => new(text);

    public static NgramEnumerator Ngrams(ReadOnlySpan<byte> text, long n) => new(text, n);

    /// <summary>
    /// How often the part stands in the text, from the left and without overlapping; an empty part stands nowhere.
    /// </summary>
    public static int Occurrences(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part) => part.IsEmpty ? 0 : text.Count(part);

    /// <summary>
    /// `domain_of`: the first host in an address, a link or a text, in lower case and otherwise as it stands (no `www.` is taken
    /// off). False (missing) if there is none.
    /// </summary>
    public static bool TryAppendDomain(ReadOnlySpan<byte> text, TextBuffer output)
    {
        var domains = new DomainEnumerator(text);
        var found = domains.MoveNext();
        if (found)
            AppendLower(domains.Current.Of(text), output);
        return found;
    }

    /// <summary>
    /// `domains_in`: the hosts in a text, in order and as often as they stand there. Give each to <see cref="AppendLower"/>.
    /// </summary>
    public static DomainEnumerator DomainsIn(ReadOnlySpan<byte> text) => new(text);

    /// <summary>The text with ASCII letters in lower case, as hosts compare.</summary>
    public static void AppendLower(ReadOnlySpan<byte> text, TextBuffer output)
    {
        var destination = output.Reserve(text.Length);
        for (var i = 0; i < text.Length; i++)
            destination[i] = text[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(text[i] | 0x20) : text[i];
        output.Advance(text.Length);
    }
}
