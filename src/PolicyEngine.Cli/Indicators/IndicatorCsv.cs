using System.Buffers;

namespace PolicyEngine.Cli.Indicators;

/// <summary>Indicators as a `.csv` that a list can be read from again: the columns entry, source, confidence, expires (RFC 4180).</summary>
internal static class IndicatorCsv
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\",\n\r#- ");

    public static void Write(TextWriter to, IEnumerable<Indicator> indicators)
    {
        to.WriteLine("entry,source,confidence,expires");
        foreach (var i in indicators) to.WriteLine(string.Join(',', new[] { i.Value, i.Source, i.Confidence, i.Expires }.Select(Cell)));
    }

    /// <summary>Also what would begin a comment stands between quotes.</summary>
    private static string Cell(string? text) =>
        text is null ? "" : !text.AsSpan().ContainsAny(Special) ? text : '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}
