using System.Text;
using PolicyEngine.Language.Sigma;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Syntax.Formatting;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>What stands after the `=` of a declaration, in one line and without comments.</summary>
internal static class DeclarationText
{
    /// <summary>A measure that a Sigma correlation has become was written nowhere; it is said as one would write it.</summary>
    public static string Of(MeasureStatement measure) =>
        measure.Span.Source is { } source && SigmaFiles.IsSigma(source.Path, source.Text) ? MadeTree.Definition(measure) : Of(measure.Span);

    public static string Of(TextSpan statement)
    {
        var text = statement.Text;
        var result = new StringBuilder();
        var quote = '\0';
        for (var i = text.IndexOf('=', StringComparison.Ordinal) + 1; i < text.Length; i++)
        {
            var c = text[i];
            if (quote == '\0' && c == '-' && i + 1 < text.Length && text[i + 1] == '-')
            {
                while (i < text.Length && text[i] != '\n') i++;
                c = ' ';
            }
            else if (quote == '\0' && c is '"' or '\'' or '`') quote = c;
            else if (quote == '"' && c == '\\') result.Append(text[i++]);
            else if (c == quote) quote = '\0';
            if (i >= text.Length) break;
            if (quote == '\0' && char.IsWhiteSpace(c)) AppendSpace(result);
            else result.Append(text[i]);
        }
        return result.ToString().Trim();
    }

    private static void AppendSpace(StringBuilder result)
    {
        if (result.Length > 0 && result[^1] != ' ') result.Append(' ');
    }
}
