using System.Buffers;

namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// A text as a test sees it: itself, or folded into the caller's stack or a pooled array. Dispose gives the array back.
/// </summary>
internal ref struct FoldedText
{
    internal const int StackLength = 512;
    private byte[]? rented;

    internal FoldedText(ReadOnlySpan<byte> text, bool ignoringCase, Span<byte> stack)
    {
        Text = text;
        if (!ignoringCase)
            return;
        var longest = CaseFolding.MaxUpperLength(text.Length);
        if (longest > stack.Length)
            stack = rented = ArrayPool<byte>.Shared.Rent(longest);
        Text = stack[..CaseFolding.ToUpper(text, stack)];
    }

    internal ReadOnlySpan<byte> Text { get; }

    public void Dispose()
    {
        if (rented is null)
            return;
        ArrayPool<byte>.Shared.Return(rented);
        rented = null;
    }
}
