using System.Runtime.InteropServices;
using PolicyEngine.Runtime.Links;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.State;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>
/// What firings do to labels, scores and lists, applied when their stratum ends, as sets, so that the order of rules cannot matter
/// (B5): labels unite, removal beats addition, points add up first.
/// </summary>
internal sealed class Effects(Plan plan, LabelStore labels, ScoreStore scores, Lists lists, Limiter limiter, Timers timers, LinkSet links)
{
    private readonly Dictionary<(int Score, int Entity, View View), Int128> _points = [];

    /// <param name="firstAction">First response of the stratum; what came before is done.</param>
    public void Apply(Instant instant, IReadOnlyList<RuleState> rules, int firstAction)
    {
        var actions = CollectionsMarshal.AsSpan(instant.Actions)[firstAction..];
        foreach (ref var action in actions)
        {
            var rule = RuleOf(instant, rules, action);
            if (action.IsOpen && rule.Actions[action.Action].Kind != ActionKind.Respond) Limit(rule, ref action, instant.Tau);
        }
        foreach (ref var action in actions)
            if (IsNow(instant, rules, action)) Add(RuleOf(instant, rules, action), action, instant.Tau);
        foreach (ref var action in actions)
            if (IsNow(instant, rules, action)) Remove(RuleOf(instant, rules, action), action, instant.Tau);
        TakePoints(instant.Tau);
    }

    /// <summary>Applies one effect whose delay has passed; what only shadow rules may see stays in their view.</summary>
    public void ApplyDelayed(RulePlan rule, in ActionInstance instance, long tau)
    {
        Add(rule, instance, tau);
        Remove(rule, instance, tau);
        TakePoints(tau);
    }

    private void TakePoints(long tau)
    {
        foreach (var ((score, entity, view), points) in _points) scores.Add(score, entity, view, (tau, labels.Instant), points);
        _points.Clear();
    }

    private static RulePlan RuleOf(Instant instant, IReadOnlyList<RuleState> rules, in ActionInstance action) =>
        rules[instant.Firings[action.Firing].Rule].Plan;

    private void Limit(RulePlan rule, ref ActionInstance action, long tau)
    {
        action.IsOpen = false;
        var renews = limiter.Renews(rule.Actions[action.Action], action, tau);
        if (!limiter.Admits(rule, action.Action, renews, tau)) action.Outcome = Outcome.Held;
    }

    /// <summary>Where an effect is seen; null: nowhere (held back, or still to come).</summary>
    private static View? ViewOf(Outcome outcome) => outcome switch
    {
        Outcome.CarriedOut => View.Enforced,
        Outcome.Shadow or Outcome.NotSampled or Outcome.Holdout => View.Shadow,
        _ => null,
    };

    private static bool IsNow(Instant instant, IReadOnlyList<RuleState> rules, in ActionInstance action) =>
        RuleOf(instant, rules, action).Actions[action.Action].After is null;

    private void Add(RulePlan rule, in ActionInstance instance, long tau)
    {
        if (ViewOf(instance.Outcome) is not { } view) return;
        var action = rule.Actions[instance.Action];
        var end = instance.End;
        switch (action.Kind)
        {
            case ActionKind.Label:
                labels.Grant(action.Subject, instance.Entity, view == View.Shadow ? rule.Id : null, tau, end);
                if (plan.Labels[action.Subject].HasEndReaders && end != GrantStore.Never)
                    timers.Set(new Timer(end, TimerKind.LabelEnd, action.Subject, instance.Domain, instance.Entity));
                break;
            case ActionKind.AddScore:
                AddPoints(action.Subject, instance, View.Shadow);
                if (view == View.Enforced) AddPoints(action.Subject, instance, View.Enforced);
                else scores.Note(action.Subject, instance.Entity, rule.Id, tau, instance.Points);
                break;
            case ActionKind.OpenCase when view == View.Enforced:
                links.OpenCase(rule.Id, instance.Domain, instance.Entity);
                break;
            case ActionKind.AddEntry:
                lists[action.Subject].Add(instance.Entry, end == GrantStore.Never ? null : end, rule.Id, null, view);
                break;
        }
    }

    /// <summary>Both views sum their points before anything is cut at 0.</summary>
    private void AddPoints(int score, in ActionInstance instance, View view)
    {
        ref var points = ref CollectionsMarshal.GetValueRefOrAddDefault(_points, (score, instance.Entity, view), out _);
        points += instance.Points;
    }

    private void Remove(RulePlan rule, in ActionInstance instance, long tau)
    {
        if (ViewOf(instance.Outcome) is not { } view) return;
        var action = rule.Actions[instance.Action];
        switch (action.Kind)
        {
            case ActionKind.Unlabel:
                labels.Remove(action.Subject, instance.Entity, view == View.Shadow ? rule.Id : null, tau);
                break;
            case ActionKind.RemoveEntry:
                lists[action.Subject].Remove(instance.Entry, rule.Id, null, view);
                break;
        }
    }
}
