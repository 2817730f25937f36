namespace PolicyEngine.Service.Ingest;

/// <summary>A body whose first bytes were looked at before; reading gives them again.</summary>
internal sealed class PeekedBody(Stream body) : Stream
{
    private readonly byte[] _start = new byte[512];
    private ReadOnlyMemory<byte> _ahead;

    /// <summary>The first bytes, until one of them is not white space.</summary>
    public async Task<byte[]> LookAhead(CancellationToken stop)
    {
        var length = 0;
        while (length < _start.Length && _start.AsSpan(0, length).IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            var read = await body.ReadAsync(_start.AsMemory(length), stop).ConfigureAwait(false);
            if (read == 0) break;
            length += read;
        }
        _ahead = _start.AsMemory(0, length);
        return _ahead.ToArray();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ahead.Length == 0) return await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        var length = Math.Min(buffer.Length, _ahead.Length);
        _ahead[..length].CopyTo(buffer);
        _ahead = _ahead[length..];
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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
}
