using System.Runtime.InteropServices;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.State;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>
/// What firings do to labels, scores and lists, applied when their stratum ends, as sets, so that the order of rules cannot matter
/// (B5): labels unite, removal beats addition, points add up first.
/// </summary>
internal sealed class Effects(Plan plan, LabelStore labels, ScoreStore scores, Lists lists, Limiter limiter, Timers timers)
{
    private readonly Dictionary<(int Score, int Entity, View View), Int128> _points = [];

    /// <param name="firstAction">First response of the stratum; what came before is done.</param>
    public void Apply(Instant instant, IReadOnlyList<RuleState> rules, int firstAction)
    {
        var actions = CollectionsMarshal.AsSpan(instant.Actions)[firstAction..];
        foreach (ref var action in actions)
            if (action.IsOpen && PlanOf(instant, rules, action).Kind != ActionKind.Respond) Limit(instant, rules, ref action);
        foreach (ref var action in actions) Add(instant, rules, action);
        foreach (ref var action in actions) Remove(instant, rules, action);
        TakePoints(instant.Tau);
    }

    /// <summary>Applies one effect whose delay has passed; what only shadow rules may see stays in their view.</summary>
    public void ApplyDelayed(ActionPlan action, in ActionInstance instance, long tau)
    {
        if (ViewOf(instance.Outcome) is not { } seen) return;
        Add(action, instance, seen, tau, instance.End);
        Remove(action, instance, seen, tau);
        TakePoints(tau);
    }

    private void TakePoints(long tau)
    {
        foreach (var ((score, entity, view), points) in _points) scores.Add(score, entity, view, (tau, labels.Instant), points);
        _points.Clear();
    }

    private static ActionPlan PlanOf(Instant instant, IReadOnlyList<RuleState> rules, in ActionInstance action) =>
        rules[instant.Firings[action.Firing].Rule].Plan.Actions[action.Action];

    private void Limit(Instant instant, IReadOnlyList<RuleState> rules, ref ActionInstance action)
    {
        action.IsOpen = false;
        var rule = rules[instant.Firings[action.Firing].Rule].Plan;
        var renews = limiter.Renews(rule.Actions[action.Action], action, instant.Tau);
        if (!limiter.Admits(rule, action.Action, renews, instant.Tau)) action.Outcome = Outcome.Held;
    }

    private void Add(Instant instant, IReadOnlyList<RuleState> rules, in ActionInstance action)
    {
        var plan = PlanOf(instant, rules, action);
        if (plan.After is null && ViewOf(action.Outcome) is { } view) Add(plan, action, view, instant.Tau, action.End);
    }

    private void Remove(Instant instant, IReadOnlyList<RuleState> rules, in ActionInstance action)
    {
        var plan = PlanOf(instant, rules, action);
        if (plan.After is null && ViewOf(action.Outcome) is { } view) Remove(plan, action, view, instant.Tau);
    }

    /// <summary>Where an effect is seen; null: nowhere (held back, or still to come).</summary>
    private static View? ViewOf(Outcome outcome) => outcome switch
    {
        Outcome.CarriedOut => View.Enforced,
        Outcome.Shadow or Outcome.NotSampled or Outcome.Holdout => View.Shadow,
        _ => null,
    };

    private void Add(ActionPlan action, in ActionInstance instance, View view, long tau, long end)
    {
        switch (action.Kind)
        {
            case ActionKind.Label:
                labels.Grant(action.Subject, instance.Entity, view, tau, end);
                if (plan.Labels[action.Subject].HasEndReaders && end != GrantStore.Never)
                    timers.Set(new Timer(end, TimerKind.LabelEnd, action.Subject, instance.Domain, instance.Entity));
                break;
            case ActionKind.AddScore:
                AddPoints(action.Subject, instance, View.Shadow);
                if (view == View.Enforced) AddPoints(action.Subject, instance, View.Enforced);
                break;
            case ActionKind.AddEntry:
                lists[action.Subject].Add(instance.Entry, end == GrantStore.Never ? null : end, plan.Lists[action.Subject].Name, null, view);
                break;
        }
    }

    /// <summary>Both views sum their points before anything is cut at 0.</summary>
    private void AddPoints(int score, in ActionInstance instance, View view)
    {
        ref var points = ref CollectionsMarshal.GetValueRefOrAddDefault(_points, (score, instance.Entity, view), out _);
        points += instance.Points;
    }

    private void Remove(ActionPlan action, in ActionInstance instance, View view, long tau)
    {
        switch (action.Kind)
        {
            case ActionKind.Unlabel:
                labels.Remove(action.Subject, instance.Entity, view, tau);
                break;
            case ActionKind.RemoveEntry:
                lists[action.Subject].Remove(instance.Entry, plan.Lists[action.Subject].Name, null, view);
                break;
        }
    }
}
