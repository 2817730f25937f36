using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>Conditions upon labels and scores, remembered by entity.</summary>
public sealed partial class RowEvaluator
{
    /// <summary>Null: nothing is remembered.</summary>
    internal StateMemo? Memo { get; set; }

    internal StateNodes Conditions => _prepared.State;

    private bool Remembered(Node node, in RowContext context)
    {
        var entity = Key(_prepared.State.Entity(node.Id), context);
        if (entity < 0 || !Memo!.IsOpen) return HoldsAnew(node, context);
        if (Memo.TryRecall(node.Id, entity, context.Tau, out var holds)) return holds;
        holds = HoldsAnew(node, context);
        Memo.Keep(node.Id, entity, holds, UntilOf(node, entity, context.Tau), context.Tau);
        return holds;
    }

    private long UntilOf(Node node, int entity, long tau)
    {
        switch (node.Op)
        {
            case Op.HasLabel:
                return Memo!.UntilOfLabel(node, entity, tau);
            case Op.Less or Op.LessOrEqual or Op.Greater or Op.GreaterOrEqual:
                return Memo!.UntilOfScore(node, _nodes[node.Inputs[0]], _prepared.Constants[node.Inputs[1]].AsDouble, entity, tau);
            default:
                var until = long.MaxValue;
                foreach (var input in node.Inputs) until = Math.Min(until, UntilOf(_nodes[input], entity, tau));
                return until;
        }
    }
}
