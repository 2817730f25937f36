using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>What can be made ready once per plan: constants as values, sets, patterns, zones.</summary>
internal sealed class PreparedNodes
{
    private readonly object?[] _helpers;
    private readonly int[] _domains;

    public PreparedNodes(Plan plan, KeyTables tables, Lists lists)
    {
        Plan = plan;
        Tables = tables;
        Lists = lists;
        State = new StateNodes(plan, [.. plan.Nodes]);
        Nodes = [.. plan.Nodes.Select(n => n.IsPlain || n.Op is not (Op.And or Op.Or) ? n : n with { Inputs = State.CheapFirst(n.Inputs) })];
        Constants = [.. Nodes.Select(n => n is { Op: Op.Constant, Constant: { } constant } ? Value.Of(constant) : Value.Missing)];
        TypeNames = [.. plan.EventTypes.Select(t => Value.OfText(System.Text.Encoding.UTF8.GetBytes(t.OutsideName)))];
        _domains = [.. Nodes.Select(DomainOf)];
        _helpers = [.. Nodes.Select(Helper)];
    }

    public Plan Plan { get; }

    public KeyTables Tables { get; }

    public Lists Lists { get; }

    public Node[] Nodes { get; }

    public StateNodes State { get; }

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
    public KeyTable? Table(Node node) => Domain(node.Id) is >= 0 and var domain ? Tables[domain] : null;

    /// <summary>The domain whose handles the node's vector holds, −1 without; fields have that of their columns.</summary>
    public int Domain(int node) => _domains[node];

    /// <summary>The handle of an Equal node's text constant in the domain of the other side; −1 when it is not compared by handle.</summary>
    public int ConstantHandle(int node) => _helpers[node] is int handle ? handle : -1;

    /// <summary>The key table of a column, null when it is not interned.</summary>
    public KeyTable? ColumnTable(int column) => Plan.Columns[column].Domain is >= 0 and var domain ? Tables[domain] : null;

    private object? Helper(Node node)
    {
        switch (node.Op)
        {
            case Op.InConstants or Op.InCidr:
                return new ListState(new ListPlan(-1, "", ElementOf(node), -1, node.IgnoringCase, ItemsOf(node), false));
            case Op.Equal when !node.IgnoringCase && Value.IsTextKind(Constants[node.Inputs[1]].Kind) && Domain(node.Inputs[0]) is >= 0 and var domain:
                return Tables[domain].Intern(Constants[node.Inputs[1]].Utf8);
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

    private int DomainOf(Node node) => node.Op switch
    {
        Op.Field => Plan.Columns[node.Target].Domain,
        Op.FieldByType => CommonDomain(node.Types),
        Op.Handle or Op.CompositeKey or Op.NoKey or Op.Measure or Op.Key or Op.Member or Op.Group => node.Domain,
        _ => -1,
    };

    private int CommonDomain(int[] columns)
    {
        var domains = columns.Where(c => c >= 0).Select(c => Plan.Columns[c].Domain).Distinct().ToArray();
        return domains.Length == 1 ? domains[0] : -1;
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
