using System.Text;

namespace PolicyEngine.Language.Sigma;

/// <summary>
/// A Sigma value: literal stretches with wildcards between them. A backslash makes the next `*`, `?` or backslash stand for itself; before
/// anything else it is a backslash.
/// </summary>
internal sealed class SigmaText
{
    private enum Kind { Literal, Any, One }

    private readonly record struct Part(Kind Kind, string Text);

    private readonly List<Part> _parts;

    private SigmaText(List<Part> parts) => _parts = parts;

    public static SigmaText Literal(string text) => new(text.Length == 0 ? [] : [new Part(Kind.Literal, text)]);

    public static SigmaText Parse(string value)
    {
        if (value.AsSpan().IndexOfAny('*', '?', '\\') < 0) return Literal(value);
        var parts = new List<Part>();
        var literal = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            var sign = value[i];
            if (sign == '\\' && i + 1 < value.Length && value[i + 1] is ('*' or '?' or '\\'))
            {
                literal.Append(value[++i]);
            }
            else if (sign is '*' or '?')
            {
                Flush(parts, literal);
                if (sign == '?') parts.Add(new Part(Kind.One, "?"));
                else if (parts is not [.., { Kind: Kind.Any }]) parts.Add(new Part(Kind.Any, "*"));
            }
            else
            {
                literal.Append(sign);
            }
        }
        Flush(parts, literal);
        return new SigmaText(parts);
    }

    public bool IsLiteral => _parts.TrueForAll(p => p.Kind == Kind.Literal);

    public string LiteralText => string.Concat(_parts.Where(p => p.Kind == Kind.Literal).Select(p => p.Text));

    /// <summary>Whether a star stands at the beginning, or the end.</summary>
    public bool StartsOpen => _parts is [{ Kind: Kind.Any }, ..];

    public bool EndsOpen => _parts is [.., { Kind: Kind.Any }];

    /// <summary>Nothing but one star: any value at all.</summary>
    public bool IsAnything => _parts is [{ Kind: Kind.Any }];

    /// <summary>The text between stars at the ends, when there is no other wildcard.</summary>
    public string? Core
    {
        get
        {
            var inner = _parts.Skip(StartsOpen ? 1 : 0).ToList();
            if (EndsOpen && inner.Count > 0) inner.RemoveAt(inner.Count - 1);
            return inner.TrueForAll(p => p.Kind == Kind.Literal) ? string.Concat(inner.Select(p => p.Text)) : null;
        }
    }

    public SigmaText OpenAtStart() => StartsOpen ? this : new SigmaText([new Part(Kind.Any, "*"), .. _parts]);

    public SigmaText OpenAtEnd() => EndsOpen ? this : new SigmaText([.. _parts, new Part(Kind.Any, "*")]);

    /// <summary>The same with each literal stretch made anew.</summary>
    public SigmaText Map(Func<string, string> change) =>
        new([.. _parts.Select(p => p.Kind == Kind.Literal ? p with { Text = change(p.Text) } : p)]);

    /// <summary>As a pattern of `like`; null where a literal star or question mark stands in the way.</summary>
    public string? AsLike =>
        _parts.Exists(p => p.Kind == Kind.Literal && p.Text.AsSpan().IndexOfAny('*', '?') >= 0) ? null : string.Concat(_parts.Select(p => p.Text));

    /// <summary>As a regular expression over the whole value.</summary>
    public string AsPattern(bool ignoringCase)
    {
        var pattern = new StringBuilder(ignoringCase ? "(?is)\\A" : "(?s)\\A");
        foreach (var part in _parts)
        {
            pattern.Append(part.Kind switch
            {
                Kind.Any => ".*",
                Kind.One => ".",
                _ => System.Text.RegularExpressions.Regex.Escape(part.Text),
            });
        }
        return pattern.Append("\\z").ToString();
    }

    private static void Flush(List<Part> parts, StringBuilder literal)
    {
        if (literal.Length == 0) return;
        parts.Add(new Part(Kind.Literal, literal.ToString()));
        literal.Clear();
    }
}
