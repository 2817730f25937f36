using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml;

namespace PolicyEngine.Language.Sigma;

/// <summary>The words of a condition with their places: parentheses and bars by themselves, all else between spaces.</summary>
internal static class SigmaWords
{
    public static IEnumerable<(string Text, TextSpan Span)> Of(YamlScalar condition)
    {
        var text = condition.Value;
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var sign = i < text.Length ? text[i] : ' ';
            var alone = sign is '(' or ')' or '|';
            if (!alone && !char.IsWhiteSpace(sign))
            {
                if (start < 0) start = i;
                continue;
            }
            if (start >= 0) yield return (text[start..i], condition.SpanOf(start, i - start));
            start = -1;
            if (alone) yield return (sign.ToString(), condition.SpanOf(i, 1));
        }
    }
}
