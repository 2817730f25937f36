using System.Text.Json;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// All values of an event as one text: texts without their escapes, numbers and truth values as they are written, each on a line of its
/// own, in the order of the line. Names and nulls are left out.
/// </summary>
internal static class WholeEventText
{
    /// <summary>Bytes written. The line was read before, so it is JSON and its texts are whole.</summary>
    public static int Write(ReadOnlySpan<byte> line, Span<byte> output)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var written = 0;
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)) continue;
            if (written > 0) output[written++] = (byte)'\n';
            if (reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped)
            {
                written += JsonText.Unescape(reader.ValueSpan, output[written..]);
                continue;
            }
            reader.ValueSpan.CopyTo(output[written..]);
            written += reader.ValueSpan.Length;
        }
        return written;
    }
}
