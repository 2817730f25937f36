using System.Globalization;
using System.Text.RegularExpressions;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>
/// Patterns of `matches` have to run in linear time: look-around, back references and conditions are refused here, with their place.
/// </summary>
internal static class Patterns
{
    private static readonly (string Text, string Name)[] Refused =
    [
        ("(?<=", "a look-behind `(?<=`"), ("(?<!", "a look-behind `(?<!`"), ("(?=", "a look-ahead `(?=`"), ("(?!", "a look-ahead `(?!`"),
        ("(?>", "an atomic group `(?>`"), ("(?(", "a condition `(?(`"), ("\\k", "a back reference `\\k`"), ("\\G", "the anchor `\\G`"),
    ];

    /// <summary>What the engine refuses of a pattern, or null when it takes it.</summary>
    public static Diagnostic? Check(LiteralExpression literal)
    {
        var pattern = (string)literal.Value;
        try
        {
            if (LinearPatterns.IsEvident(pattern)) return null;
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return null;
        }
        catch (RegexParseException error)
        {
            var place = Within(literal.Span, pattern, Math.Min(error.Offset, pattern.Length));
            return PatternErrors.Malformed(place, Describe(error.Error));
        }
        catch (NotSupportedException)
        {
            var (offset, length, name) = FirstRefused(pattern);
            return PatternErrors.Refused(length == 0 ? literal.Span : Within(literal.Span, pattern, offset) with { Length = length }, name);
        }
    }

    private static (int Offset, int Length, string Name) FirstRefused(string pattern)
    {
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (!inClass && Refused.FirstOrDefault(r => string.CompareOrdinal(pattern, i, r.Text, 0, r.Text.Length) == 0) is { Text: { } text, Name: var name })
                return (i, text.Length, name);
            if (!inClass && pattern[i] == '\\' && i + 1 < pattern.Length && pattern[i + 1] is >= '1' and <= '9') return (i, 2, $"a back reference `\\{pattern[i + 1]}`");
            if (pattern[i] == '\\') i++;
            else if (pattern[i] == '[') inClass = true;
            else if (pattern[i] == ']') inClass = false;
        }
        return (0, 0, "a pattern of this size: it would need more than 10 000 states");
    }

    /// <summary>A place in the pattern as a place in the file, where each quote is written twice.</summary>
    private static TextSpan Within(TextSpan literal, string pattern, int offset)
    {
        if (literal.Source is null || !literal.Text.StartsWith('\'')) return literal;
        var written = literal.Start + 1 + offset + pattern.AsSpan(0, offset).Count('\'');
        return new TextSpan(literal.Source, Math.Min(written, literal.End - 1), 1);
    }

    private static string Describe(RegexParseError error) => error switch
    {
        RegexParseError.InsufficientClosingParentheses => "a parenthesis is opened and never closed",
        RegexParseError.InsufficientOpeningParentheses => "a parenthesis is closed that was never opened",
        RegexParseError.UnterminatedBracket => "a class `[…` is never closed",
        RegexParseError.ReversedCharacterRange => "a range in `[…]` runs backwards",
        RegexParseError.ReversedQuantifierRange => "a repetition `{n,m}` runs backwards",
        RegexParseError.QuantifierAfterNothing => "there is nothing here to repeat",
        RegexParseError.NestedQuantifiersNotParenthesized => "a repetition is repeated; put the inner one in parentheses",
        RegexParseError.UndefinedNumberedReference or RegexParseError.UndefinedNamedReference => "it refers back to a group that does not exist",
        RegexParseError.InvalidUnicodePropertyEscape or RegexParseError.MalformedUnicodePropertyEscape => "there is no such class `\\p{…}`",
        RegexParseError.UnrecognizedEscape => "there is no such escape",
        RegexParseError.UnescapedEndingBackslash => "it ends in a single backslash",
        RegexParseError.InvalidGroupingConstruct => "there is no such group `(?…`",
        _ => string.Create(CultureInfo.InvariantCulture, $"it cannot be read here"),
    };
}
