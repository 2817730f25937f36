using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>A literal and where it has to stand: Equals, StartsWith, EndsWith or Contains. UTF-8, folded where the index folds.</summary>
internal readonly record struct Literal(TextOp Test, byte[] Text);

/// <summary>
/// Any number of literals over one column, found together. Each literal is filed under its rarest four bytes (shorter ones under
/// themselves), so that a text is gone through once: a bitmap says at which places something filed begins, and only there a short
/// list of literals is compared. Made once, then only read; <see cref="LiteralSearch"/> does the finding.
/// </summary>
/// <remarks>
/// Work per byte of text is bounded by the literals of one list, whatever the text: lists end at <see cref="LongestList"/>, and what
/// finds no room is not accepted. An automaton over the same literals (Aho–Corasick with classes of bytes) needs no such bound, but
/// each of its steps waits for the one before and for tables of tens of megabytes.
/// </remarks>
internal sealed class LiteralIndex
{
    /// <summary>Bytes under which a literal is filed.</summary>
    public const int Gram = 4;
    public const int LongestList = 32;

    public LiteralIndex(IReadOnlyList<Literal> literals)
    {
        var files = new LiteralFiles(literals);
        Count = literals.Count;
        Accepted = files.Accepted;
        Entries = files.Entries;
        Texts = files.Texts;
        Long = new LiteralTable(files.Long);
        Short = new LiteralTable(files.Short);
        Pairs = new LiteralTable([.. files.Short.Where(l => l.Key >> LengthShift > 1).Select(l => (l.Key & 0xFFFF, l.First)).DistinctBy(l => l.Item1)]);
        HasPairs = files.Short.Any(l => l.Key >> LengthShift > 1);
        SingleBytes = [.. files.Short.Where(l => l.Key >> LengthShift == 1).Select(l => (byte)l.Key).Order()];
    }

    public int Count { get; }

    /// <summary>By literal: whether it is found at all. Empty ones and those that found no room are not.</summary>
    public bool[] Accepted { get; }

    /// <summary>Lists of literals one after the other; the last of each is marked.</summary>
    public LiteralEntry[] Entries { get; }

    /// <summary>The bytes of all literals.</summary>
    public byte[] Texts { get; }

    /// <summary>By the four bytes that literals are filed under.</summary>
    public LiteralTable Long { get; }

    /// <summary>By <see cref="ShortKey"/>: literals of up to three bytes.</summary>
    public LiteralTable Short { get; }

    /// <summary>By the first two bytes of the literals of two or three; whoever finds some here looks into <see cref="Short"/>.</summary>
    public LiteralTable Pairs { get; }

    public bool HasPairs { get; }

    /// <summary>Literals of one byte would begin nearly everywhere: these are looked for by themselves.</summary>
    public byte[] SingleBytes { get; }

    private const int LengthShift = 24;

    /// <summary>The key of up to three bytes, the first of them lowest.</summary>
    public static uint ShortKey(uint bytes, int length) => (bytes & ((1u << (8 * length)) - 1)) | ((uint)length << LengthShift);
}
