using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Sequences;
using PolicyEngine.Runtime.State;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>Instants without an event: timers that are due, and what operators do.</summary>
internal sealed partial class StrataRunner
{
    /// <summary>Labels of <paramref name="ended"/> (label, entity) end at τ, all in one instant.</summary>
    public void RunLabelEnds(IEnumerable<LabelChange> ended, long tau)
    {
        Begin(tau, isLate: false);
        _state.Labels.InstantOfEnds = true;
        _state.Labels.Changes.AddRange(ended);
        foreach (var (label, entity) in ended) _state.Labels.OnChanged?.Invoke(label, entity, tau);
        for (var stratum = 0; stratum < _state.Rules.Strata; stratum++) FinishStratum(stratum, _instant.Actions.Count, [], tau);
        Finish([]);
    }

    /// <summary>An operator labels an entity, or takes a label away.</summary>
    public void RunLabel(int label, int entity, bool add, long end, long tau)
    {
        Begin(tau, isLate: false);
        if (add) _state.Labels.Grant(label, entity, shadow: null, tau, end);
        else _state.Labels.Remove(label, entity, shadow: null, tau);
        if (add && end != GrantStore.Never && _state.Plan.Labels[label].HasEndReaders)
            _state.Timers.Set(new Timer(end, TimerKind.LabelEnd, label, _state.Plan.Labels[label].Domain, entity));
        for (var stratum = 0; stratum < _state.Rules.Strata; stratum++)
            FinishStratum(stratum, _instant.Actions.Count, [], tau);
        Finish([]);
    }

    /// <summary>Rules of one tick, ascending, each with the keys it visits.</summary>
    public void RunEvery(IReadOnlyList<(RuleState Rule, IReadOnlyList<int> Keys)> rules, long tau)
    {
        Begin(tau, isLate: false);
        var next = 0;
        for (var stratum = 0; stratum < _state.Rules.Strata; stratum++)
        {
            var firstAction = _instant.Actions.Count;
            for (; next < rules.Count && rules[next].Rule.Plan.Stratum == stratum; next++)
                Visit(rules[next].Rule, rules[next].Keys, tau);
            FinishStratum(stratum, firstAction, [], tau);
        }
        Finish([]);
    }

    /// <summary>
    /// Samples the keys of a tick in byte order. Where the condition is false and nothing is held a sample leaves no trace, and most are
    /// so: only the others need an order. What rules of one stratum do shows after it, so looking twice sees the same.
    /// </summary>
    private void Visit(RuleState rule, IReadOnlyList<int> keys, long tau)
    {
        Span<int> parts = stackalloc int[8];
        _entities.Clear();
        foreach (var key in keys)
        {
            if (IsSeen(rule, key) || Ask(rule.Plan, InHand(rule, key, tau, parts)) is not (false, false)) _entities.Add(key);
            else rule.SampledRows++;
        }
        if (_entities.Count > 1) _entities.Sort((a, b) => _state.Tables.Compare(rule.Plan.KeyDomain, a, b));
        foreach (var key in _entities) SampleForKey(rule, key, [], tau);
    }

    private bool IsSeen(RuleState rule, int key) => !_options.Screen || rule.Plan.Condition < 0 || rule.Held!.IsHeld(rule.HeldBit, key);

    /// <summary>A key without an event.</summary>
    private RowContext InHand(RuleState rule, int key, long tau, Span<int> parts) => new()
    {
        Tau = tau, Ordinal = _event, Keys = _every.Parts(rule.Plan.KeyDomain, key, parts),
    };

    /// <summary>Deadlines of one time: sequences ascending, each with its keys in byte order.</summary>
    public void RunAbsences(IReadOnlyList<(SequenceState State, List<int> Keys)> ended, long tau)
    {
        Begin(tau, isLate: false);
        var next = 0;
        for (var stratum = 0; stratum < _state.Rules.Strata; stratum++)
        {
            var firstAction = _instant.Actions.Count;
            for (; next < ended.Count && _sequences.RuleOf(ended[next].State.Plan.Index).Plan.Stratum == stratum; next++)
                foreach (var key in ended[next].Keys) SampleAbsence(ended[next].State, key, tau);
            FinishStratum(stratum, firstAction, [], tau);
        }
        Finish([]);
    }

    private void SampleAbsence(SequenceState state, int key, long tau)
    {
        state.Absences!.Take(key);
        var rule = _sequences.RuleOf(state.Plan.Index);
        Span<int> parts = stackalloc int[8];
        var context = new RowContext
        {
            Tau = tau, Ordinal = _event, Keys = _every.Parts(rule.Plan.KeyDomain, key, parts), Steps = state.Absences.Kept,
        };
        SampleSteps(state, key, "absence"u8, state.Absences.Id, context);
    }

    /// <summary>Carries out, or not, a response whose delay has passed.</summary>
    public void RunDelayed(DelayedResponse delayed, long tau)
    {
        Begin(tau, isLate: false);
        var instance = delayed.Instance;
        instance.Firing = 0;
        instance.IsDue = true;
        instance.End = delayed.Duration < 0 ? GrantStore.Never : ActionPlanner.EndOf(tau, delayed.Duration);
        if (instance.Outcome == Outcome.Scheduled)
        {
            _responder.SettleDelayed(delayed.Rule, ref instance, tau);
            Record(delayed, delayed.Rule, instance);
        }
        _effects.ApplyDelayed(delayed.Rule, instance, tau);
        for (var stratum = 0; stratum < _state.Rules.Strata; stratum++)
            FinishStratum(stratum, _instant.Actions.Count, delayed.EventId, tau);
        Finish(delayed.EventId);
    }

    /// <summary>What became of a scheduled response is a record of its own: records never change after they are written (C6).</summary>
    private void Record(DelayedResponse delayed, RulePlan rule, ActionInstance instance)
    {
        var evidence = new Piece(_instant.Text.Length, delayed.Evidence.Length);
        _instant.Text.Append(delayed.Evidence);
        instance.Arguments = new Piece(_instant.Text.Length, delayed.Arguments.Length);
        _instant.Text.Append(delayed.Arguments);
        _instant.Actions.Add(instance);
        _instant.Firings.Add(new Firing
        {
            Rule = rule.Index, Key = delayed.Key, Suppressed = delayed.Suppressed, Evidence = evidence, ActionCount = 1,
            Id = _records.IdOf(rule, delayed.Key, "delayed"u8, System.Text.Encoding.UTF8.GetBytes(delayed.DecisionId)),
        });
    }
}
