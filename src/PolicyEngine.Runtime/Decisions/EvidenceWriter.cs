using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Sequences;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>
/// What a decision shows of its reasons (K3), written at the moment of firing: the text of `because`, every operand, the clause tree
/// with its truth, windows and warming measures. Sensitive values appear as fingerprints (K4).
/// </summary>
internal sealed class EvidenceWriter(RowEvaluator evaluator, Plan plan, MeasureSet measures, ReadOnlyMemory<byte> sensitiveKey)
{
    private readonly TextBuffer _text = new();
    /// <summary>Clauses as they stand in records up to their truth: some list a thousand texts, and all are the same each time.</summary>
    private readonly Dictionary<ClausePlan, byte[]> _clauses = new(ReferenceEqualityComparer.Instance);

    public required GroupEvidence Group { get; init; }

    public required EntryEvidence Entries { get; init; }

    /// <summary>`"because":…,"evidence":{…},"group":…`.</summary>
    /// <param name="steps">Of the sequence or absence that the rule fires upon.</param>
    public void Write(TextBuffer text, RulePlan rule, in RowContext context, SequenceState? steps = null)
    {
        text.Append("\"because\":"u8);
        Because(text, rule, context);
        text.Append(",\"evidence\":{\"values\":{"u8);
        Operands(text, rule, context);
        text.Append("},\"clauses\":"u8);
        if (rule.Clauses is null) text.Append("null"u8);
        else Clause(text, rule.Clauses, context);
        Windows(text, rule, context.Tau);
        if (steps is not null) StepEvidence.Write(text, steps);
        text.Append("},"u8);
        Group.Write(text, rule, context);
    }

    /// <summary>Names of measures that are younger than their window, as a JSON list with its member name; nothing when there are none.</summary>
    public void Warming(TextBuffer text, RulePlan rule, long tau)
    {
        if (!ReadsWindows(rule)) return;
        var first = true;
        foreach (var measure in rule.Measures)
        {
            if (!measures.IsWarming(measure, tau)) continue;
            text.Append(first ? ",\"warming\":["u8 : ","u8);
            text.AppendString(plan.Measures[measure].Name);
            first = false;
        }
        foreach (var name in Group.Warming(rule, tau))
        {
            text.Append(first ? ",\"warming\":["u8 : ","u8);
            text.AppendString(name);
            first = false;
        }
        if (!first) text.Append((byte)']');
    }

    /// <summary>A value as JSON: numbers and truths as such, missing as null, all else as its text.</summary>
    public void Json(TextBuffer text, in Value value, bool sensitive)
    {
        if (sensitive && !value.IsMissing)
        {
            text.AppendString(Fingerprint(value));
            return;
        }
        switch (value.Kind)
        {
            case ValueKind.Missing or ValueKind.Null:
                text.Append("null"u8);
                break;
            case ValueKind.Boolean:
                text.Append(value.IsTrue ? "true"u8 : "false"u8);
                break;
            case ValueKind.Integer:
                text.AppendNumber(value.Long);
                break;
            case ValueKind.Number or ValueKind.Share:
                text.AppendNumber(value.Double);
                break;
            case ValueKind.Time:
                text.AppendTime(value.Long);
                break;
            case ValueKind.Duration:
                _text.Clear();
                DurationFormat.AppendExact(value.Long, _text);
                text.AppendString(_text.Written);
                break;
            case ValueKind.List:
                List(text, value);
                break;
            default:
                _text.Clear();
                value.Stand(_text);
                text.AppendString(_text.Written);
                break;
        }
    }

    private void List(TextBuffer text, in Value value)
    {
        text.Append((byte)'[');
        for (var i = 0; i < value.Count; i++)
        {
            if (i > 0) text.Append((byte)',');
            Json(text, value.Item(i), sensitive: false);
        }
        text.Append((byte)']');
    }

    private void Because(TextBuffer text, RulePlan rule, in RowContext context)
    {
        if (rule.Because.Count == 0)
        {
            text.Append("null"u8);
            return;
        }
        text.Append((byte)'"');
        foreach (var piece in rule.Because)
        {
            if (piece.Text is { } literal) text.AppendEscaped(literal);
            else Hole(text, piece.Node, context);
        }
        text.Append((byte)'"');
    }

