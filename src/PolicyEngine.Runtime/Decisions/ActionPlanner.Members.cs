using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.State;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>Responses upon each member of a group (F10, F15).</summary>
internal sealed partial class ActionPlanner
{
    private readonly List<int> _members = [];

    /// <summary>One response for each member that the condition lets through, in the order of their keys; false where they are too many.</summary>
    private bool AddEach(Instant instant, int firing, RulePlan rule, int index, EachPlan each, in RowContext context)
    {
        var action = rule.Actions[index];
        var group = evaluator.Handle(each.Group, context);
        if (group < 0 || !links.TryGroup(each.Link, group, out var found)) return true;
        if (found.Size > links.MostLookedAt)
        {
            AddFault(instant, firing, index, action, context);
            return false;
        }
        links.MembersOf(each.Link, group, _members);
        _members.Sort((a, b) => tables.Compare(action.TargetDomain, a, b));
        foreach (var member in _members)
        {
            var inHand = new RowContext
            {
                Batch = context.Batch, Row = context.Row, Tau = context.Tau, Ordinal = context.Ordinal, Keys = context.Keys,
                Vectors = context.Vectors, Member = member,
            };
            if (each.Where >= 0 && !evaluator.IsTrue(each.Where, inHand)) continue;
            var instance = new ActionInstance
            {
                Firing = firing, Action = index, Domain = action.TargetDomain, Entity = member, End = GrantStore.Never,
            };
            Add(instant, instance, rule, action, inHand);
        }
        return true;
    }

    /// <summary>A group that is too large gets no response, and the record says so (L3).</summary>
    private void AddFault(Instant instant, int firing, int index, ActionPlan action, in RowContext context)
    {
        var instance = new ActionInstance
        {
            Firing = firing, Action = index, Domain = -1, Entity = -1, End = GrantStore.Never, Outcome = Outcome.Fault,
        };
        if (action.Value >= 0) _ = ReadValue(ref instance, action, context);
        if (action.For is { } duration) instance.End = EndOf(context.Tau, duration);
        WriteArguments(instant.Text, ref instance, action, context);
        instant.Actions.Add(instance);
    }
}
