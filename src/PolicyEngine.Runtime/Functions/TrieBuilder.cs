namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// Builds the arrays of <see cref="ByteTrie"/> level by level from keys in byte order, each node being a range of them.
/// </summary>
internal sealed class TrieBuilder
{
    internal TrieBuilder((byte[] Bytes, int Literal)[] keys)
    {
        var ranges = new List<(int From, int To, int Depth)> { (0, keys.Length, 0) };
        var bytes = new List<byte> { 0 };
        var children = new List<int>();
        var literals = new List<int>();
        for (var node = 0; node < ranges.Count; node++)
        {
            var (from, to, depth) = ranges[node];
            children.Add(ranges.Count);
            // Keys are distinct, so only the first of a range can end here.
            var ends = keys[from].Bytes.Length == depth;
            literals.Add(ends ? keys[from].Literal : -1);
            if (ends)
                from++;
            while (from < to)
            {
                var value = keys[from].Bytes[depth];
                var end = from + 1;
                while (end < to && keys[end].Bytes[depth] == value)
                    end++;
                ranges.Add((from, end, depth + 1));
                bytes.Add(value);
                from = end;
            }
        }
        children.Add(ranges.Count);
        FirstChild = [.. children];
        ByteOf = [.. bytes];
        Literal = [.. literals];
    }

    /// <summary>Where the children of a node begin; they end where those of the next node begin.</summary>
    internal int[] FirstChild { get; }

    /// <summary>The byte that leads to a node.</summary>
    internal byte[] ByteOf { get; }

    /// <summary>The literal that ends at a node, or −1.</summary>
    internal int[] Literal { get; }
}
