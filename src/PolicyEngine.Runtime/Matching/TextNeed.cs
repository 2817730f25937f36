using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>Literals that decide a test of one text, or without which it cannot hold.</summary>
/// <param name="All">All of them are needed, not one.</param>
/// <param name="IsExact">They decide it.</param>
internal sealed record TextNeed(Node Node, bool IgnoringCase, bool All, bool IsExact, IReadOnlyList<Literal> Literals)
{
    /// <summary>What is filed under three bytes or fewer of everyday text begins at every fourth place and says little.</summary>
    private const int Telling = 4;
    /// <summary>Before a pattern is tried, which is slow, less is worth a look.</summary>
    private const int TellingOfPattern = 2;

    /// <summary>The part that an index should hold; null when there is none that says enough.</summary>
    public TextNeed? Indexed
    {
        get
        {
            var kept = Literals.Where(IsTelling).ToArray();
            if (kept.Length == Literals.Count) return kept.Length == 0 ? null : this;
            return All && kept.Length > 0 ? this with { IsExact = false, Literals = kept } : null;
        }
    }

    /// <summary>How much slower than one byte by one byte the test is without an index: as a share of a nanosecond for a byte.</summary>
    public double Cost => (Literals[0].Test, IsExact) switch
    {
        (_, false) => 10,
        (TextOp.Contains, _) => Literals.Count > 1 ? 4 : IgnoringCase ? 1 : 0.06,
        _ => Literals.Count > 1 ? 0.3 : 0.1,
    };

    private bool IsTelling(Literal literal) =>
        literal.Text.Length >= (IsExact ? Telling : TellingOfPattern) || (literal.Text.Length > 0 && (literal.Test != TextOp.Contains || literal.Text[0] >= 0x80));
}
