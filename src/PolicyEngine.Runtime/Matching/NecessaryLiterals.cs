using System.Text;
using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// Texts of which every text that a pattern matches holds at least one, so that the pattern is tried only there:
/// `certutil.*(-urlcache|-ping)` needs `certutil`. Folded, and to be looked for in folded texts. What is not understood needs nothing.
/// </summary>
internal static class NecessaryLiterals
{
    /// <summary>More alternatives than this say too little.</summary>
    private const int MostAlternatives = 64;

    /// <summary>The longest piece between the stars and question marks of a `like` pattern; null when there is none.</summary>
    public static IReadOnlyList<byte[]>? OfLike(string pattern)
    {
        var longest = pattern.Split('*', '?').Aggregate((a, b) => b.Length > a.Length ? b : a);
        return longest.Length == 0 ? null : [CaseFolding.ToUpper(Encoding.UTF8.GetBytes(longest))];
    }

    /// <summary>Alternatives of a regular expression that <see cref="TextMatcher"/> takes; null when it needs none.</summary>
    public static IReadOnlyList<byte[]>? OfRegex(string pattern, bool ignoringCase)
    {
        // White space and comments inside patterns are rare enough to be left alone.
        if (HasExtendedMode(pattern) || pattern.Contains("(?#", StringComparison.Ordinal)) return null;
        var reader = new Reader(pattern, ignoringCase);
        var best = reader.Alternatives();
        return reader.IsWhole ? best : null;
    }

    private static bool HasExtendedMode(string pattern)
    {
        for (var at = pattern.IndexOf("(?", StringComparison.Ordinal); at >= 0; at = pattern.IndexOf("(?", at + 2, StringComparison.Ordinal))
        {
            var options = pattern.AsSpan(at + 2);
            foreach (var option in options)
            {
                if (option == 'x') return true;
                if (option is not ('i' or 'm' or 'n' or 's' or '-')) break;
            }
        }
        return false;
    }

