using System.Globalization;
using System.Text;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Diagnostics;

/// <summary>The lines that a diagnostic speaks of, with marks under them; `^` for the place itself, `-` for related ones.</summary>
internal sealed class SourceExcerpt(Diagnostic diagnostic, RenderOptions options, Paint paint)
{
    private sealed record Mark(int Line, int From, int To, char Sign, string? Label);

    /// <summary>
    /// Writes the excerpt and gives the width of the line numbers; <paramref name="more"/>: something follows below it.
    /// </summary>
    public int Write(StringBuilder output, bool more)
    {
        if (diagnostic.Span.Source is not { } main) return 1;
        var places = new List<(SourceText Source, TextSpan Span, char Sign, string? Label)> { (main, diagnostic.Span, '^', diagnostic.Label) };
        foreach (var related in diagnostic.Related)
            if (related.Span.Source is { } source) places.Add((source, related.Span, '-', related.Message));
        var margin = places.Max(p => p.Source.Position(p.Span.Start).Line).ToString(CultureInfo.InvariantCulture).Length;
        foreach (var file in places.GroupBy(p => p.Source))
        {
            var (line, column) = file.Key.Position(file.First().Span.Start);
            output.Append(' ', margin).Append(paint.Frame(ReferenceEquals(file.Key, main) ? "-->" : ":::"))
                .Append(CultureInfo.InvariantCulture, $" {DisplayLine.Safe(file.Key.Path)}:{line}:{column}\n");
            WriteFile(output, file.Key, margin, [.. file.Select(p => MarkOf(p.Source, p.Span, p.Sign, p.Label))]);
        }
        if (more) Gutter(output, margin, "").Append('\n');
        return margin;
    }

    private static Mark MarkOf(SourceText source, TextSpan span, char sign, string? label)
    {
        var (line, column) = source.Position(span.Start);
        var text = source.Line(line);
        // A span over several lines is marked on its first one.
        var from = Math.Min(column - 1, text.Length);
        return new Mark(line, from, Math.Clamp(from + span.Length, from, text.Length), sign, label);
    }

    private void WriteFile(StringBuilder output, SourceText source, int margin, List<Mark> marks)
    {
        Gutter(output, margin, "").Append('\n');
        var previous = 0;
        foreach (var line in marks.GroupBy(m => m.Line).OrderBy(g => g.Key))
        {
            if (previous > 0 && line.Key == previous + 2) WriteLine(output, source, margin, previous + 1, []);
            else if (previous > 0 && line.Key > previous + 2) output.Append(paint.Frame("...")).Append('\n');
            WriteLine(output, source, margin, line.Key, [.. line.OrderBy(m => m.From).ThenBy(m => m.To)]);
            previous = line.Key;
        }
    }

    private void WriteLine(StringBuilder output, SourceText source, int margin, int number, List<Mark> marks)
    {
        var line = new DisplayLine(source.Line(number));
        var (from, to) = Window(line, marks);
        var head = from > 0 ? "…" : "";
        var tail = to < line.Width ? "…" : "";
        Gutter(output, margin, number.ToString(CultureInfo.InvariantCulture));
        Text(output, head + line.Cut(from, to).TrimEnd() + tail);
        if (marks.Count == 0) return;
        var shift = from - head.Length;
        WriteMarks(output, margin, [.. marks.Select(m => Place(m, line, shift, to - shift))]);
    }

    private static Mark Place(Mark mark, DisplayLine line, int shift, int end)
    {
        var from = Math.Clamp(line.Column(mark.From) - shift, 0, end);
        var to = Math.Clamp(line.Column(mark.To) - shift, from + 1, Math.Max(end, from + 1));
        return mark with { From = from, To = to };
    }

    /// <summary>The columns of a line that are shown: all, or those around its first mark.</summary>
    private (int From, int To) Window(DisplayLine line, List<Mark> marks)
    {
        if (line.Width <= options.Width) return (0, line.Width);
        var start = marks.Count == 0 ? 0 : line.Column((marks.Find(m => m.Sign == '^') ?? marks[0]).From);
        var from = start < options.Width * 2 / 3 ? 0 : start - options.Width / 3;
        return (from, Math.Min(line.Width, from + options.Width));
    }

    /// <summary>All marks in one row with the label of the last; the other labels hang below their marks, right to left.</summary>
    private void WriteMarks(StringBuilder output, int margin, List<Mark> marks)
    {
        var row = new StringBuilder();
        foreach (var mark in marks)
        {
            if (row.Length < mark.From) row.Append(' ', mark.From - row.Length);
            for (var i = row.Length; i < mark.To; i++) row.Append(mark.Sign);
        }
        var last = marks[^1].Label is { } label ? " " + DisplayLine.Safe(label) : "";
        Gutter(output, margin, "");
        Text(output, Marked(row.ToString()) + last);
        for (var i = marks.Count - 2; i >= 0; i--)
        {
            if (marks[i].Label is not { } hanging) continue;
            Hang(output, margin, marks, i + 1, null);
            Hang(output, margin, marks, i, DisplayLine.Safe(hanging));
        }
    }

    private void Hang(StringBuilder output, int margin, List<Mark> marks, int count, string? label)
    {
        var row = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            if (marks[i].Label is null || row.Length > marks[i].From) continue;
            row.Append(' ', marks[i].From - row.Length).Append('|');
        }
        if (label is not null && row.Length <= marks[count].From) row.Append(' ', marks[count].From - row.Length);
        Gutter(output, margin, "");
        Text(output, row + label);
    }

    private string Marked(string row) => paint.Severity(diagnostic.Severity, row);

    private StringBuilder Gutter(StringBuilder output, int margin, string number) =>
        output.Append(paint.Frame(number.PadLeft(margin) + " |"));

    private static void Text(StringBuilder output, string text) =>
        output.Append(text.Length > 0 ? " " + text : "").Append('\n');
}
