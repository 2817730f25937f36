using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.State;

namespace PolicyEngine.Runtime.Matching;

/// <summary>Conditions upon labels and scores, remembered by entity.</summary>
public sealed partial class RowEvaluator
{
    /// <summary>Null: nothing is remembered.</summary>
    internal StateMemo? Memo { get; private set; }

    internal StateNodes Conditions => _prepared.State;

    internal StateMemo Remember(LabelStore labels, ScoreStore scores, MarkSet marks) => Memo = new StateMemo(_prepared, labels, scores, marks);

    private bool Remembered(Node node, in RowContext context)
    {
        var entity = Key(_prepared.State.Entity(node.Id), context);
        return (Memo!.Of(_prepared.State.DomainOf(node.Id), entity, context.Tau) >> _prepared.State.Place(node.Id) & 1) != 0;
    }
}
