using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Matching;

/// <summary>What is computed for a batch is what is computed row by row, on every node of thousands of random graphs.</summary>
public sealed class EquivalenceTests
{
    private static readonly int[] Sizes = [1, 63, 64, 65, 130];
    private static readonly byte[][] Sources = ["north"u8.ToArray(), "south"u8.ToArray()];

    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, 4)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Batches_and_rows_agree(int block)
    {
        for (var seed = block * 100; seed < block * 100 + 100; seed++) Check(seed);
    }

    private static void Check(int seed)
    {
        var random = new Random(seed);
        var generator = new GraphGenerator(seed, 40);
        var plan = generator.Plan;
        var lists = new Lists(plan, generator.Tables);
        var facts = new TestFacts(plan);
        var rows = new RowEvaluator(plan, generator.Tables, lists, facts) { SourceNames = Sources };
        var mixed = new RowEvaluator(plan, generator.Tables, lists, facts) { SourceNames = Sources };
        var evaluator = new BatchEvaluator(plan, generator.Tables, lists) { SourceNames = Sources };
        var batch = new EventBatch(plan, Sizes.Max());
        for (var round = 0; round < 3; round++)
        {
            generator.Fill(batch, Sizes[random.Next(Sizes.Length)]);
            evaluator.Begin(batch);
            SetMeasures(plan, batch, rows, evaluator);
            var order = Enumerable.Range(0, plan.Nodes.Count).Where(i => round > 0 || i % 3 == seed % 3).ToArray();
            random.Shuffle(order);
            foreach (var node in order) Compare(seed, plan.Nodes[node], batch, generator.Tables, rows, evaluator);
            foreach (var node in order) CompareMixed(seed, plan.Nodes[node], batch, rows, mixed, evaluator.Vectors);
            lists[0].Add(TestGraph.Text($"a{new string('b', round)}"), null, null, null, View.Enforced);
            lists[1].Remove(TestGraph.Text("a"), null, null, View.Enforced);
        }
    }

    private static void SetMeasures(Plan plan, EventBatch batch, RowEvaluator rows, BatchEvaluator evaluator)
    {
        foreach (var measure in plan.Measures)
        {
            var node = plan.Nodes.First(n => n.Op == Op.Measure && n.Target == measure.Index);
            var vector = new Vector(measure.Result, batch.Capacity, handles: measure.AmountDomain >= 0);
            foreach (var row in batch.Order.AsSpan(0, batch.OrderCount))
            {
                var value = rows.Evaluate(node.Id, new RowContext { Batch = batch, Row = row, Tau = batch.Taus[row] });
                if (value.IsMissing) continue;
                vector.SetPresent(row);
                if (measure.AmountDomain >= 0) vector.Handles[row] = value.Handle;
                else if (vector.Doubles.Length > 0) vector.Doubles[row] = value.Double;
                else if (vector.Kind == ValueKind.Boolean && value.IsTrue) vector.SetTrue(row);
                else if (vector.Ips.Length > 0) vector.Ips[row] = value.Network;
                else if (vector.Longs.Length > 0) vector.Longs[row] = value.Long;
            }
            evaluator.SetMeasure(measure.Index, vector);
        }
    }

    private static void Compare(int seed, Node node, EventBatch batch, KeyTables tables, RowEvaluator rows, BatchEvaluator evaluator)
    {
        var vector = evaluator.Vector(node.Id);
        var isHandle = node.Op is Op.Handle or Op.CompositeKey or Op.NoKey || (node.Op == Op.Measure && node.Domain >= 0);
        foreach (var row in batch.Order.AsSpan(0, batch.OrderCount))
        {
            var context = new RowContext { Batch = batch, Row = row, Tau = batch.Taus[row] };
            var expected = rows.Evaluate(node.Id, context);
            var table = node.Domain >= 0 && vector.Handles.Length > 0 ? tables[node.Domain] : null;
            var actual = !vector.IsPresent(row) || !isHandle
                ? Cells.Read(vector, row, table)
                : Value.OfHandle(node.Op == Op.Measure ? node.Kind : ValueKind.Entity, table!, vector.Handles[row]);
            if (!Same(expected, actual)) Assert.Fail($"seed {seed} row {row} of {batch.Count}: {Describe(node)} is {Show(actual)}, row by row {Show(expected)}");
            if (isHandle && !vector.IsPresent(row) && node.Op != Op.Measure) Assert.Equal(-1, vector.Handles[row]);
        }
        if (node.Kind == ValueKind.Boolean && node.Op != Op.Handle) CompareBits(seed, node, batch, rows, evaluator);
    }

    private static void CompareBits(int seed, Node node, EventBatch batch, RowEvaluator rows, BatchEvaluator evaluator)
    {
        var expected = new ulong[(batch.Count + 63) >> 6];
        foreach (var row in batch.Order.AsSpan(0, batch.OrderCount))
        {
            if (rows.IsTrue(node.Id, new RowContext { Batch = batch, Row = row, Tau = batch.Taus[row] }))
                expected[row >> 6] |= 1UL << (row & 63);
        }
        if (!expected.AsSpan().SequenceEqual(evaluator.Bits(node.Id).AsSpan(0, expected.Length)))
            Assert.Fail($"seed {seed}: the bits of {Describe(node)} differ");
    }

    private static void CompareMixed(int seed, Node node, EventBatch batch, RowEvaluator rows, RowEvaluator mixed, BatchVectors vectors)
    {
        foreach (var row in batch.Order.AsSpan(0, batch.OrderCount))
        {
            var expected = rows.Evaluate(node.Id, new RowContext { Batch = batch, Row = row, Tau = batch.Taus[row] });
            var actual = mixed.Evaluate(node.Id, new RowContext { Batch = batch, Row = row, Tau = batch.Taus[row], Vectors = vectors });
            if (!Same(expected, actual)) Assert.Fail($"seed {seed} row {row}: {Describe(node)} with vectors is {Show(actual)}, without {Show(expected)}");
        }
    }

    /// <summary>The same in every bit that anyone can see; where a text comes from does not count.</summary>
    private static bool Same(in Value a, in Value b)
    {
        if (a.IsMissing || b.IsMissing) return a.Kind == b.Kind;
        if (Value.AreEqual(a, b) && a.Kind == b.Kind && a.Kind != ValueKind.List)
            return a.Table is not null || a.Kind is ValueKind.Text or ValueKind.Entity or ValueKind.Ip or ValueKind.Cidr || a.Long == b.Long;
        return Show(a) == Show(b);
    }

    private static string Show(in Value value) => value.Kind switch
    {
        ValueKind.Missing or ValueKind.Null => value.Kind.ToString(),
        ValueKind.Number or ValueKind.Share or ValueKind.Rate => $"{value.Kind} {BitConverter.DoubleToInt64Bits(value.Double):x}",
        ValueKind.Text or ValueKind.Entity => $"text {Convert.ToHexString(value.Utf8)}",
        ValueKind.Ip or ValueKind.Cidr => $"{value.Kind} {value.Network:x}/{value.PrefixLength}",
        ValueKind.List => $"list {string.Join(',', Items(value))}",
        _ => $"{value.Kind} {value.Long}",
    };

    private static List<string> Items(in Value list)
    {
        var items = new List<string>();
        for (var i = 0; i < list.Count; i++) items.Add(Show(list.Item(i)));
        return items;
    }

    private static string Describe(Node node) =>
        $"{node.Id} {node.Op} {node.Kind} ({string.Join(",", node.Inputs)}) target {node.Target} {node.TextOp} {node.Quantifier} {node.IgnoringCase} {node.Domain}";
}
