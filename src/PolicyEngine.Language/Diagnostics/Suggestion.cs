namespace PolicyEngine.Language.Diagnostics;

/// <summary>Finds the known word that a mistyped one was probably meant to be.</summary>
public static class Suggestion
{
    /// <summary>
    /// The nearest of <paramref name="candidates"/>, or null when none is near: about one mistake in three letters may be made
    /// (a missing, wrong, additional letter or two that changed places). Ties go to the first in ordinal order.
    /// </summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        var bestDistance = Math.Max(1, Math.Min(word.Length, 12) / 3) + 1;
        foreach (var candidate in candidates)
        {
            if (candidate.Length == 0 || candidate == word) continue;
            var limit = best is null ? bestDistance - 1 : bestDistance;
            var distance = Distance(word, candidate, limit);
            if (distance > limit || distance >= Math.Max(word.Length, candidate.Length)) continue;
            if (best is not null && distance == bestDistance && string.CompareOrdinal(candidate, best) >= 0) continue;
            (best, bestDistance) = (candidate, distance);
        }
        return best;
    }

    /// <summary>
    /// The number of single-letter edits and swaps of neighbours between two words, letter case apart; any number above
    /// <paramref name="limit"/> when there are more than that.
    /// </summary>
    public static int Distance(string left, string right, int limit)
    {
        if (Math.Abs(left.Length - right.Length) > limit) return limit + 1;
        var width = right.Length + 1;
        var (before, previous, current) = (new int[width], new int[width], new int[width]);
        for (var j = 0; j < width; j++) previous[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            var rowBest = i;
            for (var j = 1; j < width; j++)
            {
                var cost = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                var value = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                    value = Math.Min(value, before[j - 2] + 1);
                current[j] = value;
                rowBest = Math.Min(rowBest, value);
            }
            if (rowBest > limit) return limit + 1;
            (before, previous, current) = (previous, current, before);
        }
        return previous[right.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
