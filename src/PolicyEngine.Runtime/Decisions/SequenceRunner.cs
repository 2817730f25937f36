using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Sequences;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>Shows events to the steps of rules, in the stratum of each rule (H4).</summary>
internal sealed class SequenceRunner(EngineState state, RowEvaluator rows)
{
    private readonly RowStepEvent _event = new(rows);
    private readonly RuleState[] _rules =
        [.. state.Rules.All.Where(r => r.Plan.Sequence >= 0).OrderBy(r => r.Plan.Sequence)];

    public RuleState RuleOf(int sequence) => _rules[sequence];

    /// <summary>The sequence, if the event completes one for its key; null otherwise.</summary>
    public SequenceState? Offer(int sequence, in RowContext context, out int key)
    {
        var steps = state.Sequences.All[sequence];
        _event.Take(steps, context);
        key = rows.Handle(steps.Plan.Key, context);
        if (key < 0)
        {
            if (_event.Is(0)) _rules[sequence].MissingKeys++;
            return null;
        }
        steps.LastKey = key;
        if (steps.Sequences is { } open) return open.Offer(key, _event) ? steps : null;
        steps.Absences!.Offer(key, _event);
        state.SetDeadline(steps);
        return null;
    }
}
