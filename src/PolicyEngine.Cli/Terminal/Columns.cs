namespace PolicyEngine.Cli.Terminal;

/// <summary>Rows of text with aligned columns, never wrapped. The last column is not padded.</summary>
internal sealed class Columns(params bool[] right)
{
    private readonly List<string[]> _rows = [];

    public int Count => _rows.Count;

    public void Add(params string[] row) => _rows.Add(row);

    public void Write(TextWriter writer, string indent = "")
    {
        if (_rows.Count == 0) return;
        var widths = Enumerable.Range(0, _rows.Max(r => r.Length)).Select(i => _rows.Max(r => i < r.Length ? r[i].Length : 0)).ToArray();
        foreach (var row in _rows)
        {
            var cells = row.Select((cell, i) => IsRight(i) ? cell.PadLeft(widths[i]) : i == row.Length - 1 ? cell : cell.PadRight(widths[i]));
            writer.WriteLine((indent + string.Join("  ", cells)).TrimEnd());
        }
    }

    private bool IsRight(int column) => column < right.Length && right[column];
}
