using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Matching;

/// <summary>The screen: exactly the rows on which a rule's screen node holds, and nothing for rules that no event triggers.</summary>
public sealed class MatcherTests
{
    private const int Capacity = 200;

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void Candidates_are_the_rows_on_which_the_screen_holds(int count)
    {
        var (plan, value) = Rules();
        var tables = new KeyTables(plan.Domains, (1, 2));
        var lists = new Lists(plan, tables);
        var evaluator = new BatchEvaluator(plan, tables, lists);
        var matcher = new CompiledMatcher(plan, evaluator);
        var rows = new RowEvaluator(plan, tables, lists, new TestFacts(plan));
        var batch = new EventBatch(plan, Capacity);
        for (var round = 0; round < 4; round++)
        {
            Fill(batch, value, count, types: round == 3 ? 1 : 3, round);
            evaluator.Begin(batch);
            var matched = matcher.Match(batch).ToArray();
            Assert.Equal(matched, matched.Order());
            foreach (var rule in plan.Rules)
            {
                var expected = Enumerable.Range(0, count).Where(r => rule.Trigger == TriggerKind.Each && Holds(rows, rule, batch, r)).ToArray();
                Assert.Equal(expected.Length > 0, matched.Contains(rule.Index));
                if (expected.Length > 0) Assert.Equal(expected, RowsOf(matcher.Rows(rule.Index)));
            }
        }
    }

    [Fact]
    public void A_batch_costs_no_memory_once_the_vectors_are_there()
    {
        var (plan, value) = Rules();
        var tables = new KeyTables(plan.Domains, (1, 2));
        var evaluator = new BatchEvaluator(plan, tables, new Lists(plan, tables));
        var matcher = new CompiledMatcher(plan, evaluator);
        var batch = new EventBatch(plan, Capacity);
        Fill(batch, value, Capacity, types: 3, seed: 1);
        Look(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Look(100);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Look(int times)
        {
            for (var i = 0; i < times; i++)
            {
                evaluator.Begin(batch);
                matcher.Match(batch);
            }
        }
    }

    private static bool Holds(RowEvaluator rows, RulePlan rule, EventBatch batch, int row) =>
        rows.IsTrue(rule.Screen, new RowContext { Batch = batch, Row = row, Tau = 0 });

    private static int[] RowsOf(ReadOnlySpan<ulong> bits)
    {
        var rows = new List<int>();
        foreach (var row in new RowSet(bits)) rows.Add(row);
        return [.. rows];
    }

    private static (Plan Plan, int Column) Rules()
    {
        var graph = new TestGraph();
        var column = graph.Column(ValueKind.Integer);
        var text = graph.Column(ValueKind.Text);
        var value = graph.Field(column);
        var words = graph.Add(new Node(0, Op.TextTest, ValueKind.Boolean)
        {
            Inputs = [graph.Field(text)], TextOp = TextOp.Contains, Constant = TestGraph.Text("7"),
        });
        for (var i = 0; i < 12; i++)
        {
            var type = graph.Add(new Node(0, Op.IsType, ValueKind.Boolean) { Types = i % 4 == 3 ? [0, 2] : [i % 3] });
            var test = graph.Test(i % 2 == 0 ? Op.Greater : Op.Less, value, graph.Constant(TestGraph.Integer(i * 10)));
            var text7 = i % 3 == 0 ? words : graph.Test(Op.Not, words);
            var screen = i == 11 ? test : graph.Test(Op.And, text7, test, type);
            graph.Rules.Add(new RulePlan
            {
                Index = i, Name = $"r{i}", Id = $"r{i}", Hash = "", Pack = "p", PackHash = "", Stratum = 0,
                Trigger = i == 5 ? TriggerKind.Every : TriggerKind.Each, Sample = type, Screen = screen,
            });
        }
        return (graph.Build(), column);
    }

    private static void Fill(EventBatch batch, int column, int count, int types, int seed)
    {
        var random = new Random(seed);
        batch.Clear();
        batch.Count = batch.OrderCount = count;
        for (var row = 0; row < count; row++)
        {
            batch.Order[row] = row;
            batch.Types[row] = random.Next(types);
            var number = random.Next(120);
            batch.Put(column, row, number > 110 ? Value.Missing : Value.OfLong(ValueKind.Integer, number), null);
            batch.Put(column + 1, row, Value.OfText(System.Text.Encoding.UTF8.GetBytes($"n{number}")), null);
        }
    }
}