    private void Hole(TextBuffer text, int node, in RowContext context)
    {
        var value = evaluator.Evaluate(node, context);
        _text.Clear();
        if (plan.Nodes[node].Sensitive && !value.IsMissing) _text.Append(Fingerprint(value));
        else value.Display(_text);
        text.AppendEscaped(_text.Written);
    }

    private void Operands(TextBuffer text, RulePlan rule, in RowContext context)
    {
        for (var i = 0; i < rule.Operands.Count; i++)
        {
            var operand = rule.Operands[i];
            if (i > 0) text.Append((byte)',');
            text.AppendString(operand.Name);
            text.Append((byte)':');
            Json(text, evaluator.Evaluate(operand.Node, context), plan.Nodes[operand.Node].Sensitive);
        }
    }

    private void Clause(TextBuffer text, ClausePlan clause, in RowContext context)
    {
        if (clause.Kind == ClauseKind.Test)
        {
            text.Append(BeginningOf(clause));
            var holds = evaluator.IsTrue(clause.Node, context);
            text.Append(holds ? ",\"holds\":true"u8 : evaluator.IsFaulty ? ",\"holds\":false,\"fault\":true"u8 : ",\"holds\":false"u8);
            if (holds) Entries.Write(text, clause.Node, context, this);
            text.Append((byte)'}');
            return;
        }
        text.Append(clause.Kind switch
        {
            ClauseKind.And => "{\"and\":["u8,
            ClauseKind.Or => "{\"or\":["u8,
            ClauseKind.Not => "{\"not\":["u8,
            _ => "{\"at_least\":"u8,
        });
        if (clause.Kind == ClauseKind.AtLeast)
        {
            text.AppendNumber((long)clause.Count);
            text.Append(",\"of\":["u8);
        }
        for (var i = 0; i < clause.Parts.Count; i++)
        {
            if (i > 0) text.Append((byte)',');
            Clause(text, clause.Parts[i], context);
        }
        text.Append("]}"u8);
    }

    private byte[] BeginningOf(ClausePlan clause)
    {
        if (_clauses.TryGetValue(clause, out var beginning)) return beginning;
        var text = new TextBuffer();
        text.Append("{\"text\":"u8);
        text.AppendString(clause.Text);
        return _clauses[clause] = text.Written.ToArray();
    }

    private void Windows(TextBuffer text, RulePlan rule, long tau)
    {
        if (!ReadsWindows(rule)) return;
        var first = true;
        foreach (var (name, span) in rule.Measures.Select(m => (plan.Measures[m].Name, plan.Measures[m].Window)).Concat(Group.Windows(rule)))
        {
            if (WindowOf(span, tau) is not { } window) continue;
            text.Append(first ? ",\"windows\":{"u8 : ","u8);
            text.AppendString(name);
            text.Append(":["u8);
            text.AppendTime(window.From);
            text.Append((byte)',');
            text.AppendTime(window.To);
            text.Append((byte)']');
            first = false;
        }
        if (!first) text.Append((byte)'}');
    }

    private static bool ReadsWindows(RulePlan rule) =>
        rule.Measures.Count + rule.Arounds.Count + rule.GroupMeasures.Count + rule.Alignments.Count > 0;

    /// <summary>The stretch counted: after From, up to and with To. Sessions begin where their events say, so they have none here.</summary>
    private static (long From, long To)? WindowOf(PlanWindow window, long tau) => window.Kind switch
    {
        PlanWindowKind.Sliding => (tau - window.Ending - window.Length, tau - window.Ending),
        PlanWindowKind.Tumbling => (tau - (((tau % window.Length) + window.Length) % window.Length) - 1, tau),
        _ => null,
    };

    private string Fingerprint(in Value value)
    {
        var plain = new TextBuffer();
        value.Stand(plain);
        return StableHash.SensitiveFingerprint(sensitiveKey.Span, plain.Written);
    }
}
