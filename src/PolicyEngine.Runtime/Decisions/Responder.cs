using System.Runtime.InteropServices;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.State;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>Which of the declared responses of an instant are carried out (I5, I6): strongest first, each looking at what is in force.</summary>
internal sealed class Responder(Plan plan, GrantStore grants, LimitStore limits)
{
    private const string Allow = "allow";
    private readonly int _allowRank = plan.Responses.FirstOrDefault(r => r.Name == Allow && !r.Also)?.Rank ?? -1;
    private readonly List<int> _order = [];
    private GrantStore _onEvent = new();

    public void Settle(Instant instant, IReadOnlyList<RuleState> rules)
    {
        _order.Clear();
        var actions = CollectionsMarshal.AsSpan(instant.Actions);
        for (var i = 0; i < actions.Length; i++)
            if (actions[i].IsOpen) _order.Add(i);
        if (_order.Count == 0) return;
        if (_order.Count > 1) _order.Sort((a, b) => Compare(instant, rules, a, b));
        foreach (var i in _order)
        {
            var rule = rules[instant.Firings[actions[i].Firing].Rule].Plan;
            Settle(rule, ref actions[i], instant.Tau);
        }
        if (_order.Exists(i => instant.Actions[i].Entity < 0)) _onEvent = new GrantStore();
    }

    /// <summary>Decides one response at τ; also those whose delay has passed.</summary>
    public void Settle(RulePlan rule, ref ActionInstance instance, long tau)
    {
        instance.IsOpen = false;
        var action = rule.Actions[instance.Action];
        if (action.Kind != ActionKind.Respond)
        {
            instance.Outcome = WithinLimit(rule, action, instance.Action, tau) ? Outcome.CarriedOut : Outcome.Held;
            return;
        }
        var response = plan.Responses[action.Subject];
        instance.Outcome = response.Also ? Beside(rule, action, instance.Action, tau) : Ordered(rule, action, response, instance, tau);
    }

    private Outcome Beside(RulePlan rule, ActionPlan action, int index, long tau) =>
        WithinLimit(rule, action, index, tau) ? Outcome.CarriedOut : Outcome.Held;

    private Outcome Ordered(RulePlan rule, ActionPlan action, ResponsePlan response, in ActionInstance instance, long tau)
    {
        var store = instance.Entity >= 0 ? grants : _onEvent;
        var entity = instance.Entity >= 0 ? ((long)instance.Domain << 32) | (uint)instance.Entity : -1;
        if (store.IsOverridden(entity, response.Rank, tau, instance.End, _allowRank)) return Outcome.Overridden;
        var renews = store.TryFind(entity, response.Index, instance.ArgumentsHash, tau, out var end);
        if (renews && end == GrantStore.Never) return Outcome.Already;
        if (!renews && !WithinLimit(rule, action, instance.Action, tau)) return Outcome.Held;
        store.Put(entity, response.Index, response.Rank, instance.ArgumentsHash, tau, instance.End);
        return Outcome.CarriedOut;
    }

    private bool WithinLimit(RulePlan rule, ActionPlan action, int index, long tau)
    {
        if (action.Limit is not { } limit) return true;
        if (limits.IsReached(rule.Id, index, limit, action.LimitSpan, tau)) return false;
        limits.Count(rule.Id, index, tau);
        return true;
    }

    private int Compare(Instant instant, IReadOnlyList<RuleState> rules, int a, int b)
    {
        var order = RankOf(instant, rules, a).CompareTo(RankOf(instant, rules, b));
        return order != 0 ? order : a.CompareTo(b);
    }

    private int RankOf(Instant instant, IReadOnlyList<RuleState> rules, int index)
    {
        var action = rules[instant.Firings[instant.Actions[index].Firing].Rule].Plan.Actions[instant.Actions[index].Action];
        return action.Kind == ActionKind.Respond && !plan.Responses[action.Subject].Also ? plan.Responses[action.Subject].Rank : int.MaxValue;
    }
}
