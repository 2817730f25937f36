using System.Security.Cryptography;

namespace PolicyEngine.DryRun.Recordings;

/// <summary>Passes a stream on, keeps count and hash of its bytes, and lets the first of them be looked at before.</summary>
internal sealed class HashingStream(Stream inner) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private ReadOnlyMemory<byte> _ahead;
    private long _bytes;
    private string? _result;

    /// <summary>Bytes of the stream read so far.</summary>
    public long BytesRead => Interlocked.Read(ref _bytes);

    /// <summary>SHA-256 in hex, once <see cref="Finish"/> was called.</summary>
    public string Hash => Volatile.Read(ref _result) ?? throw new InvalidOperationException("the stream has not been read to its end");

    /// <summary>The first bytes, fewer if the stream is shorter; reading gives them again.</summary>
    public ReadOnlySpan<byte> LookAhead(int length)
    {
        var start = new byte[length];
        _ahead = start.AsMemory(0, this.ReadAtLeast(start, length, throwOnEndOfStream: false));
        return _ahead.Span;
    }

    /// <summary>Reads what nobody wanted and closes the hash.</summary>
    public void Finish()
    {
        var rest = new byte[64 * 1024];
        while (Read(rest) > 0)
        {
        }
        Volatile.Write(ref _result, Convert.ToHexStringLower(_hash.GetHashAndReset()));
    }

    public override int Read(Span<byte> buffer)
    {
        if (_ahead.Length > 0)
        {
            var length = Math.Min(buffer.Length, _ahead.Length);
            _ahead.Span[..length].CopyTo(buffer);
            _ahead = _ahead[length..];
            return length;
        }
        var read = inner.Read(buffer);
        _hash.AppendData(buffer[..read]);
        Interlocked.Add(ref _bytes, read);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _hash.Dispose();
        }
        base.Dispose(disposing);
    }
}
