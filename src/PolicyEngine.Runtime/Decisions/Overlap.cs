using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>
/// Whether decoding may run ahead on another thread: only if evaluation never interns into a domain that decoding fills. A plan that
/// looks up keys it computed (`requests_1h("a")`) does, and then runs on one thread with the same results.
/// </summary>
internal static class Overlap
{
    public static bool IsSafe(Plan plan)
    {
        var decoded = plan.Columns.Select(c => c.Domain).Where(d => d >= 0).ToHashSet();
        return !plan.Nodes.Any(n => n.Op == Op.Handle && decoded.Contains(n.Domain) && !IsHandleAlready(plan, plan.Nodes[n.Inputs[0]], n.Domain));
    }

    private static bool IsHandleAlready(Plan plan, Node node, int domain) => node.Op switch
    {
        Op.Field or Op.FieldByType or Op.Key or Op.Step or Op.Measure or Op.Member or Op.Group => node.Domain == domain,
        Op.ChooseByType => node.Inputs.All(i => IsHandleAlready(plan, plan.Nodes[i], domain)),
        _ => false,
    };
}
