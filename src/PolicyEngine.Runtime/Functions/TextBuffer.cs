namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// A growing UTF-8 buffer that a caller keeps and clears, so that functions that make text allocate nothing in the long run.
/// </summary>
public sealed class TextBuffer(int capacity = 256)
{
    private byte[] bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Forgets what was written after this length.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        Length = length;
    }

    /// <summary>Room for so many bytes behind what is written; <see cref="Advance"/> says how many were used.</summary>
    public Span<byte> Reserve(int count)
    {
        if (bytes.Length - Length < count)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + count));
        return bytes.AsSpan(Length, bytes.Length - Length);
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, bytes.Length - Length);
        Length += count;
    }

    public void Append(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        Length += text.Length;
    }

    public void Append(string text)
    {
        Length += System.Text.Encoding.UTF8.GetBytes(text, Reserve(System.Text.Encoding.UTF8.GetMaxByteCount(text.Length)));
    }

    /// <summary>The text as a string: for output, not for hot paths.</summary>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(Written);
}
