using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.State;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>`at most N per span` (I6): what an action carries out is counted, but for renewals, which are never held either.</summary>
internal sealed class Limiter(LimitStore limits, LabelStore labels, Lists lists)
{
    /// <summary>Whether the action may be carried out; if so it is counted.</summary>
    public bool Admits(RulePlan rule, int index, bool renews, long tau)
    {
        var action = rule.Actions[index];
        if (renews || action.Limit is not { } limit) return true;
        if (limits.IsReached(rule.Id, index, limit, action.LimitSpan, tau)) return false;
        limits.Count(rule.Id, index, tau);
        return true;
    }

    /// <summary>Whether a label or an entry of a list is there already, so that adding it moves its end at most. Points add up each time.</summary>
    public bool Renews(ActionPlan action, in ActionInstance instance, long tau) => action.Kind switch
    {
        ActionKind.Label => labels.Has(action.Subject, instance.Entity, View.Enforced, had: false, 0, tau),
        ActionKind.AddEntry => lists[action.Subject].Holds(instance.Entry, tau, View.Enforced),
        _ => false,
    };
}
