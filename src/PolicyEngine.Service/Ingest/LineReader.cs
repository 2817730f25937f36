using System.Buffers;

namespace PolicyEngine.Service.Ingest;

/// <summary>
/// Cuts a body into chunks of whole lines while it arrives. A line longer than the limit is left out and its number kept; what follows
/// goes on.
/// </summary>
internal sealed class LineReader(Stream body, int lineBytes)
{
    private const int ChunkBytes = 256 * 1024;
    private const byte LineFeed = (byte)'\n';

    private readonly List<long> _tooLong = [];
    private byte[] _carried = [];
    private long _line = 1;
    private bool _skipping;
    private bool _ended;

    /// <summary>Numbers of the lines that were longer than allowed.</summary>
    public IReadOnlyList<long> TooLong => _tooLong;

    /// <summary>The next lines, or null at the end of the body.</summary>
    public async Task<LineChunk?> NextAsync(CancellationToken stop)
    {
        while (!_ended)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(ChunkBytes, lineBytes + 2));
            _carried.CopyTo(buffer, 0);
            var length = await FillAsync(buffer, _carried.Length, stop).ConfigureAwait(false);
            _carried = [];
            if (TakeLines(buffer, length) is { } chunk) return chunk;
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return null;
    }

    private async Task<int> FillAsync(byte[] buffer, int length, CancellationToken stop)
    {
        // One place stays free for the line feed that the last line may lack.
        while (length < buffer.Length - 1)
        {
            var read = await body.ReadAsync(buffer.AsMemory(length, buffer.Length - 1 - length), stop).ConfigureAwait(false);
            if (read == 0)
            {
                _ended = true;
                break;
            }
            length += read;
            if (length >= ChunkBytes / 4 && buffer.AsSpan(0, length).Contains(LineFeed)) break;
        }
        return length;
    }

    private LineChunk? TakeLines(byte[] buffer, int length)
    {
        if (_skipping)
        {
            var end = buffer.AsSpan(0, length).IndexOf(LineFeed);
            if (end < 0) return null;
            _skipping = false;
            _line++;
            length -= end + 1;
            buffer.AsSpan(end + 1, length).CopyTo(buffer);
        }
        if (_ended && length > 0 && buffer[length - 1] != LineFeed) buffer[length++] = LineFeed;
        var whole = buffer.AsSpan(0, length).LastIndexOf(LineFeed) + 1;
        var rest = length - whole;
        var first = _line;
        _line += buffer.AsSpan(0, whole).Count(LineFeed);
        if (rest > lineBytes)
        {
            _tooLong.Add(_line);
            _skipping = true;
        }
        else
        {
            _carried = buffer.AsSpan(whole, rest).ToArray();
        }
        return whole > 0 ? new LineChunk(buffer, whole, first) : null;
    }
}
