using PolicyEngine.Compiler.Lowering;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Planning;

/// <summary>
/// Finds conditions that cannot hold for an entity that never had a label or points: `risk >= 100`, `account has label x and …`. The
/// engine then need not look at such rules for the many entities nobody ever marked.
/// </summary>
internal sealed class Marking(NodeTable nodes)
{
    /// <summary>The handle node of the entity, −1 when the condition could hold all the same or speaks of several.</summary>
    public int Of(int condition)
    {
        var entities = new HashSet<int>();
        // Where the entity itself is missing every test upon it fails, also one that 0 would pass: `risk != 0` holds there.
        var isNever = IsFalse(Unmarked(condition, entities, isThere: true)) && IsFalse(Unmarked(condition, entities, isThere: false));
        return isNever && entities.Count == 1 && nodes[entities.First()].IsPlain ? entities.First() : -1;
    }

    private bool IsFalse(int? node) => node is { } known && nodes.IsFalse(known);

    /// <summary>What is left of a condition when no label is there and every score is 0, or missing; null when that cannot be said.</summary>
    private int? Unmarked(int id, HashSet<int> entities, bool isThere)
    {
        var node = nodes[id];
        if (node.IsPlain) return id;
        switch (node.Op)
        {
            case Op.And or Op.Or:
                var parts = node.Inputs.Select(i => Unmarked(i, entities, isThere)).ToList();
                if (node.Op == Op.And && parts.Any(p => p is { } n && nodes.IsFalse(n))) return nodes.False;
                if (parts.Contains(null)) return null;
                return node.Op == Op.And ? nodes.And(parts.Select(p => p!.Value)) : nodes.Or(parts.Select(p => p!.Value));
            case Op.Not:
                return Unmarked(node.Inputs[0], entities, isThere) is { } inner ? nodes.Not(inner) : null;
            case Op.HasLabel:
                entities.Add(node.Inputs[0]);
                return nodes.False;
            case Op.Less or Op.LessOrEqual or Op.Greater or Op.GreaterOrEqual or Op.Equal:
                return WithoutPoints(node, entities, isThere);
            default:
                return null;
        }
    }

    private int? WithoutPoints(Node test, HashSet<int> entities, bool isThere)
    {
        var (score, limit) = (nodes[test.Inputs[0]], nodes[test.Inputs[1]]);
        if (score.Op != Op.Score || limit.Op != Op.Constant) return null;
        entities.Add(score.Inputs[0]);
        var value = limit.Kind is ValueKind.Number or ValueKind.Share or ValueKind.Rate ? limit.Constant!.Double : limit.Constant!.Long;
        var holds = test.Op switch
        {
            Op.Less => 0 < value,
            Op.LessOrEqual => 0 <= value,
            Op.Greater => 0 > value,
            Op.GreaterOrEqual => 0 >= value,
            _ => value == 0,
        };
        return isThere && holds ? nodes.True : nodes.False;
    }
}
