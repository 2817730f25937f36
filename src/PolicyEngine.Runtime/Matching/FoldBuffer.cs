using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Matching;

/// <summary>Room for one folded text; the next call overwrites it.</summary>
internal sealed class FoldBuffer
{
    private byte[] _bytes = new byte[256];

    public ReadOnlySpan<byte> Fold(ReadOnlySpan<byte> text)
    {
        var longest = CaseFolding.MaxUpperLength(text.Length);
        if (_bytes.Length < longest) _bytes = new byte[longest * 2];
        return _bytes.AsSpan(0, CaseFolding.ToUpper(text, _bytes));
    }
}
