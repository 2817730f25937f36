using System.Buffers;
using System.Text;

namespace PolicyEngine.Runtime.Functions;

internal enum WideKind
{
    None,
    Separator,
    Colon,
    SentenceEnd,
}

/// <summary>
/// The part that scalars beyond ASCII play in a skeleton: the common punctuation of other scripts, and capitals.
/// </summary>
internal static class WidePunctuation
{
    /// <summary>The bytes of the first scalar, and what it is. ASCII is never punctuation here.</summary>
    internal static int Classify(ReadOnlySpan<byte> text, out WideKind kind)
    {
        kind = WideKind.None;
        if (text[0] < 0x80)
            return 1;
        if (Rune.DecodeFromUtf8(text, out var rune, out var size) != OperationStatus.Done)
            return size;
        kind = rune.Value switch
        {
            0xFF1A => WideKind.Colon,
            0x3002 or 0xFF01 or 0xFF1F or 0xFF0E or 0x2026 or 0x203C => WideKind.SentenceEnd,
            // An apostrophe belongs to its word.
            0x2019 => WideKind.None,
            0xA0 or 0xA1 or 0xAB or 0xBB or 0xBF or (>= 0x2000 and <= 0x206F) or (>= 0x3000 and <= 0x301F)
                or (>= 0xFF01 and <= 0xFF0F) or (>= 0xFF1B and <= 0xFF20) => WideKind.Separator,
            _ => WideKind.None,
        };
        return size;
    }

    /// <summary>A capital letter of Latin (first supplement), Greek, Cyrillic or ASCII.</summary>
    internal static bool IsCapital(ReadOnlySpan<byte> text) => text[0] switch
    {
        >= (byte)'A' and <= (byte)'Z' => true,
        0xC3 => text[1] is >= 0x80 and <= 0x9E,
        0xCE => text[1] is >= 0x91 and <= 0xA9,
        0xD0 => text[1] is >= 0x80 and <= 0xAF,
        _ => false,
    };
}
