using System.Buffers;
using System.Globalization;
using System.Text;

namespace PolicyEngine.Language.Yaml.Spelling;

/// <summary>Scalars as they are written: without quotes where nothing in them means something to YAML.</summary>
internal static class ScalarText
{
    private static readonly SearchValues<char> FlowSigns = SearchValues.Create(",[]{}");
    private const string Beginnings = "-?:,[]{}#&*!|>'\"%@`";

    public static string Of(string value, bool isFlow) =>
        IsPlain(value, isFlow) ? value : value.Any(char.IsControl) ? Escaped(value) : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>In quotes, so that it is taken for nothing but a text.</summary>
    public static string Quoted(string value) =>
        value.Any(char.IsControl) ? Escaped(value) : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private static bool IsPlain(string value, bool isFlow)
    {
        if (value.Length == 0 || Beginnings.Contains(value[0], StringComparison.Ordinal) || value[0] == ' ' || value[^1] is ' ' or ':') return false;
        if (value is "~" || string.Equals(value, "null", StringComparison.OrdinalIgnoreCase) || value is "<<" or "---" or "...") return false;
        if (value.Contains(": ", StringComparison.Ordinal) || value.Contains(" #", StringComparison.Ordinal)) return false;
        if (isFlow && value.AsSpan().ContainsAny(FlowSigns)) return false;
        return !value.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\uFEFF' or '\u00A0');
    }

    private static string Escaped(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var sign in value)
        {
            if (sign is '"' or '\\') text.Append('\\').Append(sign);
            else if (sign == '\n') text.Append("\\n");
            else if (sign == '\t') text.Append("\\t");
            else if (char.IsControl(sign)) text.Append(CultureInfo.InvariantCulture, $"\\u{(int)sign:x4}");
            else text.Append(sign);
        }
        return text.Append('"').ToString();
    }
}
