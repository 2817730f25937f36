using System.Text;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Matching;

/// <summary>A plan under construction whose nodes tests put together by hand: domains of every kind, three event types.</summary>
internal sealed class TestGraph
{
    public const int Texts = 0, ComputedTexts = 1, Accounts = 2, Ips = 3, Cidrs = 4, Integers = 5, Numbers = 6, Fingerprints = 7, Pair = 8, Nothing = 9;
    public const int EventTypes = 3;
    private static readonly DomainPlan[] Domains =
    [
        new(0, DomainKind.Text, "text", []), new(1, DomainKind.Text, "computed text", []), new(2, DomainKind.Entity, "account", []),
        new(3, DomainKind.Ip, "ip", []), new(4, DomainKind.Cidr, "cidr", []), new(5, DomainKind.Integer, "integer", []),
        new(6, DomainKind.Number, "number", []), new(7, DomainKind.Fingerprint, "fingerprint", []),
        new(8, DomainKind.Composite, "account × text", [2, 0]), new(9, DomainKind.Composite, "", []),
    ];

    public List<Node> Nodes { get; } = [];

    public List<ColumnPlan> Columns { get; } = [];

    public List<ListPlan> Lists { get; } = [];

    public List<MeasurePlan> Measures { get; } = [];

    public List<RulePlan> Rules { get; } = [];

    public int Column(ValueKind kind, int domain = -1, ValueKind element = ValueKind.Missing)
    {
        Columns.Add(new ColumnPlan(Columns.Count, [$"c{Columns.Count}"], kind, domain, element, NeedsNull: true));
        return Columns.Count - 1;
    }

    public int Add(Node node)
    {
        Nodes.Add(node with { Id = Nodes.Count });
        return Nodes.Count - 1;
    }

    public int Add(Op op, ValueKind kind, params int[] inputs) => Add(new Node(0, op, kind) { Inputs = inputs });

    public int Field(int column) => Add(new Node(0, Op.Field, Columns[column].Kind) { Target = column, Domain = Columns[column].Domain, Element = Columns[column].Element });

    public int Constant(Constant constant) => Add(new Node(0, Op.Constant, constant.Kind) { Constant = constant });

    public int Test(Op op, params int[] inputs) => Add(op, ValueKind.Boolean, inputs);

    public int Call(PlanFunction function, ValueKind kind, params int[] inputs) =>
        Add(new Node(0, Op.Call, kind) { Inputs = inputs, Target = (int)function });

    public int Measure(ValueKind result, int key, int domain = -1)
    {
        Measures.Add(new MeasurePlan(
            Measures.Count, $"m{Measures.Count}", "", "", PlanAggregate.Count, new PlanWindow(PlanWindowKind.Forever, 0, 0, 0), 0, key)
        {
            Result = result, AmountDomain = domain,
        });
        return Add(new Node(0, Op.Measure, result) { Inputs = [key], Target = Measures.Count - 1, Domain = domain });
    }

    public int List(ValueKind element, bool ignoringCase, params Constant[] entries)
    {
        Lists.Add(new ListPlan(Lists.Count, $"l{Lists.Count}", element, -1, ignoringCase, entries, false));
        return Lists.Count - 1;
    }

    public Plan Build() => new()
    {
        Hash = "test",
        Limits = new EngineLimits(),
        Packs = [],
        Domains = Domains,
        Columns = Columns,
        EventTypes = [.. Enumerable.Range(0, EventTypes).Select(i => new EventTypePlan(i, $"t{i}", $"outside.t{i}", [], [], []))],
        Nodes = Nodes,
        Measures = Measures,
        Labels = [],
        Scores = [],
        Lists = Lists,
        Responses = [],
        Rules = Rules,
    };

    public static Constant Long(ValueKind kind, long value) => new(kind) { Long = value };

    public static Constant Integer(long value) => Long(ValueKind.Integer, value);

    public static Constant Number(double value) => new(ValueKind.Number) { Double = value };

    public static Constant Text(string value) => new(ValueKind.Text) { Text = Encoding.UTF8.GetBytes(value) };

    public static Constant Items(params Constant[] items) => new(ValueKind.List) { Items = items };
}

/// <summary>Writes cells into a batch as the decoder would.</summary>
internal static class BatchFilling
{
    public static void Put(this EventBatch batch, int column, int row, in Value value, KeyTable? table)
    {
        var vector = batch.Columns[column];
        if (vector.Handles.Length > 0) vector.Handles[row] = table is null ? int.MaxValue : KeyValues.Intern(table, value);
        if (value.Kind == ValueKind.Null) vector.Nulls![row >> 6] |= 1UL << (row & 63);
        if (value.IsMissing) return;
        vector.SetPresent(row);
        if (value.Kind == ValueKind.List) PutList(batch, vector, row, value);
        else PutCell(batch, vector, row, value);
        vector.Arena = batch.Text;
    }

    private static void PutList(EventBatch batch, Vector vector, int row, in Value list)
    {
        vector.Starts[row] = vector.ElementCount;
        vector.Lengths[row] = list.Count;
        for (var i = 0; i < list.Count; i++)
        {
            if (vector.ElementCount == vector.Elements!.Capacity) vector.Elements = vector.Elements.Enlarge(vector.Elements.Capacity * 2);
            vector.Elements.SetPresent(vector.ElementCount);
            PutCell(batch, vector.Elements, vector.ElementCount++, list.Item(i));
        }
        vector.Elements!.Arena = batch.Text;
    }

    private static void PutCell(EventBatch batch, Vector vector, int row, in Value value)
    {
        switch (vector.Kind)
        {
            case ValueKind.Boolean:
                if (value.IsTrue) vector.SetTrue(row);
                break;
            case ValueKind.Number or ValueKind.Share or ValueKind.Rate:
                vector.Doubles[row] = value.Double;
                break;
            case ValueKind.Text or ValueKind.Entity:
                batch.ReserveText(value.Utf8.Length);
                value.Utf8.CopyTo(batch.Text.AsSpan(batch.TextLength));
                vector.Starts[row] = batch.TextLength;
                vector.Lengths[row] = value.Utf8.Length;
                batch.TextLength += value.Utf8.Length;
                foreach (var column in batch.Columns) column.Arena = batch.Text;
                break;
            case ValueKind.Ip or ValueKind.Cidr:
                vector.Ips[row] = value.Network;
                if (vector.Kind == ValueKind.Cidr) vector.Longs[row] = value.PrefixLength;
                break;
            default:
                vector.Longs[row] = value.Long;
                break;
        }
    }
}
