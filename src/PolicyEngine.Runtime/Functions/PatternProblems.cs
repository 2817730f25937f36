using System.Text.RegularExpressions;

namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// Why a pattern was refused, in lower case and without a period, and where in the pattern it is (UTF-16 units).
/// </summary>
public sealed record PatternProblem(int Offset, int Length, string Message);

/// <summary>Turns the refusals of the platform into words of the policy writer.</summary>
internal static class PatternProblems
{
    private static readonly (string Start, string Message)[] Refused =
    [
        ("(?<=", "looking back is not possible in a linear-time pattern"),
        ("(?<!", "looking back is not possible in a linear-time pattern"),
        ("(?=", "looking ahead is not possible in a linear-time pattern"),
        ("(?!", "looking ahead is not possible in a linear-time pattern"),
        ("(?>", "atomic groups are not possible in a linear-time pattern"),
        ("(?(", "conditional groups are not possible in a linear-time pattern"),
        ("\\k", "references to earlier groups are not possible in a linear-time pattern"),
        ("\\G", "`\\G` is not possible in a linear-time pattern"),
    ];

    /// <summary>
    /// Lookaround, references and the like: the first of them in the pattern, or the whole pattern when it is merely too large.
    /// </summary>
    internal static PatternProblem FindRefused(string pattern)
    {
        var inClass = false;
        for (var at = 0; at < pattern.Length; at++)
        {
            var rest = pattern.AsSpan(at);
            if (!inClass && TryRecognise(rest, out var length, out var message))
                return new PatternProblem(at, length, message);
            if (rest[0] == '\\')
                at++;
            else if (rest[0] is '[' or ']')
                inClass = rest[0] == '[' || (inClass && at > 0 && pattern[at - 1] is '[' or '^');
        }
        return new PatternProblem(
            0, pattern.Length, "the pattern is too large: repeated counts multiply, and 10 000 states are the limit");
    }

    internal static PatternProblem Describe(RegexParseError error, int offset) => new(offset, 1, error switch
    {
        RegexParseError.UnterminatedBracket => "a `[` is not closed by `]`",
        RegexParseError.InsufficientClosingParentheses => "a `(` is not closed by `)`",
        RegexParseError.InsufficientOpeningParentheses => "a `)` has no `(` before it",
        RegexParseError.QuantifierAfterNothing => "there is nothing before this to repeat",
        RegexParseError.NestedQuantifiersNotParenthesized => "a repetition cannot be repeated without parentheses",
        RegexParseError.ReversedQuantifierRange => "the counts of this repetition are in the wrong order",
        RegexParseError.ReversedCharacterRange => "the ends of this range are in the wrong order",
        RegexParseError.UnescapedEndingBackslash => "the pattern ends in a lone backslash",
        RegexParseError.UnrecognizedEscape => "this escape is not known",
        RegexParseError.InvalidUnicodePropertyEscape or RegexParseError.MalformedUnicodePropertyEscape =>
            "this character class is not known",
        RegexParseError.UndefinedNumberedReference or RegexParseError.UndefinedNamedReference => "there is no such group",
        RegexParseError.InvalidGroupingConstruct => "this kind of group is not known",
        _ => "the pattern is not a regular expression",
    });

    private static bool TryRecognise(ReadOnlySpan<char> rest, out int length, out string message)
    {
        foreach (var (start, text) in Refused)
        {
            if (!rest.StartsWith(start))
                continue;
            (length, message) = (start.Length, text);
            return true;
        }
        var isReference = rest.Length > 1 && rest[0] == '\\' && rest[1] is >= '1' and <= '9';
        (length, message) = (2, "references to earlier groups are not possible in a linear-time pattern");
        return isReference;
    }
}
