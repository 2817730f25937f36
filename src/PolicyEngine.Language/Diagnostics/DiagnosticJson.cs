using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Diagnostics;

/// <summary>Diagnostics for other programs.</summary>
internal static class DiagnosticJson
{
    // Policy texts are full of quotes and comparison signs; the output is a file or a pipe, not a part of a page.
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IEnumerable<Diagnostic> diagnostics)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartArray();
            foreach (var diagnostic in diagnostics) Write(writer, diagnostic);
            writer.WriteEndArray();
        }
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter writer, Diagnostic diagnostic)
    {
        writer.WriteStartObject();
        writer.WriteString("code", diagnostic.Code);
        writer.WriteString("severity", DiagnosticRenderer.Word(diagnostic.Severity));
        writer.WriteString("message", diagnostic.Message);
        if (diagnostic.Label is { } label) writer.WriteString("label", label);
        WritePlace(writer, diagnostic.Span);
        writer.WriteStartArray("related");
        foreach (var related in diagnostic.Related)
        {
            writer.WriteStartObject();
            writer.WriteString("message", related.Message);
            WritePlace(writer, related.Span);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("notes");
        if (diagnostic.Help is { } help) writer.WriteStringValue(help);
        if (diagnostic.Note is { } note) writer.WriteStringValue(note);
        writer.WriteEndArray();
        writer.WriteStartArray("fixes");
        if (diagnostic.Fix is { } fix) WriteFix(writer, fix);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteFix(Utf8JsonWriter writer, Fix fix)
    {
        writer.WriteStartObject();
        writer.WriteString("title", fix.Title);
        writer.WriteStartArray("edits");
        foreach (var edit in fix.Edits)
        {
            writer.WriteStartObject();
            WritePlace(writer, edit.Span);
            writer.WriteString("newText", edit.NewText);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteBoolean("safe", fix.Safe);
        writer.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter writer, TextSpan span)
    {
        if (span.Source is not { } source) return;
        writer.WriteString("file", source.Path);
        writer.WriteStartObject("range");
        WritePosition(writer, "start", source.Position(span.Start));
        WritePosition(writer, "end", source.Position(span.End));
        writer.WriteEndObject();
    }

    private static void WritePosition(Utf8JsonWriter writer, string name, (int Line, int Column) position)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("line", position.Line);
        writer.WriteNumber("column", position.Column);
        writer.WriteEndObject();
    }
}
