using PolicyEngine.Runtime.Matching;

namespace PolicyEngine.Runtime.Tests.Sequences;

/// <summary>The states of one key, as the semantics tell them: the events met so far in each.</summary>
internal sealed class LiteralStates(PlannedSequence sequence)
{
    private readonly List<int> _steps = [.. Enumerable.Range(0, sequence.Steps.Count)
        .Where(s => !sequence.Steps[s].IsAbsent).SelectMany(s => Enumerable.Repeat(s, sequence.Steps[s].Times))];
    private readonly Dictionary<int, List<PlannedEvent>> _states = [];

    /// <summary>The ids of a completed sequence, first and last of each step, with the number of the last; null when none completes.</summary>
    public string? Offer(PlannedEvent e)
    {
        Drop(e);
        string? completed = null;
        for (var state = _steps.Count; state >= 1; state--)
        {
            if (!e.Is(_steps[state - 1])) continue;
            List<PlannedEvent> met = [];
            if (state > 1)
            {
                if (!_states.TryGetValue(state - 1, out met!) || !GoesOn(met, state, e)) continue;
                _states.Remove(state - 1);
            }
            met = [.. met, e];
            if (state == _steps.Count) completed = Show(met);
            else _states[state] = met;
        }
        return completed;
    }

    private void Drop(PlannedEvent e)
    {
        foreach (var (state, met) in _states.ToList())
        {
            if (sequence.Until is not null && e.Is(sequence.Steps.Count) && e.Fits(sequence.Steps.Count, Kept(met))) _states.Remove(state);
            for (var step = 0; step < sequence.Steps.Count; step++)
                if (sequence.Steps[step].IsAbsent && Guarded(step) == state && e.Is(step) && e.Fits(step, Kept(met))) _states.Remove(state);
        }
    }

    private int Guarded(int step) => _steps.Count(s => s < step);

    private bool GoesOn(List<PlannedEvent> met, int state, PlannedEvent e)
    {
        var isLater = (e.Tau, e.Sequence).CompareTo((met[^1].Tau, met[^1].Sequence)) > 0;
        var repeats = _steps[state - 1] == _steps[state - 2];
        return (isLater || repeats) && e.Tau - met[0].Tau < sequence.Within && e.Fits(_steps[state - 1], Kept(met));
    }

    private Value[] Kept(List<PlannedEvent> met)
    {
        var kept = new Value[sequence.Steps.Count];
        for (var i = 0; i < met.Count; i++) met[i].Keep(_steps[i], kept);
        return kept;
    }

    private string Show(List<PlannedEvent> met) => string.Concat(_steps.Distinct().Select(step =>
    {
        var own = met.Where((_, i) => _steps[i] == step).ToList();
        return $"{own[0].Name}-{own[^1].Name}:{own[^1].Number} ";
    }));
}
