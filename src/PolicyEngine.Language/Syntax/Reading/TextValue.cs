using System.Globalization;
using System.Text;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>What stands between the quotes of a text or a pattern.</summary>
internal static class TextValue
{
    public static string Unescape(string quoted) => Unescape(quoted, 1, quoted.Length - 1, null);

    /// <summary>
    /// The text from <paramref name="start"/> to <paramref name="end"/> with its escapes resolved. <paramref name="places"/> gets
    /// for every character of the result the offset it came from, and the end.
    /// </summary>
    public static string Unescape(string raw, int start, int end, List<int>? places)
    {
        if (places is null && raw.IndexOf('\\', start, end - start) < 0) return raw[start..end];
        var value = new StringBuilder(end - start);
        for (var i = start; i < end;)
        {
            var at = i;
            var before = value.Length;
            i = raw[i] == '\\' && i + 1 < end ? Escape(raw, i + 1, end, value) : Plain(raw, i, value);
            for (var k = before; k < value.Length; k++) places?.Add(at);
        }
        places?.Add(end);
        return value.ToString();
    }

    /// <summary>A raw pattern: only `''` stands for another character, the quote itself.</summary>
    public static string Raw(string quoted) => quoted[1..^1].Replace("''", "'", StringComparison.Ordinal);

    private static int Plain(string raw, int at, StringBuilder value)
    {
        value.Append(raw[at]);
        return at + 1;
    }

    private static int Escape(string raw, int at, int end, StringBuilder value)
    {
        switch (raw[at])
        {
            case 'n':
                value.Append('\n');
                return at + 1;
            case 't':
                value.Append('\t');
                return at + 1;
            case 'u' when at + 1 < end && raw[at + 1] == '{' && raw.IndexOf('}', at, end - at) is > 0 and var close:
                if (TryCodePoint(raw[(at + 2)..close], out var rune)) value.Append(rune.ToString());
                return close + 1;
            default:
                value.Append(raw[at]);
                return at + 1;
        }
    }

    /// <summary>The character that `\u{hex}` names; surrogates and numbers past 10FFFF name none.</summary>
    public static bool TryCodePoint(string hex, out Rune rune)
    {
        rune = default;
        return hex.Length <= 6 && int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            && Rune.TryCreate(number, out rune);
    }
}
