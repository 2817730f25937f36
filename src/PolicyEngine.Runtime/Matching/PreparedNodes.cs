using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>What can be made ready once per plan: constants as values, sets, patterns, zones.</summary>
internal sealed class PreparedNodes
{
    private readonly object?[] _helpers;

    public PreparedNodes(Plan plan, KeyTables tables, Lists lists)
    {
        Plan = plan;
        Tables = tables;
        Lists = lists;
        Nodes = [.. plan.Nodes];
        Constants = [.. Nodes.Select(n => n is { Op: Op.Constant, Constant: { } constant } ? Value.Of(constant) : Value.Missing)];
        TypeNames = [.. plan.EventTypes.Select(t => Value.OfText(System.Text.Encoding.UTF8.GetBytes(t.OutsideName)))];
        _helpers = [.. Nodes.Select(Helper)];
    }

    public Plan Plan { get; }

    public KeyTables Tables { get; }

    public Lists Lists { get; }

    public Node[] Nodes { get; }

    public Value[] Constants { get; }

    /// <summary>What the field `type` of an event says, by event type.</summary>
    public Value[] TypeNames { get; }

    /// <summary>The constants of an InConstants or InCidr node as a list.</summary>
    public ListState Set(int node) => (ListState)_helpers[node]!;

    public TextTester Tester(int node) => (TextTester)_helpers[node]!;

    public TextMatcher Matcher(int node) => (TextMatcher)_helpers[node]!;

    /// <summary>Minutes east of UTC of an hour_of or weekday_of node.</summary>
    public int Zone(int node) => (int)_helpers[node]!;

    /// <summary>The key table of a node's values or handles, null without one.</summary>
    public KeyTable? Table(Node node) => node.Domain >= 0 ? Tables[node.Domain] : null;

    /// <summary>The key table of a column, null when it is not interned.</summary>
    public KeyTable? ColumnTable(int column) => Plan.Columns[column].Domain is >= 0 and var domain ? Tables[domain] : null;

    private object? Helper(Node node)
    {
        switch (node.Op)
        {
            case Op.InConstants or Op.InCidr:
                return new ListState(new ListPlan(-1, "", ElementOf(node), -1, node.IgnoringCase, ItemsOf(node), false));
            case Op.TextTest:
                return new TextTester(node, Lists);
            case Op.NoKey:
                // The empty key is the first and only one of its domain.
                Tables[node.Domain].Intern(default);
                return null;
            case Op.Call:
                return CallHelper(node);
            default:
                return null;
        }
    }

    private object? CallHelper(Node node)
    {
        switch ((PlanFunction)node.Target)
        {
            case PlanFunction.HourOf or PlanFunction.WeekdayOf:
                return ZoneOf(node);
            case PlanFunction.Occurrences:
                var pattern = System.Text.Encoding.UTF8.GetString(Constants[node.Inputs[1]].Utf8);
                if (!TextMatcher.TryCreate(pattern, false, out var matcher, out _))
                    throw new ArgumentException($"the plan's node {node.Id} has a pattern that the compiler refuses: {pattern}");
                return matcher;
            default:
                return null;
        }
    }

    private int ZoneOf(Node node)
    {
        if (node.Inputs.Length < 2) return 0;
        var zone = Constants[node.Inputs[1]];
        return TimeFunctions.TryParseZone(zone.Utf8, out var minutes)
            ? minutes : throw new ArgumentException($"the plan's node {node.Id} has a zone that the compiler refuses: {zone}");
    }

    private static ValueKind ElementOf(Node node)
    {
        var items = ItemsOf(node);
        return node.Op == Op.InCidr ? ValueKind.Cidr : items.Count > 0 ? items[0].Kind : ValueKind.Missing;
    }

    private static IReadOnlyList<Constant> ItemsOf(Node node) =>
        node.Constant!.Kind == ValueKind.List ? node.Constant.Items : [node.Constant];
}
