using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Sequences;
using PolicyEngine.Runtime.State;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>Runs what is due, kind by kind, before events of the same time (A9).</summary>
internal sealed class TimerRunner(Plan plan, EngineState state, StrataRunner strata)
{
    private readonly List<Timer> _due = [];

    public void RunDue(long tau)
    {
        while (state.Timers.NextDue <= tau)
        {
            state.Timers.Take(_due);
            state.Clock = Math.Max(state.Clock, _due[0].Due);
            switch (_due[0].Kind)
            {
                case TimerKind.LabelEnd:
                    EndLabels();
                    break;
                case TimerKind.LinkBoundary:
                    foreach (var timer in _due) state.Links.Boundary(timer.Subject, timer.Due);
                    break;
                case TimerKind.Absence:
                    EndAbsences();
                    break;
                case TimerKind.Delayed:
                    foreach (var timer in _due)
                        if (state.Delayed.Take(timer.Subject) is { } delayed) strata.RunDelayed(delayed, timer.Due);
                    break;
                case TimerKind.Every:
                    Tick();
                    break;
            }
        }
    }

    private void EndLabels()
    {
        var due = _due[0].Due;
        var ended = _due.Where(t => t.Subject < plan.Labels.Count && state.Labels.EndsAt(t.Subject, t.Key, due))
            .Select(t => new LabelChange(t.Subject, t.Key)).ToList();
        if (ended.Count > 0) strata.RunLabelEnds(ended, due);
    }

    /// <summary>Deadlines of one time are one instant, over all rules.</summary>
    private void EndAbsences()
    {
        var due = _due[0].Due;
        var ended = new List<(SequenceState State, List<int> Keys)>();
        foreach (var sequence in _due.Select(t => t.Subject).Order())
        {
            var waiting = state.Sequences.All[sequence];
            var keys = new List<int>();
            waiting.Absences!.CollectDue(due, keys);
            keys.Sort((a, b) => state.Tables.Compare(waiting.Plan.KeyDomain, a, b));
            if (keys.Count > 0) ended.Add((waiting, keys));
        }
        if (ended.Count > 0) strata.RunAbsences(ended, due);
        foreach (var timer in _due.ToArray()) state.SetDeadline(state.Sequences.All[timer.Subject]);
    }

    private void Tick()
    {
        var due = _due[0].Due;
        var visits = _due.Select(t => state.Rules.All[t.Subject]).Select(r => (Rule: r, Keys: KeysOf(r))).OrderBy(v => v.Rule.Plan.Index).ToList();
        foreach (var (rule, _) in visits) rule.Touched.Clear();
        strata.RunEvery(visits, due);
        foreach (var (rule, _) in visits)
            if (!rule.Held!.IsEmpty || HasGroups(rule)) strata.Every.SetTick(rule, due);
    }

    private bool HasGroups(RuleState rule) => rule.Plan.KeyLink >= 0 && state.Links.Graph(rule.Plan.KeyLink).Groups.Count > 0;

    private IReadOnlyList<int> KeysOf(RuleState rule)
    {
        if (rule.Plan.KeyLink >= 0) return state.Links.GroupsOf(rule.Plan.KeyLink);
        return [.. rule.Touched.Keys, .. rule.Edges.HeldKeys.Where(k => !rule.Touched.Has(k))];
    }
}
