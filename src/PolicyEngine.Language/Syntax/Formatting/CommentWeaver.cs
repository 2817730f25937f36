using System.Text;

namespace PolicyEngine.Language.Syntax.Formatting;

/// <summary>
/// Puts comments and blank lines back between the lines of a layout. A comment behind something stays behind it; one on a line
/// of its own stays before what follows it; one in the middle of what has become a single line goes before that line.
/// </summary>
internal static class CommentWeaver
{
    private sealed record Item(int Start, int Indent, string Text, bool Comment)
    {
        public bool Apart { get; set; }
    }

    /// <param name="file">The file with its comments.</param>
    /// <param name="lines">The layout without them.</param>
    /// <param name="spell">A comment as it is written there.</param>
    public static string Weave(PolicyFile file, IReadOnlyList<LayoutLine> lines, Func<string, string>? spell = null)
    {
        var items = Items(spell is null ? file : file with { Comments = [.. file.Comments.Select(c => c with { Text = spell(c.Text) })] }, lines);
        var output = new StringBuilder();
        foreach (var item in items)
        {
            if (output.Length > 0 && (item.Apart || BlankBefore(file.Source.Text, item.Start))) output.Append('\n');
            output.Append(' ', item.Indent).Append(item.Text).Append('\n');
        }
        return output.ToString();
    }

    private static List<Item> Items(PolicyFile file, IReadOnlyList<LayoutLine> lines)
    {
        var items = new List<Item>();
        var next = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            while (next < file.Comments.Count && file.Comments[next].Span.Start < line.End)
                items.Add(Own(file.Comments[next++], line.Closes ? line.Indent + 2 : line.Indent));
            if (line.Text.Length == 0) continue;
            var limit = i + 1 < lines.Count ? lines[i + 1].Start : int.MaxValue;
            var behind = next < file.Comments.Count && !file.Comments[next].OwnLine && file.Comments[next].Span.Start < limit
                ? "  " + file.Comments[next++].Text
                : "";
            items.Add(new Item(line.Start, line.Indent, line.Text + behind, false));
            if (line.Apart) Separate(file, items);
        }
        for (; next < file.Comments.Count; next++) items.Add(Own(file.Comments[next], 0));
        return items;
    }

    private static Item Own(Comment comment, int indent) => new(comment.Span.Start, indent, comment.Text, true);

    /// <summary>The comments right above a statement belong to it: the blank line goes above them.</summary>
    private static void Separate(PolicyFile file, List<Item> items)
    {
        var first = items.Count - 1;
        while (first > 0 && items[first - 1].Comment && !BlankBefore(file.Source.Text, items[first].Start)) first--;
        items[first].Apart = true;
    }

    private static bool BlankBefore(string text, int start)
    {
        var lines = 0;
        for (var i = start - 1; i >= 0 && (char.IsWhiteSpace(text[i]) || text[i] == '\uFEFF'); i--)
            if (text[i] == '\n') lines++;
        return lines >= 2;
    }
}
