using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Yaml.Spelling;

/// <summary>Texts and literals of the language, as far as the other spelling has to tell them apart.</summary>
internal static partial class LanguageText
{
    /// <summary>The value between quotes with its escapes, and for each sign of that, and its end, the place in the value.</summary>
    public static (string Text, int[] Places) Quote(string value)
    {
        var text = new StringBuilder("\"");
        List<int> places = [0];
        for (var i = 0; i < value.Length; i++)
        {
            var before = text.Length;
            Escape(text, value[i]);
            for (var k = before; k < text.Length; k++) places.Add(i);
        }
        places.Add(value.Length);
        places.Add(value.Length);
        return (text.Append('"').ToString(), [.. places]);
    }

    /// <summary>Whether a text that stands without quotes is a number, time, address and so on rather than a text.</summary>
    public static bool IsLiteral(string text) =>
        Beginning().IsMatch(text) && PolicyParser.ParseExpression(new SourceText("", text)) is
        {
            Diagnostics.Count: 0, Expression: LiteralSyntax and not (TextLiteral or PatternLiteral or ListLiteral),
        };

    /// <summary>Whether the value is around the value of a key rather than over events, so that its condition is said last.</summary>
    public static bool IsAround(string value) => By().IsMatch(Quotes().Replace(value, ""));

    private static void Escape(StringBuilder text, char sign)
    {
        if (sign is '"' or '\\') text.Append('\\').Append(sign);
        else if (sign == '\n') text.Append("\\n");
        else if (sign == '\t') text.Append("\\t");
        else if (char.IsControl(sign)) text.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)sign:x}}}");
        else text.Append(sign);
    }

    [GeneratedRegex("^([0-9a-fA-F:]|true$|false$)", RegexOptions.CultureInvariant)]
    private static partial Regex Beginning();

    [GeneratedRegex(@"\bby\b", RegexOptions.CultureInvariant)]
    private static partial Regex By();

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^']|'')*'|`[^`]*`", RegexOptions.CultureInvariant)]
    private static partial Regex Quotes();
}
