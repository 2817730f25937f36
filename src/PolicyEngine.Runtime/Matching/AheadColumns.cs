using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// Shapes of texts, computed where a batch is filled: they cost much, look at one field and at nothing that is kept, and whoever applies
/// has more to do than whoever fills.
/// </summary>
internal sealed class AheadColumns(Plan plan)
{
    private readonly Node[] _nodes = [.. plan.Nodes.Where(n => IsAhead(plan, n))];
    private readonly Plan _plan = plan;

    /// <summary>Places for what is computed of a batch: nodes and their values by row.</summary>
    public IReadOnlyList<(int Node, Vector Values)> For(int capacity) =>
        [.. _nodes.Select(n => (n.Id, new Vector(ValueKind.Fingerprint, capacity)))];

    /// <summary>Fills them for the rows in order.</summary>
    public void Fill(EventBatch batch)
    {
        foreach (var (node, values) in batch.Ahead)
        {
            values.Clear(batch.Count);
            var source = _plan.Nodes[_plan.Nodes[node].Inputs[0]];
            var column = batch.Columns[ColumnOf(source)];
            foreach (var row in batch.Order.AsSpan(0, batch.OrderCount))
            {
                if (!column.IsPresent(row) || (source.Op == Op.FieldByType && source.Types[batch.Types[row]] < 0)) continue;
                values.Longs[row] = (long)Template.Fingerprint(column.Slice(row));
                values.SetPresent(row);
            }
        }
    }

    private static bool IsAhead(Plan plan, Node node) =>
        node is { Op: Op.Call, Target: (int)PlanFunction.Template, IsPlain: true, Domain: < 0 }
        && ColumnOf(plan.Nodes[node.Inputs[0]]) is >= 0 and var column
        && plan.Columns[column] is { Kind: ValueKind.Text, Domain: < 0 };

    /// <summary>The one column that a field stands in on all types that have it, else −1.</summary>
    private static int ColumnOf(Node field)
    {
        if (field.Op == Op.Field) return field.Target;
        if (field.Op != Op.FieldByType) return -1;
        var columns = field.Types.Where(c => c >= 0).Distinct().ToArray();
        return columns.Length == 1 ? columns[0] : -1;
    }
}
