using System.Text;

namespace PolicyEngine.Language.Diagnostics;

/// <summary>Shows diagnostics: the source as written, the place marked, what was expected, the fix.</summary>
public static class DiagnosticRenderer
{
    /// <summary>The form for people, several lines and a final line end.</summary>
    public static string Human(Diagnostic diagnostic, RenderOptions? options = null)
    {
        options ??= RenderOptions.Plain;
        var paint = new Paint(options.Colour);
        var output = new StringBuilder();
        output.Append(paint.Severity(diagnostic.Severity, $"{Word(diagnostic.Severity)}[{diagnostic.Code}]"))
            .Append(paint.Bold($": {DisplayLine.Safe(diagnostic.Message)}")).Append('\n');
        (string Kind, string? Text)[] below = [("help", diagnostic.Help), ("note", diagnostic.Note), ("fix", FixText(diagnostic))];
        var margin = new SourceExcerpt(diagnostic, options, paint).Write(output, below.Any(b => b.Text is not null));
        foreach (var (kind, text) in below) Line(output, paint, margin, kind, text);
        return output.ToString();
    }

    /// <summary>One line: `path:line:column: error P1001: message`.</summary>
    public static string Concise(Diagnostic diagnostic)
    {
        var message = $"{Word(diagnostic.Severity)} {diagnostic.Code}: {DisplayLine.Safe(diagnostic.Message)}";
        if (diagnostic.Span.Source is not { } source) return message;
        var (line, column) = source.Position(diagnostic.Span.Start);
        return $"{DisplayLine.Safe(source.Path)}:{line}:{column}: {message}";
    }

    /// <summary>A JSON array; lines and columns count from 1, columns in UTF-16 units.</summary>
    public static string Json(IEnumerable<Diagnostic> diagnostics) => DiagnosticJson.Write(diagnostics);

    internal static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };

    private static string? FixText(Diagnostic diagnostic)
    {
        // A label such as "write `and`" has said it already.
        if (diagnostic.Fix is not { } fix || diagnostic.Label == fix.Title) return null;
        return fix.Safe ? fix.Title : $"{fix.Title}   (a guess: not applied by itself)";
    }

    private static void Line(StringBuilder output, Paint paint, int margin, string kind, string? text)
    {
        if (text is null) return;
        output.Append(' ', margin + 1).Append(paint.Frame("=")).Append(' ').Append(paint.Bold($"{kind}:")).Append(' ')
            .Append(DisplayLine.Safe(text)).Append('\n');
    }
}
