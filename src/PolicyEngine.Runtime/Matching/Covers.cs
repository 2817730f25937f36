using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// For a condition a set of tests of which at least one holds, or could, wherever the condition does: `(a or b) and c` has {a, b} and
/// {c}, and the one is taken that texts meet less often. Conditions with nothing of the kind have no cover.
/// </summary>
internal sealed class Covers(IReadOnlyList<Node> nodes, TextGroups texts)
{
    private readonly Dictionary<int, IReadOnlyList<TextSlot>?> _known = [];

    public IReadOnlyList<TextSlot>? Of(int node)
    {
        if (_known.TryGetValue(node, out var cover)) return cover;
        return _known[node] = Find(nodes[node]);
    }

    private IReadOnlyList<TextSlot>? Find(Node node)
    {
        if (texts.Of(node.Id) is { } slot) return [slot];
        switch (node.Op)
        {
            case Op.And:
                return node.Inputs.Select(Of).OfType<IReadOnlyList<TextSlot>>().MinBy(WeightOf);
            case Op.Or:
                return Union(node.Inputs.Select(Of));
            case Op.AtLeast when node.Target > 0:
                // All but so many can fail: the rest holds one of those that must not.
                var without = node.Target - 1;
                var covers = node.Inputs.Select(Of).OrderBy(c => c is null ? double.PositiveInfinity : WeightOf(c)).ToArray();
                return Union(covers.SkipLast(Math.Min(without, covers.Length)));
            default:
                return null;
        }
    }

    private static IReadOnlyList<TextSlot>? Union(IEnumerable<IReadOnlyList<TextSlot>?> covers)
    {
        var all = covers.ToArray();
        return all.Length == 0 || all.Contains(null) ? null : [.. all.SelectMany(c => c!).Distinct()];
    }

    private static double WeightOf(IReadOnlyList<TextSlot> cover) => cover.Sum(s => s.Weight);
}
