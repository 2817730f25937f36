using PolicyEngine.Compiler.Lowering;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Planning;

/// <summary>
/// Plain bounds of conditions that are not plain. `account has label x and cot_share > 80%` can hold only where `cot_share > 80%`
/// does, so that is its screen. What stands under `not` is bounded from the other side.
/// </summary>
/// <param name="isKnown">Which nodes may stand in a bound as they are: all plain ones, or fewer.</param>
internal sealed class Screening(NodeTable nodes, Func<int, int> screenOfRule, Func<int, bool> isKnown)
{
    public Screening(NodeTable nodes, Func<int, int> screenOfRule)
        : this(nodes, screenOfRule, id => nodes[id].IsPlain)
    {
    }

    /// <summary>A plain node that holds wherever <paramref name="node"/> could.</summary>
    public int Upper(int node) => Bound(node, upper: true);

    private int Bound(int id, bool upper)
    {
        var node = nodes[id];
        if (isKnown(id)) return id;
        return node.Op switch
        {
            Op.And => nodes.And(node.Inputs.Select(i => Bound(i, upper))),
            Op.Or => nodes.Or(node.Inputs.Select(i => Bound(i, upper))),
            Op.Not => nodes.Not(Bound(node.Inputs[0], !upper)),
            Op.AtLeast => AtLeast(node, [.. node.Inputs.Select(i => Bound(i, upper))]),
            Op.Fired when upper => screenOfRule(node.Target),
            _ => upper ? nodes.True : nodes.False,
        };
    }

    /// <summary>Parts of which nothing is known are true or false on all rows, and so is the whole if enough of them are.</summary>
    private int AtLeast(Node node, int[] parts)
    {
        if (parts.Count(nodes.IsTrue) >= node.Target) return nodes.True;
        if (parts.Count(p => !nodes.IsFalse(p)) < node.Target) return nodes.False;
        return nodes.Add(node with { Inputs = parts, IsPlain = true });
    }
}
