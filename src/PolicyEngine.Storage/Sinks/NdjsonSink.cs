using System.Buffers;
using PolicyEngine.Runtime.Decisions;

namespace PolicyEngine.Storage.Sinks;

/// <summary>Writes each decision as a line of JSON, in big pieces. Does not own the stream.</summary>
public sealed class NdjsonSink(Stream stream) : IDecisionSink, IDisposable
{
    private const int PieceBytes = 256 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(PieceBytes + 16 * 1024);

    public void Write(in DecisionRecord record)
    {
        var space = _buffer.GetSpan(record.Json.Length + 1);
        record.Json.CopyTo(space);
        space[record.Json.Length] = (byte)'\n';
        _buffer.Advance(record.Json.Length + 1);
        if (_buffer.WrittenCount >= PieceBytes) Flush();
    }

    /// <exception cref="StorageException">The stream does not take the bytes, for example because the disk is full.</exception>
    public void Flush()
    {
        if (_buffer.WrittenCount == 0) return;
        try
        {
            stream.Write(_buffer.WrittenSpan);
            stream.Flush();
        }
        catch (IOException error)
        {
            throw new StorageException($"cannot write decisions: {error.Message}", error);
        }
        finally
        {
            _buffer.ResetWrittenCount();
        }
    }

    public void Dispose() => Flush();
}
