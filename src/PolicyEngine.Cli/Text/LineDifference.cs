using PolicyEngine.Cli.Terminal;

namespace PolicyEngine.Cli.Text;

/// <summary>Which lines of a text go and which come, with a few lines around them.</summary>
internal static class LineDifference
{
    private const int Around = 2;

    public static void Write(TextWriter writer, string path, string before, string after, Palette palette)
    {
        writer.WriteLine(palette.Bold($"--- {path}"));
        writer.WriteLine(palette.Bold($"+++ {path}"));
        var lines = Compare(Lines(before), Lines(after));
        var shown = -1;
        for (var i = 0; i < lines.Count; i++)
        {
            if (!lines.Skip(Math.Max(0, i - Around)).Take(2 * Around + 1).Any(l => l.Mark != ' ')) continue;
            if (i > shown + 1 || shown < 0) writer.WriteLine(palette.Dim("@@"));
            shown = i;
            var text = $"{lines[i].Mark}{lines[i].Text}";
            writer.WriteLine(lines[i].Mark switch { '-' => palette.Red(text), '+' => palette.Green(text), _ => text });
        }
    }

    private static string[] Lines(string text) => text.TrimEnd('\n').Split('\n');

    /// <summary>By the longest common sequence of lines.</summary>
    private static List<(char Mark, string Text)> Compare(string[] before, string[] after)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
            for (var j = after.Length - 1; j >= 0; j--)
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        var lines = new List<(char, string)>();
        var (a, b) = (0, 0);
        while (a < before.Length || b < after.Length)
        {
            if (a < before.Length && b < after.Length && before[a] == after[b])
            {
                lines.Add((' ', before[a++]));
                b++;
            }
            else if (b == after.Length || (a < before.Length && common[a + 1, b] >= common[a, b + 1])) lines.Add(('-', before[a++]));
            else lines.Add(('+', after[b++]));
        }
        return lines;
    }
}
