using System.Globalization;
using System.Text.RegularExpressions;

namespace PolicyEngine.Language.Binding;

/// <summary>
/// Patterns that evidently run in linear time and are small, so that the automaton need not be built to see it: that costs a hundred
/// times as much as reading the pattern. It may say no of one that is linear, never yes of one that is not.
/// </summary>
internal static class LinearPatterns
{
    /// <summary>A tenth of the states that the engine takes, since this counts otherwise than the engine.</summary>
    private const long MostStates = 1_000;

    /// <exception cref="RegexParseException">The pattern cannot be read.</exception>
    public static bool IsEvident(string pattern)
    {
        if (!IsPlain(pattern)) return false;
        _ = new Regex(pattern, RegexOptions.CultureInvariant);
        return true;
    }

    /// <summary>Whether it has nothing but signs, classes, groups and repetitions, and these come to few states when written out.</summary>
    private static bool IsPlain(string pattern)
    {
        var open = new Stack<long>();
        long size = 0, last = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var before = last;
            last = 1;
            switch (pattern[i])
            {
                case '\\':
                    if (++i < pattern.Length && pattern[i] is (>= '1' and <= '9') or 'k' or 'G') return false;
                    break;
                case '[':
                    if ((i = ClassEnd(pattern, i)) < 0) return false;
                    break;
                case '(':
                    if ((i = GroupStart(pattern, i)) < 0) return false;
                    open.Push(size);
                    (size, last) = (0, 0);
                    break;
                case ')':
                    if (!open.TryPop(out var outer)) return false;
                    (size, last) = (outer, size + 1);
                    break;
                case '{' when Bound(pattern, ref i) is { } times:
                    if (times > MostStates) return false;
                    (size, last) = (size - before, before * Math.Max(1, times));
                    break;
            }
            if ((size += last) > MostStates) return false;
        }
        return open.Count == 0;
    }

    /// <summary>The bracket that closes a class; below zero for a class within a class.</summary>
    private static int ClassEnd(string pattern, int at)
    {
        at++;
        if (at < pattern.Length && pattern[at] == '^') at++;
        for (var first = at; at < pattern.Length; at++)
        {
            if (pattern[at] == '\\') at++;
            else if (pattern[at] == '[') return -1;
            else if (pattern[at] == ']' && at > first) return at;
        }
        return -1;
    }

    /// <summary>The last sign of what opens a group; below zero where that is more than a group, a capture or `i`, `m`, `s`.</summary>
    private static int GroupStart(string pattern, int at)
    {
        if (at + 1 >= pattern.Length || pattern[at + 1] != '?') return at;
        for (at += 2; at < pattern.Length; at++)
        {
            if (pattern[at] == ':') return at;
            // The parenthesis that ends options alone closes the group that they began.
            if (pattern[at] == ')') return at - 1;
            if (pattern[at] is not ('i' or 'm' or 's')) return -1;
        }
        return -1;
    }

    /// <summary>The highest number of a repetition, and its end; null where the brace is a sign.</summary>
    private static long? Bound(string pattern, ref int at)
    {
        var end = pattern.IndexOf('}', at);
        if (end < 0 || end - at > 12) return null;
        var numbers = pattern[(at + 1)..end].Split(',');
        if (numbers.Length > 2 || !int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out var least)) return null;
        at = end;
        if (numbers.Length == 1 || numbers[1].Length == 0) return least;
        return int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : long.MaxValue;
    }
}
