using System.Text.RegularExpressions;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Yaml.Spelling;

/// <summary>Texts and literals of the language, as far as the other spelling has to tell them apart.</summary>
internal static partial class LanguageText
{
    /// <summary>Whether a text that stands without quotes is a number, time, address and so on rather than a text.</summary>
    public static bool IsLiteral(string text) =>
        Beginning().IsMatch(text) && PolicyParser.ParseExpression(new SourceText("", text)) is
        {
            Diagnostics.Count: 0, Expression: LiteralSyntax and not (TextLiteral or PatternLiteral or ListLiteral),
        };

    /// <summary>Whether the value is around the value of a key rather than over events, so that its condition is said last.</summary>
    public static bool IsAround(string value) => By().IsMatch(Quotes().Replace(value, ""));

    [GeneratedRegex("^([0-9a-fA-F:]|true$|false$)", RegexOptions.CultureInvariant)]
    private static partial Regex Beginning();

    [GeneratedRegex(@"\bby\b", RegexOptions.CultureInvariant)]
    private static partial Regex By();

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^']|'')*'|`[^`]*`", RegexOptions.CultureInvariant)]
    private static partial Regex Quotes();
}
