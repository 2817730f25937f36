using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// One test against any number of literals at once. The work is linear in the text, whatever their number: equality is a hash
/// look-up, the ends are walks through a trie, `contains` is one pass of an automaton. Safe for use by several threads.
/// </summary>
public sealed class TextPatternSet
{
    private readonly TextOp test;
    private readonly bool ignoringCase;
    private readonly byte[][] literals;
    private readonly HashSet<byte[]>? whole;
    private readonly ByteTrie? trie;

    /// <param name="test">Equals, Contains, StartsWith or EndsWith; patterns have classes of their own.</param>
    /// <param name="literals">UTF-8; repeated ones count once. An empty set never matches any and always matches all.</param>
    /// <param name="ignoringCase">Fold both sides.</param>
    public TextPatternSet(TextOp test, IEnumerable<ReadOnlyMemory<byte>> literals, bool ignoringCase)
    {
        if (test is TextOp.Like or TextOp.Matches)
            throw new ArgumentOutOfRangeException(nameof(test), test, "not a test against literals");
        this.test = test;
        this.ignoringCase = ignoringCase;
        var distinct = new HashSet<byte[]>(ByteTextComparer.Instance);
        var ordered = new List<byte[]>();
        foreach (var literal in literals)
        {
            var bytes = ignoringCase ? CaseFolding.ToUpper(literal.Span) : literal.ToArray();
            if (distinct.Add(bytes))
                ordered.Add(bytes);
        }
        this.literals = [.. ordered];
        if (ordered.Count < 2)
            return;
        if (test == TextOp.Equals)
            whole = distinct;
        else
            trie = new ByteTrie(this.literals, reversed: test == TextOp.EndsWith, searching: test == TextOp.Contains);
    }

    public int Count => literals.Length;

    public bool Any(ReadOnlySpan<byte> text)
    {
        if (literals.Length == 0)
            return false;
        if (literals.Length == 1)
            return IsSingleMatch(text);
        using var folded = new FoldedText(text, ignoringCase, stackalloc byte[ignoringCase ? FoldedText.StackLength : 0]);
        return test switch
        {
            TextOp.Equals => whole!.GetAlternateLookup<ReadOnlySpan<byte>>().Contains(folded.Text),
            TextOp.Contains => trie!.FindsAny(folded.Text),
            TextOp.StartsWith => trie!.StartsWithAny(folded.Text),
            _ => trie!.EndsWithAny(folded.Text),
        };
    }

    public bool All(ReadOnlySpan<byte> text)
    {
        if (literals.Length < 2)
            return literals.Length == 0 || IsSingleMatch(text);
        using var folded = new FoldedText(text, ignoringCase, stackalloc byte[ignoringCase ? FoldedText.StackLength : 0]);
        return test == TextOp.Contains ? trie!.FindsAll(folded.Text) : MatchesEach(folded.Text);
    }

    private bool MatchesEach(ReadOnlySpan<byte> folded)
    {
        foreach (var literal in literals)
        {
            var holds = test switch
            {
                TextOp.Equals => folded.SequenceEqual(literal),
                TextOp.StartsWith => folded.StartsWith(literal),
                _ => folded.EndsWith(literal),
            };
            if (!holds)
                return false;
        }
        return true;
    }

    private bool IsSingleMatch(ReadOnlySpan<byte> text)
    {
        var literal = literals[0];
        return (test, ignoringCase) switch
        {
            (TextOp.Equals, false) => text.SequenceEqual(literal),
            (TextOp.Contains, false) => text.IndexOf(literal) >= 0,
            (TextOp.StartsWith, false) => text.StartsWith(literal),
            (TextOp.EndsWith, false) => text.EndsWith(literal),
            (TextOp.Equals, true) => CaseFolding.EqualsIgnoringCase(text, literal),
            (TextOp.Contains, true) => CaseFolding.ContainsIgnoringCase(text, literal),
            (TextOp.StartsWith, true) => CaseFolding.StartsWithIgnoringCase(text, literal),
            _ => CaseFolding.EndsWithIgnoringCase(text, literal),
        };
    }
}
