using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>A response that was scheduled, with what its record will show.</summary>
internal sealed record DelayedResponse(
    RulePlan Rule, ActionInstance Instance, long Duration, int Key, int Suppressed, string DecisionId, byte[] EventId, byte[] Evidence, byte[] Arguments);

/// <summary>Responses that wait for their delay (I7), by the number that their timers carry.</summary>
internal sealed class DelayedResponses
{
    private readonly Dictionary<int, DelayedResponse> _waiting = [];
    private int _newest;

    public int Add(DelayedResponse response)
    {
        _waiting[++_newest] = response;
        return _newest;
    }

    /// <summary>Null when it was dropped while it waited.</summary>
    public DelayedResponse? Take(int number) => _waiting.Remove(number, out var response) ? response : null;

    public bool IsOf(int number, string rule) => _waiting.TryGetValue(number, out var response) && response.Rule.Id == rule;

    /// <summary>Forgets what a rule would have done without effect (J3).</summary>
    public void DropShadow(string rule)
    {
        foreach (var (number, response) in _waiting.ToArray())
            if (response.Rule.Id == rule && response.Instance.Outcome != Outcome.Scheduled) _waiting.Remove(number);
    }

    /// <summary>
    /// What waits goes on under a new plan as long as its rule is there and still asks for that response; a response that nobody asks
    /// for any more is not carried out.
    /// </summary>
    public void Rebind(Plan before, Plan after)
    {
        foreach (var (number, response) in _waiting.ToArray())
        {
            if (Rebind(before, after, response) is { } rebound) _waiting[number] = rebound;
            else _waiting.Remove(number);
        }
    }

    private static DelayedResponse? Rebind(Plan before, Plan after, DelayedResponse response)
    {
        if (after.Rules.FirstOrDefault(r => r.Id == response.Rule.Id) is not { } rule) return null;
        if (NameOf(before, response.Rule.KeyDomain) != NameOf(after, rule.KeyDomain)) return null;
        var asked = SubjectOf(before, response.Rule.Actions[response.Instance.Action]);
        var at = rule.Actions.ToList().FindIndex(a => SubjectOf(after, a) == asked);
        if (at < 0) return null;
        var instance = response.Instance;
        instance.Action = at;
        if (instance.Domain >= 0) instance.Domain = rule.Actions[at].TargetDomain;
        return response with { Rule = rule, Instance = instance };
    }

    private static string NameOf(Plan plan, int domain) => domain < 0 ? "" : $"{plan.Domains[domain].Kind} {plan.Domains[domain].Name}";

    private static string SubjectOf(Plan plan, ActionPlan action) => $"{action.Verb} {action.TargetEntity} " + action.Kind switch
    {
        ActionKind.Label or ActionKind.Unlabel => plan.Labels[action.Subject].Name,
        ActionKind.AddScore => plan.Scores[action.Subject].Name,
        ActionKind.AddEntry or ActionKind.RemoveEntry => plan.Lists[action.Subject].Name,
        _ => "",
    };
}
