using System.Text;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>One text operator against a fixed set of patterns, prepared once.</summary>
internal sealed class TextPatterns
{
    private readonly TextPatternSet? _literals;
    private readonly LikePattern[] _likes = [];
    private readonly TextMatcher[] _matchers = [];
    private readonly int _refused;

    public TextPatterns(TextOp op, bool ignoringCase, IReadOnlyList<byte[]> patterns)
    {
        switch (op)
        {
            case TextOp.Like:
                _likes = [.. patterns.Select(p => new LikePattern(Encoding.UTF8.GetString(p), ignoringCase))];
                break;
            case TextOp.Matches:
                _matchers = [.. patterns.Select(p => Matcher(p, ignoringCase)).OfType<TextMatcher>()];
                // A list edited while running may hold what the regex engine refuses: such an entry matches nothing.
                _refused = patterns.Count - _matchers.Length;
                break;
            default:
                _literals = new TextPatternSet(op, patterns.Select(p => (ReadOnlyMemory<byte>)p), ignoringCase);
                break;
        }
    }

    public bool Any(ReadOnlySpan<byte> text)
    {
        if (_literals is not null) return _literals.Any(text);
        foreach (var like in _likes)
        {
            if (like.IsMatch(text)) return true;
        }
        foreach (var matcher in _matchers)
        {
            if (matcher.IsMatch(text)) return true;
        }
        return false;
    }

    public bool All(ReadOnlySpan<byte> text)
    {
        if (_literals is not null) return _literals.All(text);
        foreach (var like in _likes)
        {
            if (!like.IsMatch(text)) return false;
        }
        foreach (var matcher in _matchers)
        {
            if (!matcher.IsMatch(text)) return false;
        }
        return _refused == 0;
    }

    /// <summary>A test against a text that is only known at the row.</summary>
    public static bool Test(TextOp op, bool ignoringCase, ReadOnlySpan<byte> text, ReadOnlySpan<byte> part) => (op, ignoringCase) switch
    {
        (TextOp.Contains, false) => text.IndexOf(part) >= 0,
        (TextOp.Contains, true) => CaseFolding.ContainsIgnoringCase(text, part),
        (TextOp.StartsWith, false) => text.StartsWith(part),
        (TextOp.StartsWith, true) => CaseFolding.StartsWithIgnoringCase(text, part),
        (TextOp.EndsWith, false) => text.EndsWith(part),
        (TextOp.EndsWith, true) => CaseFolding.EndsWithIgnoringCase(text, part),
        (TextOp.Equals, false) => text.SequenceEqual(part),
        (TextOp.Equals, true) => CaseFolding.EqualsIgnoringCase(text, part),
        // The compiler takes `like` and `matches` with written patterns only.
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "needs a pattern known beforehand"),
    };

    private static TextMatcher? Matcher(byte[] pattern, bool ignoringCase) =>
        TextMatcher.TryCreate(Encoding.UTF8.GetString(pattern), ignoringCase, out var matcher, out _) ? matcher : null;
}
