using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;
using YamlDotNet.Core;

namespace PolicyEngine.Language.Yaml;

/// <summary>
/// Says in our words why a text is no YAML. The parser knows only what it expected; the usual reasons, which are a tab, a line that stands
/// too far left or right, an open quote and a text with a colon, are looked for at the place.
/// </summary>
internal static class YamlProblem
{
    /// <param name="source">The text.</param>
    /// <param name="problem">What the parser says; about tabs it says no place.</param>
    /// <param name="read">The end of what the parser could read.</param>
    public static Diagnostic Describe(SourceText source, YamlException problem, int read)
    {
        var length = source.Text.Length;
        var start = (int)Math.Clamp(problem.Start.Index, 0, length);
        if (Says(problem.Message, "tab as indentation") && Tab(source, source.Position(read).Line, source.LineCount) is { } tab) return tab;
        var end = (int)Math.Clamp(problem.End.Index, start, length);
        var (first, last) = (source.Position(start).Line, source.Position(end).Line);
        // The parser may stumble a line before or behind the one that is indented by a tab.
        return Tab(source, Math.Min(first, last - 2), last + 1) ?? ByMessage(source, problem.Message, start, end);
    }

    /// <summary>The first line of a stretch that is indented by a tab.</summary>
    private static Diagnostic? Tab(SourceText source, int first, int last)
    {
        for (var at = Math.Max(1, first); at <= Math.Min(last, source.LineCount); at++)
        {
            var text = source.Line(at);
            var tab = text.AsSpan(0, text.Length - text.AsSpan().TrimStart().Length).IndexOf('\t');
            if (tab < 0) continue;
            return new Diagnostic(YamlCodes.Tab, Severity.Error, "a line cannot be indented by tabs", new TextSpan(source, Offset(source, at) + tab, 1))
            {
                Label = "a tab",
                Help = "indent by spaces",
            };
        }
        return null;
    }

    private static Diagnostic ByMessage(SourceText source, string message, int start, int end)
    {
        if (Says(message, "unexpected end of stream")) return Unclosed(source, start, "this quote is not closed", "begins here", "write the same quote at its end");
        if (Says(message, "flow mapping")) return Unclosed(source, Bracket(source, end, '{', '}') ?? start, "this brace is not closed", "begins here", "write `}` at its end, and `,` between its parts");
        if (Says(message, "flow sequence")) return Unclosed(source, Bracket(source, end, '[', ']') ?? start, "this bracket is not closed", "begins here", "write `]` at its end, and `,` between its parts");
        if (Says(message, "escape") || Says(message, "hexadecimal") || Says(message, "surrogate")) return Escape(source, start, end);
        if (Says(message, "invalid mapping") || Says(message, "mapping values are not allowed") || Says(message, "simple key")) return Colon(source, message, start);
        if (Says(message, "block mapping") || Says(message, "block collection") || Says(message, "indent") || Says(message, "spaces"))
            return Indentation(source, start, end);
        return Stuck(source, start);
    }

    private static Diagnostic Unclosed(SourceText source, int start, string message, string label, string help) =>
        new(YamlCodes.Unclosed, Severity.Error, message, At(source, start, 1)) { Label = label, Help = help };

    private static Diagnostic Escape(SourceText source, int start, int end)
    {
        var at = end >= start && end < source.Text.Length ? source.Text.LastIndexOf('\\', Math.Min(end, source.Text.Length - 1)) : -1;
        if (at < start) at = start;
        return new Diagnostic(YamlCodes.UnknownEscape, Severity.Error, "this escape means nothing between double quotes", At(source, at, 2))
        {
            Label = "not an escape",
            Help = "between single quotes a backslash is a backslash",
        };
    }

    private static Diagnostic Colon(SourceText source, string message, int start)
    {
        if (!Says(message, "simple key"))
        {
            var value = Offset(source, source.Position(start).Line);
            // One colon on a line of its own kind ends a key: then the line is the trouble, not the text.
            var line = source.Line(source.Position(start).Line);
            if (line.Split(": ").Length == 2 && !line.TrimStart().StartsWith('-')) return Indentation(source, value, value);
            var colon = source.Text.IndexOf(": ", value, StringComparison.Ordinal);
            if (colon >= 0 && colon < start) value = colon + 1;
            return new Diagnostic(YamlCodes.ColonInText, Severity.Error, "this text reads as a key within a value", Trimmed(source, value, LineEnd(source, start)))
            {
                Label = "holds a colon and a space",
                Help = "put quotes around the text",
            };
        }
        return new Diagnostic(YamlCodes.Stuck, Severity.Error, "a key without a colon", Trimmed(source, start, LineEnd(source, start)))
        {
            Label = "`:` is expected on this line",
        };
    }

    private static Diagnostic Indentation(SourceText source, int start, int end)
    {
        var at = Trimmed(source, end, LineEnd(source, end));
        var (line, _) = source.Position(start);
        return new Diagnostic(YamlCodes.Indentation, Severity.Error, "this line stands neither beside nor below what it belongs to", at)
        {
            Label = "wrong indentation",
            Help = "parts of one mapping or list begin in the same column",
            Related = line < source.Position(at.Start).Line ? [new RelatedPlace(Trimmed(source, start, LineEnd(source, start)), "what it follows begins here")] : [],
        };
    }

    /// <summary>Where the parser trips over itself. <paramref name="bracket"/>: the innermost bracket or brace that is open there.</summary>
    public static Diagnostic Stuck(SourceText source, int start, int? bracket)
    {
        if (bracket is not { } open) return Stuck(source, start);
        var line = source.Position(start).Line;
        return Tab(source, line, line + 1) ?? Unclosed(source, open, source.Text[open] == '{' ? "this brace is not closed" : "this bracket is not closed",
            "begins here", "close it at its end, and write `,` between its parts");
    }

    private static Diagnostic Stuck(SourceText source, int start) =>
        start < source.Text.Length && source.Text[start] is ('[' or '{')
            ? Unclosed(source, start, "this bracket is not closed", "begins here", "close it at its end, and write `,` between its parts")
            : new Diagnostic(YamlCodes.Stuck, Severity.Error, "this cannot be read as YAML", At(source, start, 1))
            {
                Help = "put quotes around a text that begins with a sign such as `*`, `&`, `%`, `@`, `!` or a backtick",
            };

    /// <summary>The last bracket before a place that nothing closes.</summary>
    private static int? Bracket(SourceText source, int end, char open, char close)
    {
        var depth = 0;
        for (var at = Math.Min(end, source.Text.Length) - 1; at >= 0; at--)
        {
            if (source.Text[at] == close) depth++;
            else if (source.Text[at] == open && depth-- == 0) return at;
        }
        return null;
    }

    private static bool Says(string message, string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static int Offset(SourceText source, int line)
    {
        var at = 0;
        for (var i = 1; i < line; i++) at = source.Text.IndexOf('\n', at) + 1;
        return at;
    }

    private static int LineEnd(SourceText source, int at)
    {
        var end = source.Text.IndexOf('\n', at);
        return end < 0 ? source.Text.Length : end;
    }

    private static TextSpan At(SourceText source, int start, int length) => new(source, start, Math.Clamp(length, 0, source.Text.Length - start));

    private static TextSpan Trimmed(SourceText source, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(source.Text[start])) start++;
        while (end > start && char.IsWhiteSpace(source.Text[end - 1])) end--;
        return new TextSpan(source, start, end - start);
    }
}
