namespace PolicyEngine.DryRun.Recordings;

/// <summary>
/// A stretch of whole lines of a recording. Only the last block may end without a line feed. Give it back with
/// <see cref="RecordingReader.Return"/> when it is no longer read.
/// </summary>
public sealed class RecordingBlock
{
    internal byte[] Buffer = new byte[RecordingReader.BlockBytes];
    internal int Length;

    public ReadOnlyMemory<byte> Lines => Buffer.AsMemory(0, Length);

    /// <summary>Nothing follows.</summary>
    public bool IsLast { get; internal set; }

    /// <summary>Bytes of the file read when this block was full: for showing how far the reading has come.</summary>
    public long FileBytes { get; internal set; }
}
