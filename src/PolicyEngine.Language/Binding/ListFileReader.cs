using System.Globalization;
using System.Net;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>An entry of a list file. <paramref name="Expires"/>: milliseconds since 1970-01-01 UTC, null for ever.</summary>
public sealed record ListFileEntry(LiteralExpression Value, string? Source, string? Confidence, long? Expires);

public sealed record ListFileResult(IReadOnlyList<ListFileEntry> Entries, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>
/// Reads list files. A `.txt` file has one entry a line; lines that begin with `#` or `--` are comments. A `.csv` file has a line of
/// headings first: its first column holds the entries, the columns `source`, `confidence` and `expires` are optional, others are left
/// alone. A `.json` file is a STIX 2.1 bundle. At most 100 lines with an error are reported.
/// </summary>
public static class ListFileReader
{
    private const int MaximumDiagnostics = 100;

    public static ListFileResult Parse(SourceText file, PolicyType element)
    {
        var entries = new List<ListFileEntry>();
        var diagnostics = new List<Diagnostic>();
        var rows = file.Path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? CsvRows(file, diagnostics)
            : file.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? new StixBundle(file, element, diagnostics).Rows() : TextRows(file);
        foreach (var row in rows)
        {
            var (entry, problem) = Entry(row, element);
            if (entry is not null) entries.Add(entry);
            if (problem is not null && diagnostics.Count < MaximumDiagnostics) diagnostics.Add(problem);
        }
        return new ListFileResult(entries, diagnostics);
    }

    private static IEnumerable<ListRow> TextRows(SourceText file)
    {
        foreach (var (line, start) in Lines(file))
        {
            var value = line.Trim();
            if (value.Length == 0 || IsComment(value)) continue;
            yield return new ListRow(value, new TextSpan(file, start + line.IndexOf(value, StringComparison.Ordinal), value.Length), null, null, null);
        }
    }

    private static IEnumerable<ListRow> CsvRows(SourceText file, List<Diagnostic> diagnostics)
    {
        List<string>? heading = null;
        foreach (var (line, start) in Lines(file))
        {
            if (line.Trim().Length == 0 || IsComment(line.TrimStart())) continue;
            var span = new TextSpan(file, start, line.Length);
            if (Cells(line) is not { } cells)
            {
                if (diagnostics.Count < MaximumDiagnostics) diagnostics.Add(ListErrors.OpenQuote(span));
                continue;
            }
            if (heading is null)
            {
                heading = [.. cells.Select(c => c.Trim())];
                continue;
            }
            string? Column(string name) => heading.IndexOf(name) is var i and > 0 && i < cells.Count && cells[i].Trim() is { Length: > 0 } cell ? cell : null;
            if (cells[0].Trim() is { Length: > 0 } value) yield return new ListRow(value, span, Column("source"), Column("confidence"), Column("expires"));
        }
    }

    private static bool IsComment(string line) => line.StartsWith('#') || line.StartsWith("--", StringComparison.Ordinal);

    private static IEnumerable<(string Line, int Start)> Lines(SourceText file)
    {
        var text = file.Text;
        for (var start = text.StartsWith('\uFEFF') ? 1 : 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0) end = text.Length;
            yield return (text[start..end].TrimEnd('\r'), start);
            start = end + 1;
        }
    }

    /// <summary>The cells of a line; quotes may enclose a cell and are doubled inside it. Null when one is not closed.</summary>
    private static List<string>? Cells(string line)
    {
        var cells = new List<string>();
        for (var i = 0; i <= line.Length; i++)
        {
            var cell = "";
            if (i < line.Length && line[i] == '"')
            {
                for (i++; ; i++)
                {
                    if (i >= line.Length) return null;
                    if (line[i] != '"') cell += line[i];
                    else if (i + 1 < line.Length && line[i + 1] == '"') cell += line[i++];
                    else break;
                }
                i++;
            }
            var end = i >= line.Length ? -1 : line.IndexOf(',', i);
            if (end < 0) end = line.Length;
            cells.Add(cell + line[Math.Min(i, end)..end]);
            i = end;
        }
        return cells;
    }

    private static (ListFileEntry? Entry, Diagnostic? Problem) Entry(ListRow row, PolicyType element)
    {
        if (Value(row.Value, element, row.Span) is not { } value) return (null, ListErrors.WrongLine(row.Span, row.Value, element));
        if (row.Expires is null) return (new ListFileEntry(value, row.Source, row.Confidence, null), null);
        return Value(row.Expires, PolicyType.Time, row.Span) is { Value: long expires }
            ? (new ListFileEntry(value, row.Source, row.Confidence, expires), null)
            : (null, ListErrors.WrongExpiry(row.Span, row.Expires));
    }

    private static LiteralExpression? Value(string text, PolicyType element, TextSpan span)
    {
        object? value = element.Kind switch
        {
            TypeKind.Text or TypeKind.Entity => text,
            TypeKind.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? integer : null,
            TypeKind.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
            TypeKind.Boolean => text switch { "true" => true, "false" => false, _ => null },
            TypeKind.Ip => IPAddress.TryParse(text, out var address) ? address : null,
            TypeKind.Cidr => Range(text),
            TypeKind.Time => Literal<MomentLiteral>(text)?.Milliseconds,
            TypeKind.Duration => Literal<DurationLiteral>(text)?.Milliseconds,
            _ => null,
        };
        return value is null ? null : new LiteralExpression(element, span, value);
    }

    private static object? Range(string text)
    {
        if (!text.Contains('/', StringComparison.Ordinal))
            return IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
        return IPNetwork.TryParse(text, out var network) ? network : null;
    }

    private static T? Literal<T>(string text) where T : LiteralSyntax =>
        PolicyParser.ParseExpression(new SourceText("", text)) is { Diagnostics.Count: 0, Expression: T literal } ? literal : null;
}
