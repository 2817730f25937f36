using System.Buffers;
using System.IO.Compression;

namespace PolicyEngine.DryRun.Recordings;

/// <summary>
/// Writes the lines of a recording in large pieces, packed if the file's name ends in .gz or .zst. What has been written is in the file
/// once it is disposed.
/// </summary>
public sealed class RecordingWriter : IBufferWriter<byte>, IDisposable
{
    private const int BufferBytes = 1 << 20;

    private readonly Stream _stream;
    private byte[] _buffer = new byte[BufferBytes];
    private int _filled;

    private RecordingWriter(Stream stream) => _stream = stream;

    /// <param name="path">A file, which is replaced, or `-` for the standard output.</param>
    public static RecordingWriter Create(string path)
    {
        var stream = path == "-" ? Console.OpenStandardOutput() : new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1);
        return new RecordingWriter(Path.GetExtension(path) switch
        {
            ".gz" => new GZipStream(stream, CompressionLevel.Fastest),
            ".zst" => new ZstdSharp.CompressionStream(stream, leaveOpen: false),
            _ => stream,
        });
    }

    public void Advance(int count) => _filled += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_buffer.Length - _filled < Math.Max(1, sizeHint)) Pass();
        if (_buffer.Length < sizeHint) _buffer = new byte[sizeHint];
        return _buffer.AsMemory(_filled);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        Pass();
        _stream.Dispose();
    }

    private void Pass()
    {
        _stream.Write(_buffer, 0, _filled);
        _filled = 0;
    }
}
