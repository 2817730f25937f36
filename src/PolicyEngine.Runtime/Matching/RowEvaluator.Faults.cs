using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// What cannot be computed within its limits is a fault (L3): `false and fault` is false, `true or fault` true, all else a fault. A
/// condition that met none is worth what it is worth; only where one was met are its parts weighed one by one.
/// </summary>
public sealed partial class RowEvaluator
{
    private enum Truth : byte { False, True, Fault }

    /// <summary>The condition asked last cannot be told: what it hangs on could not be computed within its limits.</summary>
    internal bool IsFaulty { get; private set; }

    private bool IsSurely(int node, in RowContext context)
    {
        var truth = Weigh(node, context);
        IsFaulty = truth == Truth.Fault;
        return truth == Truth.True;
    }

    private Truth Weigh(int id, in RowContext context)
    {
        var node = _nodes[id];
        return node.Op switch
        {
            Op.And => AtLeast(node, node.Inputs.Length, context),
            Op.Or => AtLeast(node, 1, context),
            Op.AtLeast => AtLeast(node, node.Target, context),
            Op.Not => Weigh(node.Inputs[0], context) switch { Truth.True => Truth.False, Truth.False => Truth.True, _ => Truth.Fault },
            _ => WeighAlone(id, context),
        };
    }

    private Truth AtLeast(Node node, int wanted, in RowContext context)
    {
        var (known, open) = (0, 0);
        foreach (var input in node.Inputs)
        {
            var truth = Weigh(input, context);
            if (truth == Truth.True) known++;
            else if (truth == Truth.Fault) open++;
        }
        return known >= wanted ? Truth.True : known + open >= wanted ? Truth.Fault : Truth.False;
    }

    private Truth WeighAlone(int id, in RowContext context)
    {
        IsFaulty = false;
        var holds = Holds(id, context);
        return IsFaulty ? Truth.Fault : holds ? Truth.True : Truth.False;
    }

    /// <summary>A condition upon one member; where it cannot be told, what is being computed over all members cannot either.</summary>
    private bool HoldsFor(int condition, in RowContext context)
    {
        var before = IsFaulty;
        IsFaulty = false;
        var holds = Holds(condition, context);
        if (IsFaulty) holds = IsSurely(condition, context);
        IsFaulty |= before;
        return holds;
    }
}
