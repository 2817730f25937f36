using System.Numerics;
using PolicyEngine.Runtime.Matching;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>
/// Which rules are candidates on which row: the screens' bitmaps (a bitmap a rule) turned into lists (a list a row, rules
/// ascending), by counting.
/// </summary>
internal sealed class CandidateRows
{
    private int[] _starts = [];
    private int[] _rules = [];

    /// <summary>Rows on which some rule is a candidate.</summary>
    public ulong[] Any { get; private set; } = [];

    private void Begin(int rows)
    {
        var words = (rows + 63) >> 6;
        if (Any.Length < words) Any = new ulong[words];
        if (_starts.Length < rows + 2) _starts = new int[rows + 2];
        Any.AsSpan(0, words).Clear();
        _starts.AsSpan(0, rows + 2).Clear();
    }

    /// <param name="rules">Rules with candidates, ascending, as the matcher gave them.</param>
    public void Build(IMatcher matcher, ReadOnlySpan<int> rules, int rows)
    {
        Begin(rows);
        foreach (var rule in rules) Count(matcher.Rows(rule));
        var total = 0;
        for (var row = 0; row <= rows + 1; row++) (_starts[row], total) = (total, total + _starts[row]);
        if (_rules.Length < total) _rules = new int[Math.Max(total, _rules.Length * 2)];
        foreach (var rule in rules) Fill(rule, matcher.Rows(rule));
    }

    /// <summary>Candidates of a row, ascending. Valid until the next <see cref="Begin"/>.</summary>
    public ReadOnlySpan<int> Of(int row)
    {
        var start = row == 0 ? 0 : _starts[row - 1];
        return _rules.AsSpan(start, _starts[row] - start);
    }

    private void Count(ReadOnlySpan<ulong> bitmap)
    {
        for (var w = 0; w < bitmap.Length; w++)
        {
            Any[w] |= bitmap[w];
            for (var bits = bitmap[w]; bits != 0; bits &= bits - 1) _starts[(w << 6) + BitOperations.TrailingZeroCount(bits)]++;
        }
    }

    /// <summary>Filling moves each row's start to its end, which is the next row's start: <see cref="Of"/> reads it so.</summary>
    private void Fill(int rule, ReadOnlySpan<ulong> bitmap)
    {
        for (var w = 0; w < bitmap.Length; w++)
            for (var bits = bitmap[w]; bits != 0; bits &= bits - 1)
                _rules[_starts[(w << 6) + BitOperations.TrailingZeroCount(bits)]++] = rule;
    }
}
