using System.Buffers;

namespace PolicyEngine.Service.Ingest;

/// <summary>
/// Whole lines out of a request's body, each ending in a line feed, in a pooled buffer. Lines of the body are counted from 1.
/// </summary>
internal sealed class LineChunk(byte[] buffer, int length, long firstLine) : IDisposable
{
    public ReadOnlyMemory<byte> Lines => buffer.AsMemory(0, length);

    public long FirstLine => firstLine;

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
