namespace PolicyEngine.Runtime.Functions;

/// <summary>A part of a text, in bytes.</summary>
public readonly record struct TextSlice(int Start, int Length)
{
    public int End => Start + Length;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> text) => text.Slice(Start, Length);
}
