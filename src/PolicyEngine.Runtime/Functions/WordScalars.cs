using System.Text;

namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// What belongs to a word. A fixed list of ranges rather than the platform's categories, which change with its version: beyond
/// ASCII all is word but the blocks of punctuation, symbols and pictures.
/// </summary>
internal static class WordScalars
{
    /// <summary>The size of the scalar at this place, and whether it belongs to a word.</summary>
    internal static int Read(ReadOnlySpan<byte> text, int at, out bool isWord)
    {
        var first = text[at];
        if (first < 0x80)
        {
            isWord = char.IsAsciiLetterOrDigit((char)first) || first == '_';
            return 1;
        }
        Rune.DecodeFromUtf8(text[at..], out var rune, out var length);
        isWord = IsWord(rune.Value);
        return length;
    }

    /// <summary>An apostrophe, straight or curly: part of a word where letters stand on both sides.</summary>
    internal static int ApostropheLength(ReadOnlySpan<byte> text, int at)
    {
        if (text[at] == '\'')
            return 1;
        return text[at..].StartsWith("\u2019"u8) ? 3 : 0;
    }

    private static bool IsWord(int scalar) => scalar switch
    {
        0xAA or 0xB5 or 0xBA => true,
        < 0xC0 or 0xD7 or 0xF7 => false,
        >= 0x2000 and <= 0x206F => false,
        >= 0x20A0 and <= 0x20CF => false,
        >= 0x2190 and <= 0x2BFF => false,
        >= 0x2E00 and <= 0x2E7F => false,
        0x3005 or 0x3006 or 0x3007 => true,
        >= 0x3000 and <= 0x303F => false,
        0x30FB => false,
        >= 0xFE10 and <= 0xFE6F => false,
        0xFEFF or (>= 0xFF00 and <= 0xFF0F) or (>= 0xFF1A and <= 0xFF20) => false,
        (>= 0xFF3B and <= 0xFF40) or (>= 0xFF5B and <= 0xFF65) => false,
        >= 0xFFE0 and <= 0xFFFF => false,
        >= 0x1F000 and <= 0x1FAFF => false,
        _ => true,
    };
}
