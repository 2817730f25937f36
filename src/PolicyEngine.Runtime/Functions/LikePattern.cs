using System.Text;

namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// `like`: `*` stands for any run of scalars, `?` for exactly one, all else for itself; the whole value must match. There are no
/// escapes: a literal star or question mark is tested with `contains` or `matches`. Stars are matched leftmost without going
/// back, so the work is at most text × longest piece.
/// </summary>
public sealed class LikePattern
{
    private const byte AnyScalar = 0xFF;
    private readonly bool ignoringCase;
    private readonly bool hasStar;
    private readonly Piece[] pieces;

    public LikePattern(string pattern, bool ignoringCase)
    {
        this.ignoringCase = ignoringCase;
        var parts = pattern.Split('*');
        hasStar = parts.Length > 1;
        pieces = new Piece[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            pieces[i] = new Piece(parts[i], ignoringCase);
    }

    public bool IsMatch(ReadOnlySpan<byte> text)
    {
        using var folded = new FoldedText(text, ignoringCase, stackalloc byte[ignoringCase ? FoldedText.StackLength : 0]);
        return IsWholeMatch(folded.Text);
    }

    private bool IsWholeMatch(ReadOnlySpan<byte> text)
    {
        var at = pieces[0].MatchAt(text, 0);
        if (!hasStar || at < 0)
            return at == text.Length;

        for (var i = 1; i < pieces.Length - 1; i++)
        {
            at = pieces[i].Find(text, at);
            if (at < 0)
                return false;
        }
        return pieces[^1].MatchesEnd(text, at);
    }

    /// <summary>What stands between two stars: bytes, with 0xFF (which no UTF-8 text holds) for a question mark.</summary>
    private readonly struct Piece
    {
        private readonly byte[] bytes;
        private readonly int scalars;
        private readonly bool isLiteral;
        private readonly int leading;

        internal Piece(string text, bool ignoringCase)
        {
            var output = new List<byte>();
            scalars = 0;
            Span<byte> encoded = stackalloc byte[4];
            foreach (var rune in text.EnumerateRunes())
            {
                scalars++;
                if (rune.Value == '?')
                {
                    output.Add(AnyScalar);
                    continue;
                }
                var length = new Rune(ignoringCase ? CaseFolding.SimpleUpper(rune.Value) : rune.Value).EncodeToUtf8(encoded);
                output.AddRange(encoded[..length]);
            }
            bytes = [.. output];
            var any = output.IndexOf(AnyScalar);
            isLiteral = any < 0;
            leading = isLiteral ? bytes.Length : any;
        }

        /// <summary>The position behind the piece if it stands at this one, else −1.</summary>
        internal int MatchAt(ReadOnlySpan<byte> text, int at)
        {
            if (isLiteral)
                return text[at..].StartsWith(bytes) ? at + bytes.Length : -1;
            foreach (var expected in bytes)
            {
                if (at >= text.Length)
                    return -1;
                if (expected == AnyScalar)
                    at += ScalarLength(text, at);
                else if (text[at++] != expected)
                    return -1;
            }
            return at;
        }

        /// <summary>The position behind the first place at or after this one where the piece stands, else −1.</summary>
        internal int Find(ReadOnlySpan<byte> text, int at)
        {
            while (at <= text.Length)
            {
                if (leading > 0)
                {
                    var found = text[at..].IndexOf(bytes.AsSpan(0, leading));
                    if (found < 0)
                        return -1;
                    at += found;
                }
                var end = MatchAt(text, at);
                if (end >= 0)
                    return end;
                if (at == text.Length)
                    return -1;
                at += ScalarLength(text, at);
            }
            return -1;
        }

        internal bool MatchesEnd(ReadOnlySpan<byte> text, int from)
        {
            if (isLiteral)
                return text.Length - from >= bytes.Length && text.EndsWith(bytes);
            var at = text.Length;
            for (var left = scalars; left > 0; left--)
            {
                if (at <= from)
                    return false;
                at--;
                while (at > from && (text[at] & 0xC0) == 0x80)
                    at--;
            }
            return MatchAt(text, at) == text.Length;
        }

        private static int ScalarLength(ReadOnlySpan<byte> text, int at)
        {
            var end = at + 1;
            while (end < text.Length && (text[end] & 0xC0) == 0x80)
                end++;
            return end - at;
        }
    }
}
