using Antlr4.Runtime;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>
/// Tokens after the lexical check. Mistakes that have an obvious meaning were replaced by it, so that reading can go on;
/// <paramref name="mistakes"/> are their indices, <paramref name="barriers"/> those of tokens that must not be read past.
/// Both ascend.
/// </summary>
internal sealed class MendedTokens(IReadOnlyList<IToken> tokens, List<int> mistakes, List<int> barriers)
{
    public IReadOnlyList<IToken> Tokens => tokens;

    /// <summary>Where the window of a statement that begins at an index ends.</summary>
    public int EndFor(int index)
    {
        var next = barriers.BinarySearch(index);
        next = next < 0 ? ~next : next;
        return next < barriers.Count ? barriers[next] : tokens.Count;
    }

    /// <summary>Whether a mistake that has been reported already stands in [from, to].</summary>
    public bool HasMistake(int from, int to) => Any(mistakes, from, to) || Any(barriers, from, to);

    private static bool Any(List<int> indices, int from, int to)
    {
        var next = indices.BinarySearch(from);
        next = next < 0 ? ~next : next;
        return next < indices.Count && indices[next] <= to;
    }
}
