namespace PolicyEngine.Runtime.Measures;

/// <summary>Words as integers that keep the order of the values; the same step leads back.</summary>
internal static class WordOrder
{
    public static long Flip(long word, WordForm form) =>
        form == WordForm.Double ? word ^ (word >> 63 & long.MaxValue) : word;
}
