using System.Buffers;

namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// Literals as a trie over bytes; with failure links an Aho–Corasick automaton. UTF-8 keeps matches on scalar boundaries by
/// itself. Nodes are numbered by breadth; the few children of a node stand side by side, those of the root in a table of 256.
/// </summary>
internal sealed class ByteTrie
{
    private const int None = -1;
    /// <summary>Nodes near the root have many children and are where a search mostly is: these get a row of 256 each.</summary>
    private const int DenseNodes = 128;
    /// <summary>Looking for the next possible start pays only where few bytes are one.</summary>
    private const int RareStarts = 5;
    private readonly int[] firstChild;
    private readonly byte[] childByte;
    private readonly int[] literal;
    private readonly int[] failure;
    private readonly int[] nextFound;
    private readonly int[] dense;
    private readonly int[] root = new int[256];
    private readonly SearchValues<byte>? firstBytes;
    private readonly int literals;

    internal ByteTrie(byte[][] texts, bool reversed, bool searching)
    {
        literals = texts.Length;
        var sorted = SortedKeys(texts, reversed);
        var builder = new TrieBuilder(sorted);
        firstChild = builder.FirstChild;
        childByte = builder.ByteOf;
        literal = builder.Literal;
        Array.Fill(root, None);
        for (var child = firstChild[0]; child < firstChild[1]; child++)
            root[childByte[child]] = child;
        var starts = childByte.AsSpan(firstChild[0], firstChild[1] - firstChild[0]);
        if (starts.Length <= RareStarts)
            firstBytes = SearchValues.Create(starts);
        failure = searching ? new int[literal.Length] : [];
        nextFound = searching ? new int[literal.Length] : [];
        dense = searching ? new int[Math.Min(literal.Length, DenseNodes) << 8] : [];
        if (searching)
            Link();
    }

    internal bool StartsWithAny(ReadOnlySpan<byte> text)
    {
        var node = 0;
        foreach (var value in text)
        {
            if (literal[node] >= 0)
                return true;
            node = Child(node, value);
            if (node < 0)
                return false;
        }
        return literal[node] >= 0;
    }

    internal bool EndsWithAny(ReadOnlySpan<byte> text)
    {
        var node = 0;
        for (var at = text.Length - 1; at >= 0; at--)
        {
            if (literal[node] >= 0)
                return true;
            node = Child(node, text[at]);
            if (node < 0)
                return false;
        }
        return literal[node] >= 0;
    }

    internal bool FindsAny(ReadOnlySpan<byte> text)
    {
        if (literal[0] >= 0)
            return true;
        var node = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (node == 0 && !TrySkip(text, ref at))
                return false;
            node = Step(node, text[at]);
            if (literal[node] >= 0 || nextFound[node] != 0)
                return true;
        }
        return false;
    }

    internal bool FindsAll(ReadOnlySpan<byte> text)
    {
        var words = (literals + 63) / 64;
        var rented = ArrayPool<ulong>.Shared.Rent(words);
        var seen = rented.AsSpan(0, words);
        seen.Clear();
        var left = literals;
        if (literal[0] >= 0)
            Mark(seen, literal[0], ref left);
        var node = 0;
        for (var at = 0; at < text.Length && left > 0; at++)
        {
            if (node == 0 && !TrySkip(text, ref at))
                break;
            node = Step(node, text[at]);
            for (var found = literal[node] >= 0 ? node : nextFound[node]; found != 0; found = nextFound[found])
            {
                // Whoever stands further down the chain was marked together with this one.
                if (!Mark(seen, literal[found], ref left))
                    break;
            }
        }
        ArrayPool<ulong>.Shared.Return(rented);
        return left == 0;
    }

    private static bool Mark(Span<ulong> seen, int index, ref int left)
    {
        var bit = 1UL << (index & 63);
        if ((seen[index >> 6] & bit) != 0)
            return false;
        seen[index >> 6] |= bit;
        left--;
        return true;
    }

    private bool TrySkip(ReadOnlySpan<byte> text, ref int at)
    {
        if (firstBytes is null)
            return true;
        var found = text[at..].IndexOfAny(firstBytes);
        at += found;
        return found >= 0;
    }

    private int Step(int node, byte value)
    {
        while (true)
        {
            var cell = (node << 8) | value;
            if (cell < dense.Length)
                return dense[cell];
            var next = Child(node, value);
            if (next >= 0)
                return next;
            node = failure[node];
        }
    }

    private int Child(int node, byte value)
    {
        if (node == 0)
            return root[value];
        for (var child = firstChild[node]; child < firstChild[node + 1]; child++)
        {
            if (childByte[child] == value)
                return child;
        }
        return None;
    }

    private void Link()
    {
        // Nodes come in order of depth, so a failure target and its row are complete before anyone needs them.
        for (var node = 0; node < literal.Length; node++)
        {
            if (node < dense.Length >> 8)
                FillRow(node);
            for (var child = firstChild[node]; child < firstChild[node + 1]; child++)
            {
                failure[child] = node == 0 ? 0 : Step(failure[node], childByte[child]);
                var target = failure[child];
                nextFound[child] = literal[target] >= 0 ? target : nextFound[target];
            }
        }
    }

    private void FillRow(int node)
    {
        for (var value = 0; value < 256; value++)
        {
            var child = Child(node, (byte)value);
            dense[(node << 8) | value] = child >= 0 ? child : node == 0 ? 0 : Step(failure[node], (byte)value);
        }
    }

    private static (byte[] Bytes, int Literal)[] SortedKeys(byte[][] texts, bool reversed)
    {
        var keys = new (byte[] Bytes, int Literal)[texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            var bytes = (byte[])texts[i].Clone();
            if (reversed)
                Array.Reverse(bytes);
            keys[i] = (bytes, i);
        }
        Array.Sort(keys, static (a, b) => a.Bytes.AsSpan().SequenceCompareTo(b.Bytes));
        return keys;
    }
}
