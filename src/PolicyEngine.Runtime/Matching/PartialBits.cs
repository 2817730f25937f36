namespace PolicyEngine.Runtime.Matching;

/// <summary>A costly condition, known for some rows of the batch only: those on which all else a rule asks holds.</summary>
internal sealed class PartialBits(int words)
{
    private int _batch = -1;

    public ulong[] Known { get; } = new ulong[words];

    public ulong[] Bits { get; } = new ulong[words];

    /// <summary>Forgets the rows of another batch.</summary>
    public void Begin(int batch)
    {
        if (batch == _batch) return;
        _batch = batch;
        Known.AsSpan().Clear();
        Bits.AsSpan().Clear();
    }
}
