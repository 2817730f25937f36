using System.Buffers;
using System.Text.Json;

namespace PolicyEngine.Service.Ingest;

/// <summary>Turns a JSON array of events into lines, one element a line.</summary>
internal static class ArrayLines
{
    /// <summary>Whether the body is an array: its first byte that is not white space.</summary>
    public static bool IsArray(ReadOnlySpan<byte> start)
    {
        var first = start.IndexOfAnyExcept(" \t\r\n"u8);
        return first >= 0 && start[first] == (byte)'[';
    }

    /// <exception cref="JsonException">The text is no JSON array.</exception>
    public static LineChunk Cut(ReadOnlySpan<byte> array)
    {
        var lines = ArrayPool<byte>.Shared.Rent(array.Length + 1);
        var length = 0;
        var reader = new Utf8JsonReader(array, new JsonReaderOptions { MaxDepth = 256 });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("the body is no array");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var element = array[start..(int)reader.BytesConsumed];
            element.CopyTo(lines.AsSpan(length));
            // Between the parts of an element line ends are white space; within its texts JSON allows none.
            lines.AsSpan(length, element.Length).ReplaceAny(LineEnds, (byte)' ');
            length += element.Length;
            lines[length++] = (byte)'\n';
        }
        while (reader.Read())
        {
        }
        return new LineChunk(lines, length, 1);
    }

    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);
}
