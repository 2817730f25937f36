using PolicyEngine.Runtime.Matching;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>One sample of a rule: condition, exceptions, edge, cooldown (C3).</summary>
internal sealed class Sampler(RowEvaluator evaluator)
{
    /// <summary>How the last sample ended.</summary>
    public TraceStatus Last { get; private set; }

    /// <summary>Whether the rule fires for the key at this sample.</summary>
    /// <param name="asked">Truth of the rule's condition, exceptions not yet taken off, and whether it cannot be told (L3).</param>
    /// <param name="suppressed">Samples held back since the last firing.</param>
    public bool Sample(RuleState rule, int key, (bool When, bool IsFault) asked, in RowContext context, out int suppressed)
    {
        suppressed = 0;
        var (when, isFault) = asked;
        var condition = (when || isFault) && !IsExcepted(rule, context, ref isFault);
        if (condition && isFault)
        {
            rule.Faults++;
            Last = TraceStatus.Fault;
            if (!rule.Plan.FailClosed) return false;
            when = true;
        }
        Last = condition ? TraceStatus.Fired : when ? TraceStatus.Excepted : TraceStatus.False;
        if (when) rule.True++;
        var hasEdge = rule.Held is not null;
        if (!condition && !hasEdge) return false;
        if (key < 0)
        {
            if (condition) rule.Risen++;
            return condition;
        }
        ref var state = ref rule.Edges.Get(key);
        if (hasEdge) Unhold(rule, ref state, condition, context);
        return Step(rule, ref state, key, condition, context.Tau, out suppressed);
    }

    /// <summary>Whether the rule, if true for the key, would do no more than count it.</summary>
    public static bool IsCooling(RuleState rule, int key, long tau)
    {
        if (key < 0 || !rule.Edges.Has(key)) return false;
        ref readonly var state = ref rule.Edges.Get(key);
        return state.LastFired != long.MinValue && tau - state.LastFired < rule.Plan.Once;
    }

    /// <summary>A sample on which the rule is true and cooling.</summary>
    public void Cool(RuleState rule, int key, long tau)
    {
        rule.True++;
        ref var state = ref rule.Edges.Get(key);
        if (state.Held && tau - state.LastSample >= rule.Plan.Horizon) state.Held = state.HeldWithEffect = false;
        Step(rule, ref state, key, condition: true, tau, out _);
    }

    private void Unhold(RuleState rule, ref EdgeState state, bool condition, in RowContext context)
    {
        if (!state.Held) return;
        var forgotten = context.Tau - state.LastSample >= rule.Plan.Horizon;
        if (forgotten || (rule.Plan.Rearm < 0 ? !condition : evaluator.IsTrue(rule.Plan.Rearm, context))) state.Held = state.HeldWithEffect = false;
    }

    private bool Step(RuleState rule, ref EdgeState state, int key, bool condition, long tau, out int suppressed)
    {
        suppressed = 0;
        var once = rule.Plan.Once;
        var cooling = once > 0 && state.LastFired != long.MinValue && tau - state.LastFired < once;
        var rises = condition && (!state.Held || once > 0);
        var fires = rises && !cooling;
        if (rises) rule.Risen++;
        if (rises && cooling) rule.Cooled++;
        if (condition && !fires) Last = cooling ? TraceStatus.Cooling : TraceStatus.Held;
        if (fires)
        {
            suppressed = state.Suppressed;
            state.Suppressed = 0;
            state.LastFired = tau;
        }
        else if (condition)
        {
            state.Suppressed++;
            rule.Suppressed++;
        }
        if (rule.Held is { } held)
        {
            state.Held |= condition;
            held.Set(rule.HeldBit, key, state.Held);
        }
        state.LastSample = tau;
        return fires;
    }

    /// <param name="isFault">Set where it cannot be told whether an exception holds, and none does for sure.</param>
    private bool IsExcepted(RuleState rule, in RowContext context, ref bool isFault)
    {
        foreach (var exception in rule.Plan.Exceptions)
        {
            if (exception.Until is { } until && context.Tau >= until) continue;
            if (evaluator.IsTrue(exception.When, context))
            {
                rule.Excepted++;
                return true;
            }
            isFault |= evaluator.IsFaulty;
        }
        return false;
    }
}
