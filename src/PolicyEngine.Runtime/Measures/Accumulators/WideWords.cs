using System.Runtime.CompilerServices;
using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Measures;

/// <summary>Wide integers in header words, low word first.</summary>
internal static class WideWords
{
    public static Int128 Get(long[] words, int word) => new((ulong)words[word + 1], (ulong)words[word]);

    /// <summary>Adds an integer of one word to one of two words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(long[] words, int word, long value)
    {
        var low = unchecked((ulong)words[word] + (ulong)value);
        var carry = low < (ulong)value ? 1 : 0;
        words[word] = (long)low;
        words[word + 1] = unchecked(words[word + 1] + (value >> 63) + carry);
    }

    public static void Set(long[] words, int word, Int128 value)
    {
        words[word] = (long)(ulong)value;
        words[word + 1] = (long)(ulong)(value >> 64);
    }

    public static Int256 GetDouble(long[] words, int word) =>
        new((UInt128)Get(words, word + 2), (UInt128)Get(words, word));

    public static void SetDouble(long[] words, int word, Int256 value)
    {
        Set(words, word, (Int128)value.Low);
        Set(words, word + 2, (Int128)value.High);
    }
}
