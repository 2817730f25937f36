using System.Runtime.InteropServices;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.State;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>Which of the declared responses of an instant are carried out (I5, I6): strongest first, each looking at what is in force.</summary>
internal sealed class Responder(Plan plan, GrantStore grants, Limiter limiter)
{
    private const int BelowAll = int.MaxValue;
    private readonly List<int> _order = [];

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
        if (_order.Exists(i => instant.Actions[i].Entity < 0)) grants.ForgetEvent();
    }

    /// <summary>Decides a response whose delay has passed.</summary>
    public void SettleDelayed(RulePlan rule, ref ActionInstance instance, long tau)
    {
        Settle(rule, ref instance, tau);
        grants.ForgetEvent();
    }

    private void Settle(RulePlan rule, ref ActionInstance instance, long tau)
    {
        instance.IsOpen = false;
        var action = rule.Actions[instance.Action];
        if (action.Kind != ActionKind.Respond)
        {
            instance.Outcome = Admit(rule, instance, limiter.Renews(action, instance, tau), tau);
            return;
        }
        var response = plan.Responses[action.Subject];
        instance.Outcome = response.Also ? Beside(rule, response, instance, tau) : Ordered(rule, response, instance, tau);
    }

    private Outcome Admit(RulePlan rule, in ActionInstance instance, bool renews, long tau) =>
        limiter.Admits(rule, instance.Action, renews, tau) ? Outcome.CarriedOut : Outcome.Held;

    /// <summary>Without a duration it leaves nothing in force that another could renew: two reviews are two reviews.</summary>
    private Outcome Beside(RulePlan rule, ResponsePlan response, in ActionInstance instance, long tau)
    {
        if (instance.End == GrantStore.Never) return Admit(rule, instance, renews: false, tau);
        var renews = grants.TryFind(HolderOf(instance), response.Index, instance.ArgumentsHash, tau, out _);
        var outcome = Admit(rule, instance, renews, tau);
        if (outcome == Outcome.CarriedOut) grants.Put(HolderOf(instance), response.Index, instance.ArgumentsHash, tau, instance.End);
        return outcome;
    }

    private Outcome Ordered(RulePlan rule, ResponsePlan response, in ActionInstance instance, long tau)
    {
        var holder = HolderOf(instance);
        if (grants.IsOverridden(holder, response.Index, tau, instance.End)) return Outcome.Overridden;
        var renews = grants.TryFind(holder, response.Index, instance.ArgumentsHash, tau, out var end);
        if (renews && end == GrantStore.Never) return Outcome.Already;
        var outcome = Admit(rule, instance, renews, tau);
        if (outcome == Outcome.CarriedOut) grants.Put(holder, response.Index, instance.ArgumentsHash, tau, instance.End);
        return outcome;
    }

    private static Holder HolderOf(in ActionInstance instance) =>
        instance.Entity >= 0 ? new Holder(instance.Domain, instance.Entity) : Holder.Event;

    private int Compare(Instant instant, IReadOnlyList<RuleState> rules, int a, int b)
    {
        var order = RankOf(instant, rules, a).CompareTo(RankOf(instant, rules, b));
        return order != 0 ? order : a.CompareTo(b);
    }

    private int RankOf(Instant instant, IReadOnlyList<RuleState> rules, int index)
    {
        var action = rules[instant.Firings[instant.Actions[index].Firing].Rule].Plan.Actions[instant.Actions[index].Action];
        return action.Kind == ActionKind.Respond && !plan.Responses[action.Subject].Also ? plan.Responses[action.Subject].Rank : BelowAll;
    }
}
