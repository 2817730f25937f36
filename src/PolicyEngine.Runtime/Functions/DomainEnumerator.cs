using System.Buffers;

namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// Finds hosts: behind `://`, behind the `@` of an address, and bare ones that end in a name of two letters or more
/// (`shop.example`). What follows a host in a link (port, path, query) is passed over up to the next blank or bracket.
/// </summary>
public ref struct DomainEnumerator(ReadOnlySpan<byte> text)
{
    private static readonly SearchValues<byte> Boundaries = SearchValues.Create(" \t\r\n\"'<>()[]{},"u8);
    private static readonly SearchValues<byte> AuthorityEnds = SearchValues.Create("/?#\\ \t\r\n\"'<>()[]{},"u8);
    private const int LongestHost = 253;
    private const int LongestLabel = 63;
    private readonly ReadOnlySpan<byte> text = text;
    private int at;

    public TextSlice Current { get; private set; }

    public readonly DomainEnumerator GetEnumerator() => this;

    public bool MoveNext()
    {
        while (at < text.Length)
        {
            if (!IsHostByte(text[at]))
            {
                at++;
                continue;
            }
            var inLink = text[..at].EndsWith("://"u8);
            if (inLink)
                SkipUser();
            var start = at;
            while (at < text.Length && IsHostByte(text[at]))
                at++;
            var end = at;
            var isNamed = inLink || (start > 0 && text[start - 1] == '@');
            // Before an `@` stands a person's name, not a host.
            if (end < text.Length && text[end] == '@')
                continue;
            while (end > start && text[end - 1] is (byte)'.' or (byte)'-')
                end--;
            while (start < end && text[start] is (byte)'.' or (byte)'-')
                start++;
            if (!IsHost(text[start..end], isNamed))
                continue;
            SkipRest();
            Current = new TextSlice(start, end - start);
            return true;
        }
        return false;
    }

    /// <summary>Over `user:password@` of a link: what a reader takes for the host may stand there.</summary>
    private void SkipUser()
    {
        var length = text[at..].IndexOfAny(AuthorityEnds);
        var authority = length < 0 ? text[at..] : text.Slice(at, length);
        at += authority.LastIndexOf((byte)'@') + 1;
    }

    private void SkipRest()
    {
        if (at >= text.Length || text[at] is not ((byte)'/' or (byte)'?' or (byte)'#' or (byte)':'))
            return;
        // "see a.example: b.example" is no port.
        if (text[at] == ':' && (at + 1 == text.Length || text[at + 1] is < (byte)'0' or > (byte)'9'))
            return;
        var length = text[at..].IndexOfAny(Boundaries);
        at = length < 0 ? text.Length : at + length;
    }

    private static bool IsHost(ReadOnlySpan<byte> host, bool isNamed)
    {
        if (host.Length is 0 or > LongestHost)
            return false;
        var labels = 0;
        var last = host;
        while (true)
        {
            var dot = last.IndexOf((byte)'.');
            var label = dot < 0 ? last : last[..dot];
            if (label.Length is 0 or > LongestLabel)
                return false;
            labels++;
            if (dot < 0)
                break;
            last = last[(dot + 1)..];
        }
        return isNamed || (labels > 1 && IsTopLevel(last));
    }

    /// <summary>Two ASCII letters or more, an encoded name, or letters of another script.</summary>
    private static bool IsTopLevel(ReadOnlySpan<byte> label)
    {
        if (CaseFolding.StartsWithIgnoringCase(label, "xn--"u8))
            return true;
        foreach (var value in label)
        {
            if (value < 0x80 && (value | 0x20) is < 'a' or > 'z')
                return false;
        }
        return label.Length >= 2;
    }

    private static bool IsHostByte(byte value) =>
        value >= 0x80 || char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'.' or (byte)'_';
}
