namespace PolicyEngine.Runtime.Functions;

/// <summary>Korean syllables are composed by arithmetic: a leading consonant and a vowel, then a trailing consonant.</summary>
internal static class HangulSyllables
{
    private const int First = 0xAC00, Count = 11_172;
    private const int Leading = 0x1100, LeadingCount = 19;
    private const int Vowel = 0x1161, VowelCount = 21;
    private const int Trailing = 0x11A7, TrailingCount = 28;

    internal static bool TryCompose(int first, int second, out int composed)
    {
        int leading = first - Leading, vowel = second - Vowel;
        if ((uint)leading < LeadingCount && (uint)vowel < VowelCount)
        {
            composed = First + (leading * VowelCount + vowel) * TrailingCount;
            return true;
        }
        int syllable = first - First, trailing = second - Trailing;
        var open = (uint)syllable < Count && syllable % TrailingCount == 0;
        composed = first + trailing;
        return open && trailing is > 0 and < TrailingCount;
    }
}
