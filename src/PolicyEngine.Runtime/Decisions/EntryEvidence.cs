using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>Which entry of a list a value met, who says so and how sure, so that a hit can be traced to what it was told by.</summary>
internal sealed class EntryEvidence(Plan plan, Lists lists, RowEvaluator rows)
{
    /// <summary>`,"entry":…` where the clause asks a list; nothing for other clauses.</summary>
    /// <param name="values">Writes values, sensitive ones as fingerprints.</param>
    public void Write(TextBuffer text, int clause, in RowContext context, EvidenceWriter values)
    {
        var node = plan.Nodes[clause];
        if (node.Op != Op.InList) return;
        var list = lists[node.Target];
        if (list.Match(rows.Evaluate(node.Inputs[0], context), context.Tau, node.View) is not { } entry) return;
        var edit = entry.Origin(context.Tau, node.View);
        text.Append(",\"entry\":{\"list\":"u8);
        text.AppendString(list.Name);
        text.Append(",\"value\":"u8);
        values.Json(text, entry.Value, plan.Nodes[node.Inputs[0]].Sensitive);
        Say(text, ",\"source\":"u8, edit == default ? entry.Facts?.Source : edit.Source);
        Say(text, ",\"confidence\":"u8, edit == default ? entry.Facts?.Confidence : null);
        text.Append((byte)'}');
    }

    private static void Say(TextBuffer text, ReadOnlySpan<byte> member, string? said)
    {
        if (said is null) return;
        text.Append(member);
        text.AppendString(said);
    }
}
