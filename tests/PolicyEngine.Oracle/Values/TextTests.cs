using System.Text;
using System.Text.RegularExpressions;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Oracle.Values;

/// <summary>The text tests over one operand and one pattern (E10, E11).</summary>
internal static class TextTests
{
    public static bool Passes(TextOperator @operator, object operand, object pattern, bool ignoringCase)
    {
        if (operand is IReadOnlyList<object> items)
            return items.Any(item => Value.Same(item, pattern, ignoringCase));
        var text = Text(operand);
        var sought = Text(pattern);
        if (@operator == TextOperator.Matches) return Matches(text, sought, ignoringCase);
        if (ignoringCase) (text, sought) = (Value.Fold(text), Value.Fold(sought));
        return @operator switch
        {
            TextOperator.Contains => text.Contains(sought, StringComparison.Ordinal),
            TextOperator.StartsWith => text.StartsWith(sought, StringComparison.Ordinal),
            TextOperator.EndsWith => text.EndsWith(sought, StringComparison.Ordinal),
            _ => Like([.. text.EnumerateRunes()], 0, [.. sought.EnumerateRunes()], 0),
        };
    }

    private static string Text(object value) => value is EntityKey entity ? entity.Id : (string)value;

    private static bool Matches(string text, string pattern, bool ignoringCase) => Regex.IsMatch(
        text, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (ignoringCase ? RegexOptions.IgnoreCase : RegexOptions.None));

    /// <summary>`*` any run, `?` one scalar, over the whole value.</summary>
    private static bool Like(Rune[] text, int at, Rune[] pattern, int next)
    {
        if (next == pattern.Length) return at == text.Length;
        if (pattern[next].Value == '*') return Like(text, at, pattern, next + 1) || (at < text.Length && Like(text, at + 1, pattern, next));
        return at < text.Length && (pattern[next].Value == '?' || pattern[next] == text[at]) && Like(text, at + 1, pattern, next + 1);
    }
}
