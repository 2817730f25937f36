using System.Buffers.Binary;
using System.Runtime.InteropServices;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// Files literals under keys: short ones under themselves, others under those of their four bytes that the fewest literals hold. What
/// is rare among the literals is rare in texts too, and lists stay short.
/// </summary>
internal sealed class LiteralFiles
{
    /// <summary>A list as long as this is left alone while a literal has other bytes to stand under.</summary>
    private const int Crowded = 6;
    private readonly IReadOnlyList<Literal> _literals;
    private readonly Dictionary<uint, int> _uses = [];
    private readonly Dictionary<uint, List<(int Literal, int Offset)>> _long = [];
    private readonly Dictionary<uint, List<(int Literal, int Offset)>> _short = [];
    private readonly int[] _starts;

    public LiteralFiles(IReadOnlyList<Literal> literals)
    {
        _literals = literals;
        _starts = new int[literals.Count];
        Accepted = new bool[literals.Count];
        Texts = [.. literals.SelectMany((l, i) => Note(l, i))];
        for (var i = 0; i < literals.Count; i++)
            if (literals[i].Text.Length > 0) File(i);
        Entries = new LiteralEntry[_long.Values.Concat(_short.Values).Sum(l => l.Count)];
        Long = Write(_long, 0);
        Short = Write(_short, _long.Values.Sum(l => l.Count));
    }

    public bool[] Accepted { get; }

    public byte[] Texts { get; }

    public LiteralEntry[] Entries { get; }

    /// <summary>Keys of four bytes, and where their lists begin.</summary>
    public IReadOnlyList<(uint Key, int First)> Long { get; }

    /// <summary>Keys of fewer bytes, as <see cref="LiteralIndex.ShortKey"/> makes them.</summary>
    public IReadOnlyList<(uint Key, int First)> Short { get; }

    private byte[] Note(in Literal literal, int index)
    {
        if (index + 1 < _starts.Length) _starts[index + 1] = _starts[index] + literal.Text.Length;
        for (var at = 0; at + LiteralIndex.Gram <= literal.Text.Length; at++)
            CollectionsMarshal.GetValueRefOrAddDefault(_uses, GramAt(literal.Text, at), out _)++;
        return literal.Text;
    }

    private void File(int index)
    {
        var text = _literals[index].Text;
        var isShort = text.Length < LiteralIndex.Gram;
        var (key, offset) = isShort ? (ShortKey(text), 0) : Rarest(text);
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(isShort ? _short : _long, key, out _);
        list ??= [];
        if (list.Count == LiteralIndex.LongestList) return;
        list.Add((index, offset));
        Accepted[index] = true;
    }

    private (uint Key, int Offset) Rarest(byte[] text)
    {
        var (best, fewest) = (0, int.MaxValue);
        for (var at = 0; at + LiteralIndex.Gram <= text.Length; at++)
        {
            var gram = GramAt(text, at);
            var length = _long.TryGetValue(gram, out var list) ? list.Count : 0;
            var cost = length < Crowded ? _uses[gram] : _literals.Count + length;
            if (cost >= fewest) continue;
            (best, fewest) = (at, cost);
        }
        return (GramAt(text, best), best);
    }

    private List<(uint Key, int First)> Write(Dictionary<uint, List<(int Literal, int Offset)>> from, int written)
    {
        var lists = new List<(uint Key, int First)>(from.Count);
        foreach (var (key, list) in from)
        {
            lists.Add((key, written));
            foreach (var (literal, offset) in list) Entries[written++] = Entry(literal, offset);
            Entries[written - 1] = Entries[written - 1] with { IsLast = true };
        }
        return lists;
    }

    private LiteralEntry Entry(int literal, int offset)
    {
        var (test, text) = _literals[literal];
        Span<byte> head = stackalloc byte[LiteralEntry.HeadLength];
        head.Clear();
        text.AsSpan(0, Math.Min(text.Length, head.Length)).CopyTo(head);
        var mask = text.Length >= head.Length ? ulong.MaxValue : (1UL << (8 * text.Length)) - 1;
        return new LiteralEntry(
            BinaryPrimitives.ReadUInt64LittleEndian(head), mask, literal, _starts[literal], text.Length, offset,
            test is TextOp.Equals or TextOp.StartsWith ? 0 : int.MaxValue, test is TextOp.Equals or TextOp.EndsWith ? 0 : int.MaxValue);
    }

    private static uint GramAt(byte[] text, int at) => BinaryPrimitives.ReadUInt32LittleEndian(text.AsSpan(at));

    private static uint ShortKey(byte[] text)
    {
        var bytes = 0u;
        for (var i = 0; i < text.Length; i++) bytes |= (uint)text[i] << (8 * i);
        return LiteralIndex.ShortKey(bytes, text.Length);
    }
}
