using System.Text;

namespace PolicyEngine.DryRun.Scoring;

/// <summary>Rows of comma-separated values; a value in double quotes may hold commas, line ends and doubled quotes.</summary>
internal static class Csv
{
    /// <summary>The next row, or null at the end.</summary>
    public static List<string>? Row(TextReader text)
    {
        if (text.Peek() < 0) return null;
        var row = new List<string>();
        var value = new StringBuilder();
        while (true)
        {
            if (text.Peek() == '"' && value.Length == 0) ReadQuoted(text, value);
            switch (text.Read())
            {
                case ',':
                    row.Add(value.ToString());
                    value.Clear();
                    break;
                case '\r' when text.Peek() == '\n':
                    break;
                case '\n' or -1:
                    row.Add(value.ToString());
                    return row;
                case var letter:
                    value.Append((char)letter);
                    break;
            }
        }
    }

    private static void ReadQuoted(TextReader text, StringBuilder value)
    {
        text.Read();
        while (text.Read() is >= 0 and var letter)
        {
            if (letter == '"' && text.Peek() != '"') return;
            if (letter == '"') text.Read();
            value.Append((char)letter);
        }
    }
}
