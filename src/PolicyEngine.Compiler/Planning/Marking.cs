using PolicyEngine.Compiler.Lowering;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Planning;

/// <summary>
/// Finds conditions that cannot hold for an entity that never had a label, points or a group, or for a value around which nobody ever
/// had a label: `risk >= 100`, `account has label x and …`, `card_guilt >= 20%`. The engine then need not look at such rules for the
/// many that nobody ever marked.
/// </summary>
internal sealed class Marking(NodeTable nodes, LinkLowering links)
{
    /// <summary>How an unmarked entity can stand: it is not there; nobody is around it; strangers are.</summary>
    private enum Standing { Missing, Alone, Among }

    /// <summary>The handle node of the entity, −1 when the condition could hold all the same or speaks of several.</summary>
    public int Of(int condition)
    {
        var entities = new HashSet<int>();
        // Where the entity itself is missing every test upon it fails, also one that 0 would pass: `risk != 0` holds there.
        var isNever = Enum.GetValues<Standing>().All(s => Unmarked(condition, entities, s) is { } known && nodes.IsFalse(known));
        return isNever && entities.Count == 1 && nodes[entities.First()].IsPlain ? entities.First() : -1;
    }

    /// <summary>What is left of a condition when no label is there and every score is 0, or missing; null when that cannot be said.</summary>
    private int? Unmarked(int id, HashSet<int> entities, Standing standing)
    {
        var node = nodes[id];
        if (node.IsPlain) return id;
        switch (node.Op)
        {
            case Op.And or Op.Or:
                return Several(node, entities, standing);
            case Op.Not:
                return Unmarked(node.Inputs[0], entities, standing) is { } inner ? nodes.Not(inner) : null;
            case Op.HasLabel:
                entities.Add(MemberOf(node.Inputs[0]) is >= 0 and var member ? member : node.Inputs[0]);
                return nodes.False;
            case Op.Less or Op.LessOrEqual or Op.Greater or Op.GreaterOrEqual or Op.Equal:
                return Compared(node, entities, standing);
            default:
                return null;
        }
    }

    private int? Several(Node node, HashSet<int> entities, Standing standing)
    {
        var (left, all) = (new List<int?>(), new HashSet<int>());
        foreach (var input in node.Inputs)
        {
            var own = new HashSet<int>();
            left.Add(Unmarked(input, own, standing));
            all.UnionWith(own);
            if (node.Op != Op.And || left[^1] is not { } part || !nodes.IsFalse(part)) continue;
            // One part that cannot hold is enough, whoever the others speak of.
            entities.UnionWith(own);
            return nodes.False;
        }
        entities.UnionWith(all);
        if (left.Contains(null)) return null;
        return node.Op == Op.And ? nodes.And(left.Select(p => p!.Value)) : nodes.Or(left.Select(p => p!.Value));
    }

    private int? Compared(Node test, HashSet<int> entities, Standing standing)
    {
        var (value, limit) = (nodes[test.Inputs[0]], nodes[test.Inputs[1]]);
        if (limit.Op != Op.Constant) return null;
        var isThere = standing != Standing.Missing;
        switch (value.Op)
        {
            case Op.Score:
                entities.Add(value.Inputs[0]);
                break;
            case Op.Around when links.Arounds[value.Target] is { Label: >= 0, Had: false } around:
                entities.Add(value.Inputs[0]);
                // A share of nobody is missing.
                if (around.IsShare) isThere = standing == Standing.Among;
                break;
            case Op.GroupSize or Op.GroupAge or Op.OverMembers or Op.GroupMeasure when MemberOf(value.Inputs[0]) is >= 0 and var member:
                entities.Add(member);
                return nodes.False;
            default:
                return null;
        }
        return isThere && HoldsAt0(test, limit) ? nodes.True : nodes.False;
    }

    /// <summary>The member whose group a handle node gives; −1 when it gives something else.</summary>
    private int MemberOf(int handle)
    {
        var node = nodes[handle];
        if (node.Op == Op.Handle) node = nodes[node.Inputs[0]];
        return node.Op == Op.Group ? node.Inputs[0] : -1;
    }

    private static bool HoldsAt0(Node test, Node limit)
    {
        var value = limit.Kind is ValueKind.Number or ValueKind.Share or ValueKind.Rate ? limit.Constant!.Double : limit.Constant!.Long;
        return test.Op switch
        {
            Op.Less => 0 < value,
            Op.LessOrEqual => 0 <= value,
            Op.Greater => 0 > value,
            Op.GreaterOrEqual => 0 >= value,
            _ => value == 0,
        };
    }
}
