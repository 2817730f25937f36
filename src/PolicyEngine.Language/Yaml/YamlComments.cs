using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Yaml;

/// <summary>Comments are what begins with `#` at a space or line start outside of every scalar.</summary>
internal static class YamlComments
{
    public static IReadOnlyList<YamlComment> Find(SourceText source, IReadOnlyList<YamlScalar> scalars)
    {
        var found = new List<YamlComment>();
        var at = 0;
        foreach (var scalar in scalars)
        {
            // The line that opens a block may end in a comment, so only the block's text is passed over.
            var taken = scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded ? scalar.Content : scalar.Span;
            Between(source, at, taken.Start, found);
            at = Math.Max(at, taken.End);
        }
        Between(source, at, source.Text.Length, found);
        return found;
    }

    private static void Between(SourceText source, int from, int to, List<YamlComment> found)
    {
        var text = source.Text;
        for (var at = from; at < to; at++)
        {
            if (text[at] != '#' || (at > 0 && !char.IsWhiteSpace(text[at - 1]))) continue;
            var end = text.IndexOf('\n', at);
            if (end < 0) end = text.Length;
            if (end > at && text[end - 1] == '\r') end--;
            var line = text.LastIndexOf('\n', at) + 1;
            found.Add(new YamlComment(new TextSpan(source, at, end - at), text[at..end].TrimEnd(), text.AsSpan(line, at - line).IsWhiteSpace()));
            at = end;
        }
    }
}
