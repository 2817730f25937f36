namespace PolicyEngine.Runtime.Sequences;

/// <summary>The id of an event that outlives its batch. Its bytes are used again, so that steady traffic allocates nothing.</summary>
internal struct KeptId
{
    private byte[]? _bytes;
    private int _length;

    public readonly ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Set(ReadOnlySpan<byte> id)
    {
        if (_bytes is null || _bytes.Length < id.Length) _bytes = new byte[(id.Length + 15) & ~15];
        id.CopyTo(_bytes);
        _length = id.Length;
    }
}
