using System.Text;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml;

namespace PolicyEngine.Language.Sigma;

/// <summary>One value of a selection to the texts it stands for, after its modifiers: one, or several that are joined by `or`.</summary>
internal sealed class SigmaValues(IReadOnlyDictionary<string, IReadOnlyList<string>> placeholders, SigmaReport report)
{
    private const int Most = 4096;

    /// <summary>A parameter of a command: a dash or slash at the beginning of a word.</summary>
    private static readonly char[] Dashes = ['-', '/', '\u2013', '\u2014', '\u2015'];

    /// <summary>Null after an error.</summary>
    public IReadOnlyList<SigmaText>? Texts(YamlScalar value, SigmaModifiers modifiers)
    {
        var texts = modifiers.Expands ? Expand(value) : [SigmaText.Parse(value.Value)];
        foreach (var change in modifiers.Changes)
        {
            if (texts is null) return null;
            texts = Change(texts, change, value.Span);
        }
        return texts;
    }

    private List<SigmaText>? Change(List<SigmaText> texts, string change, TextSpan span)
    {
        switch (change)
        {
            case "contains":
                return [.. texts.Select(t => t.OpenAtStart().OpenAtEnd())];
            case "startswith":
                return [.. texts.Select(t => t.OpenAtEnd())];
            case "endswith":
                return [.. texts.Select(t => t.OpenAtStart())];
            case "windash":
                return Windash(texts, span);
        }
        if (!texts.TrueForAll(t => t.IsLiteral))
        {
            report.ModifierValue(span, change, "a text without wildcards");
            return null;
        }
        return [.. texts.SelectMany(t => Encoded(t.LiteralText, change)).Select(SigmaText.Literal)];
    }

    private static IEnumerable<string> Encoded(string text, string change) => change switch
    {
        "base64" => [SigmaEncoding.Base64(Bytes(text))],
        "base64offset" => SigmaEncoding.Base64Offsets(Bytes(text)),
        "utf16be" => [SigmaEncoding.ToText(SigmaEncoding.Utf16(text, bigEndian: true, mark: false))],
        "utf16" => [Marked(text)],
        _ => [SigmaEncoding.ToText(SigmaEncoding.Utf16(text, bigEndian: false, mark: false))],
    };

    /// <summary>With its mark the text is no UTF-8; it is kept one sign a byte, and encoded so.</summary>
    private static string Marked(string text) => Encoding.Latin1.GetString(SigmaEncoding.Utf16(text, bigEndian: false, mark: true));

    private static byte[] Bytes(string text) =>
        text.StartsWith("\u00ff\u00fe", StringComparison.Ordinal) && text.All(c => c <= '\u00ff') ? Encoding.Latin1.GetBytes(text) : Encoding.UTF8.GetBytes(text);

    /// <summary>Every way to write each leading dash or slash.</summary>
    private List<SigmaText>? Windash(List<SigmaText> texts, TextSpan span)
    {
        var made = new List<SigmaText>();
        foreach (var text in texts)
        {
            var variants = new List<SigmaText> { text };
            var count = CountDashes(text);
            for (var index = 0; index < count; index++)
            {
                var which = index;
                variants = [.. variants.SelectMany(v => Dashes.Select(d => Replace(v, which, d)))];
                if (variants.Count > Most) break;
            }
            made.AddRange(variants);
            if (made.Count <= Most) continue;
            report.TooMany(span, Most);
            return null;
        }
        return made;
    }

    private static int CountDashes(SigmaText text)
    {
        var count = 0;
        text.Map(part =>
        {
            for (var i = 0; i < part.Length; i++)
                if (IsParameter(part, i)) count++;
            return part;
        });
        return count;
    }

    private static SigmaText Replace(SigmaText text, int which, char dash)
    {
        var seen = 0;
        return text.Map(part =>
        {
            var signs = part.ToCharArray();
            for (var i = 0; i < signs.Length; i++)
                if (IsParameter(part, i) && seen++ == which) signs[i] = dash;
            return new string(signs);
        });
    }

    private static bool IsParameter(string text, int at) =>
        Array.IndexOf(Dashes, text[at]) >= 0
        && (at == 0 || !IsWord(text[at - 1]))
        && at + 1 < text.Length && IsWord(text[at + 1]);

    private static bool IsWord(char sign) => char.IsLetterOrDigit(sign) || sign == '_';

    /// <summary>`%name%` is each of the values given for it; `\%` is a percent sign.</summary>
    private List<SigmaText>? Expand(YamlScalar value)
    {
        var made = new List<string> { "" };
        var text = value.Value;
        for (var i = 0; i < text.Length; i++)
        {
            var end = text[i] == '%' ? text.IndexOf('%', i + 1) : -1;
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] == '%')
            {
                i++;
                made = [.. made.Select(m => m + '%')];
            }
            else if (end > i + 1)
            {
                var name = text[(i + 1)..end];
                if (!placeholders.TryGetValue(name, out var values))
                {
                    report.Placeholder(value.SpanOf(i, end + 1 - i), name);
                    return null;
                }
                made = [.. made.SelectMany(m => values.Select(v => m + v))];
                i = end;
            }
            else
            {
                made = [.. made.Select(m => m + text[i])];
            }
            if (made.Count <= Most) continue;
            report.TooMany(value.Span, Most);
            return null;
        }
        return [.. made.Select(SigmaText.Parse)];
    }
}
