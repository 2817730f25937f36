using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Yaml;

/// <summary>
/// Where the signs of a scalar's value stand in its source. Folding drops and turns spaces and line breaks only, so every other sign of
/// the value is found by going through both side by side.
/// </summary>
internal static class ScalarPlaces
{
    public static TextSpan Content(YamlScalar scalar)
    {
        var (source, start, length) = scalar.Span;
        if (scalar.IsPlain) return scalar.Span;
        if (scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted) return new TextSpan(source, start + 1, Math.Max(0, length - 2));
        var body = source!.Text.IndexOf('\n', start, length);
        if (body < 0) return new TextSpan(source, scalar.Span.End, 0);
        while (body < scalar.Span.End && char.IsWhiteSpace(source.Text[body])) body++;
        return new TextSpan(source, body, scalar.Span.End - body);
    }

    /// <summary>For each sign of the value, and for its end, the offset in the source.</summary>
    public static int[] Offsets(YamlScalar scalar)
    {
        var content = Content(scalar);
        var text = content.Source!.Text;
        var offsets = new int[scalar.Value.Length + 1];
        var at = content.Start;
        for (var i = 0; i < scalar.Value.Length; i++)
        {
            at = Seek(scalar, text, at, content.End, scalar.Value[i]);
            offsets[i] = at;
            if (at < content.End) at += Taken(scalar, text, at, i);
        }
        offsets[^1] = Math.Min(at, content.End);
        return offsets;
    }

    /// <summary>How many signs of the source make the sign of the value that stands there.</summary>
    public static int Width(YamlScalar scalar, int at)
    {
        var text = scalar.Span.Source!.Text;
        if (at >= scalar.Span.End) return 0;
        return scalar.Style switch
        {
            ScalarStyle.SingleQuoted when text[at] == '\'' => 2,
            ScalarStyle.DoubleQuoted when text[at] == '\\' => EscapeLength(text, at),
            _ => 1,
        };
    }

    private static int Taken(YamlScalar scalar, string text, int at, int index)
    {
        var sign = scalar.Value[index];
        // Both halves of a sign beyond the first plane may come from one escape, which the second one takes.
        if (scalar.Style == ScalarStyle.DoubleQuoted && text[at] == '\\')
            return char.IsHighSurrogate(sign) && text[at + 1] == 'U' ? 0 : EscapeLength(text, at);
        if (scalar.Style == ScalarStyle.SingleQuoted && sign == '\'') return 2;
        // A space or break of the value may stand for a fold; what follows is sought from here.
        return text[at] == sign ? 1 : 0;
    }

    /// <summary>The next place that can have given this sign: spaces are skipped for any other sign.</summary>
    private static int Seek(YamlScalar scalar, string text, int at, int end, char sign)
    {
        while (at < end)
        {
            var here = text[at];
            if (scalar.Style == ScalarStyle.DoubleQuoted && here == '\\')
            {
                if (at + 1 >= end || text[at + 1] is not ('\n' or '\r')) return at;
                at += 2;
                continue;
            }
            if (here == sign || char.IsWhiteSpace(sign) || !char.IsWhiteSpace(here)) return at;
            at++;
        }
        return end;
    }

    private static int EscapeLength(string text, int at) => at + 1 >= text.Length
        ? 1
        : text[at + 1] switch { 'x' => 4, 'u' => 6, 'U' => 10, _ => 2 };
}
