using System.Text.Encodings.Web;
using System.Text.Json;

namespace PolicyEngine.Service.Ingest;

/// <summary>What became of the events of one request. Names as many refused ones as is sensible and counts them all.</summary>
internal sealed class EventAnswer(int named)
{
    // The answer is JSON for programs, no part of a page: quotes and backticks may stand as they are.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(long Line, string Reason, string Detail)> _rejections = [];

    public long Accepted { get; private set; }

    public long Rejected { get; private set; }

    public void Accept(long events) => Accepted += events;

    public void Refuse(long line, string reason, string detail)
    {
        Rejected++;
        if (_rejections.Count < named) _rejections.Add((line, reason, detail));
    }

    public byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Plain))
        {
            writer.WriteStartObject();
            writer.WriteNumber("accepted", Accepted);
            writer.WriteNumber("rejected", Rejected);
            writer.WriteStartArray("rejections");
            foreach (var (line, reason, detail) in _rejections.OrderBy(r => r.Line)) Write(writer, line, reason, detail);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, long line, string reason, string detail)
    {
        writer.WriteStartObject();
        writer.WriteNumber("line", line);
        writer.WriteString("reason", reason);
        writer.WriteString("detail", detail);
        writer.WriteEndObject();
    }
}