    /// <summary>Goes over a pattern once, from the left; a group is read by a call of its own.</summary>
    private ref struct Reader(string pattern, bool ignoringCase)
    {
        private const int Deepest = 100;
        private int _at;
        private int _depth;
        private bool _ignoringCase = ignoringCase;

        private bool _isStrange;

        /// <summary>All of it was read and understood.</summary>
        public readonly bool IsWhole => IsAtEnd && !_isStrange;

        private readonly bool IsAtEnd => _at >= pattern.Length;

        private readonly char Now => pattern[_at];

        /// <summary>What one of several alternatives needs is needed by none alone: all of them must need something.</summary>
        public IReadOnlyList<byte[]>? Alternatives()
        {
            _isStrange |= ++_depth > Deepest;
            if (_isStrange) return null;
            var outside = _ignoringCase;
            var all = Sequence();
            while (!IsAtEnd && Now == '|')
            {
                _at++;
                var next = Sequence();
                all = all is null || next is null || all.Count + next.Count > MostAlternatives ? null : [.. all, .. next];
            }
            _ignoringCase = outside;
            _depth--;
            return all;
        }

        private IReadOnlyList<byte[]>? Sequence()
        {
            IReadOnlyList<byte[]>? best = null;
            var run = new StringBuilder();
            while (!IsAtEnd && Now is not ('|' or ')'))
            {
                var needed = Atom(out var literal, out var isEmpty);
                var (least, most) = Repetition();
                if (literal >= 0 && least > 0) run.Append((char)literal);
                if (literal >= 0 && most == 1 && least == 1) continue;
                if (isEmpty) continue;
                best = Better(best, Close(run));
                if (least > 0) best = Better(best, needed);
            }
            return Better(best, Close(run));
        }

        /// <summary>One thing that can be repeated: a character that stands for itself, or what a group needs, or neither.</summary>
        /// <param name="isEmpty">It takes no character, so what stands before and behind it stands together.</param>
        private IReadOnlyList<byte[]>? Atom(out int literal, out bool isEmpty)
        {
            (literal, isEmpty) = (-1, false);
            switch (Now)
            {
                case '(':
                    return Group(out isEmpty);
                case '[':
                    SkipClass();
                    return null;
                case '^' or '$':
                    isEmpty = true;
                    _at++;
                    return null;
                case '.':
                    _at++;
                    return null;
                case '\\':
                    literal = Escape(out isEmpty);
                    break;
                default:
                    literal = Now;
                    _at++;
                    break;
            }
            if (literal >= 0 && IsWide((char)literal)) literal = -1;
            return null;
        }

        /// <summary>Characters that match others than their upper and lower case, or half of a pair, are not looked for.</summary>
        private readonly bool IsWide(char value) => char.IsSurrogate(value) || (_ignoringCase && value is 'k' or 'K' or >= (char)0x80);

        private IReadOnlyList<byte[]>? Group(out bool isEmpty)
        {
            isEmpty = false;
            _at++;
            if (!IsAtEnd && Now == '?' && SkipGroupHead())
            {
                isEmpty = true;
                return null;
            }
            var needed = Alternatives();
            if (!IsAtEnd) _at++;
            return needed;
        }

        /// <summary>`?:`, `?&lt;name>`, `?i:` and the like; true when the options stand for what follows and the group is over.</summary>
        private bool SkipGroupHead()
        {
            _at++;
            if (!IsAtEnd && Now is '<' or '\'')
            {
                var close = Now == '<' ? '>' : '\'';
                _at = pattern.IndexOf(close, _at + 1) is >= 0 and var end ? end + 1 : pattern.Length;
                return false;
            }
            var on = true;
            for (; !IsAtEnd && Now is not (':' or ')'); _at++)
            {
                if (Now == '-') on = false;
                else if (Now == 'i') _ignoringCase |= on;
            }
            // Taking something for folded that is not costs a letter; the other way round would lose matches.
            return !IsAtEnd && pattern[_at++] == ')';
        }

        private int Escape(out bool isEmpty)
        {
            isEmpty = false;
            _at++;
            if (IsAtEnd) return -1;
            var value = pattern[_at++];
            switch (value)
            {
                case 'b' or 'B' or 'A' or 'z' or 'Z':
                    isEmpty = true;
                    return -1;
                case 't':
                    return '\t';
                case 'n':
                    return '\n';
                case 'r':
                    return '\r';
                case 'x':
                    return Hex(2);
                case 'u':
                    return Hex(4);
                case 'p' or 'P':
                    _at = pattern.IndexOf('}', _at) is >= 0 and var end ? end + 1 : pattern.Length;
                    return -1;
                case 'c':
                    _at++;
                    return -1;
                case >= '0' and <= '9':
                    while (!IsAtEnd && char.IsAsciiDigit(Now)) _at++;
                    return -1;
                default:
                    return char.IsAsciiLetter(value) ? -1 : value;
            }
        }

        private int Hex(int digits)
        {
            var from = _at;
            _at = Math.Min(_at + digits, pattern.Length);
            return int.TryParse(pattern.AsSpan(from, _at - from), System.Globalization.NumberStyles.AllowHexSpecifier,
                System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : -1;
        }

        private void SkipClass()
        {
            _at++;
            if (!IsAtEnd && Now == '^') _at++;
            // A bracket that comes first stands for itself.
            if (!IsAtEnd && Now == ']') _at++;
            for (; !IsAtEnd && Now != ']'; _at++)
            {
                if (Now == '\\') _at++;
                // A class may be taken away from another, `[a-z-[aeiou]]`.
                else if (Now == '[') _isStrange |= pattern[_at - 1] == '-';
            }
            _at++;
        }

        private (int Least, int Most) Repetition()
        {
            if (IsAtEnd) return (1, 1);
            var (least, most) = Now switch
            {
                '*' => (0, int.MaxValue),
                '+' => (1, int.MaxValue),
                '?' => (0, 1),
                '{' => Counts(),
                _ => (-1, -1),
            };
            if (least < 0) return (1, 1);
            _at++;
            if (!IsAtEnd && Now is '?' or '+') _at++;
            return (least, most);
        }

        /// <summary>`{2}`, `{2,}`, `{2,5}`; leaves the place at the closing brace. A brace that counts nothing is a character.</summary>
        private (int Least, int Most) Counts()
        {
            var end = pattern.IndexOf('}', _at);
            if (end < 0) return (-1, -1);
            var inside = pattern.AsSpan(_at + 1, end - _at - 1);
            var comma = inside.IndexOf(',');
            var first = comma < 0 ? inside : inside[..comma];
            if (first.IsEmpty || first.ContainsAnyExceptInRange('0', '9')) return (-1, -1);
            if (comma >= 0 && inside[(comma + 1)..].ContainsAnyExceptInRange('0', '9')) return (-1, -1);
            _at = end;
            var isOnce = first.SequenceEqual("1") && (comma < 0 || inside[(comma + 1)..].SequenceEqual("1"));
            return isOnce ? (1, 1) : (first.ContainsAnyExcept('0') ? 1 : 0, int.MaxValue);
        }

        private static IReadOnlyList<byte[]>? Close(StringBuilder run)
        {
            if (run.Length == 0) return null;
            byte[] folded = CaseFolding.ToUpper(Encoding.UTF8.GetBytes(run.ToString()));
            run.Clear();
            return [folded];
        }

        /// <summary>The one whose shortest text is longer: it is rarer.</summary>
        private static IReadOnlyList<byte[]>? Better(IReadOnlyList<byte[]>? a, IReadOnlyList<byte[]>? b)
        {
            if (a is null || b is null) return a ?? b;
            return b.Min(t => t.Length) > a.Min(t => t.Length) ? b : a;
        }
    }
}
