using System.Text;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Matching;

/// <summary>
/// Many tests of one text share an index, and rules that need its literals are met by them only. Conditions and candidates are those
/// that each row by itself gives.
/// </summary>
public sealed class TextIndexTests
{
    private const int Capacity = 150;
    private const int Columns = 3;
    private static readonly string[] Words =
    [
        "powershell", "cmd.exe", "\\Windows\\", "straße", "ÄÖÜ", "needle", "need", "dle", "-enc", " -e", "x", "", "中文", "😀", "administrator",
        "net user", "user", "certutil", "ministrator\\",
    ];
    private static readonly string[] Patterns = ["certutil.*user", "(?i)NEED|-enc", "x?", "^\\w+ user", "ad(min|user)", "k{2}"];
    private static readonly string[] Likes = ["*need*le*", "c?d.exe", "*", "?*user", "POWER*"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Conditions_are_those_of_each_row(int seed)
    {
        var random = new Random(seed);
        var plan = Graph(random, rules: 0).Build();
        var (evaluator, rows, batch) = Evaluation(plan);
        Assert.NotEmpty(evaluator.Texts.All);
        for (var round = 0; round < 3; round++)
        {
            Fill(batch, random);
            evaluator.Begin(batch);
            var asked = plan.Nodes.Where(n => n.Kind == ValueKind.Boolean && n.Op != Op.IsType).Select(n => n.Id).ToArray();
            random.Shuffle(asked);
            foreach (var node in asked)
                Assert.True(Expected(rows, batch, node).AsSpan().SequenceEqual(evaluator.Bits(node).AsSpan(0, (batch.Count + 63) >> 6)), $"node {node}: {plan.Nodes[node]}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Candidates_are_those_of_each_row(int seed)
    {
        var random = new Random(seed);
        var plan = Graph(random, rules: 400).Build();
        var (evaluator, rows, batch) = Evaluation(plan);
        var matcher = new CompiledMatcher(plan, evaluator);
        for (var round = 0; round < 4; round++)
        {
            Fill(batch, random, round == 0 ? 1 : Capacity);
            evaluator.Begin(batch);
            var matched = matcher.Match(batch).ToArray();
            Assert.Equal(matched.Order(), matched);
            foreach (var rule in plan.Rules)
            {
                var expected = Expected(rows, batch, rule.Screen);
                Assert.Equal(!Bitmaps.IsEmpty(expected), matched.Contains(rule.Index));
                if (matched.Contains(rule.Index)) Assert.Equal(expected, matcher.Rows(rule.Index).ToArray());
            }
        }
    }

    [Fact]
    public void Rules_are_met_through_the_literals_they_need()
    {
        var graph = new TestGraph();
        var text = graph.Field(graph.Column(ValueKind.Text));
        for (var i = 0; i < 200; i++)
        {
            var test = Contains(graph, text, Quantifier.Any, $"literal {i} of many", $"another {i} of these");
            AddRule(graph, graph.Test(Op.And, graph.Add(new Node(0, Op.IsType, ValueKind.Boolean) { Types = [0] }), test));
        }
        AddRule(graph, graph.Test(Op.Not, Contains(graph, text, Quantifier.Any, "literal 1 of many")));
        var plan = graph.Build();
        var (evaluator, _, batch) = Evaluation(plan);
        var covered = new CoveredRules(plan, evaluator, [.. plan.Rules.Select(r => r.Screen)]);
        Assert.Equal([200], covered.Others);
        batch.Clear();
        batch.Count = batch.OrderCount = 3;
        string[] said = ["no such thing", "ANOTHER 17 OF THESE", "literal 18 of man"];
        for (var row = 0; row < said.Length; row++)
        {
            batch.Order[row] = row;
            batch.Put(0, row, Value.OfText(Encoding.UTF8.GetBytes(said[row])), null);
        }
        evaluator.Begin(batch);
        Assert.Equal([17], covered.Meet(1));
    }

    [Fact]
    public void The_necessary_part_that_texts_hold_less_often_is_chosen()
    {
        var graph = new TestGraph();
        var text = graph.Field(graph.Column(ValueKind.Text));
        var common = Contains(graph, text, Quantifier.Any, "\\common.exe");
        var screens = Enumerable.Range(0, 100)
            .Select(i => graph.Test(Op.And, common, graph.Test(Op.Or, Contains(graph, text, Quantifier.All, $"rare {i}", "\\common.exe"), Contains(graph, text, Quantifier.Any, $"other {i}")))).ToArray();
        var never = graph.Test(Op.Or, common, graph.Test(Op.Not, common));
        var some = graph.Add(new Node(0, Op.AtLeast, ValueKind.Boolean) { Target = 2, Inputs = [common, screens[0], never] });
        var plan = graph.Build();
        var texts = Evaluation(plan).Evaluator.Texts;
        var covers = new Covers(plan.Nodes, texts);
        Assert.DoesNotContain(texts.Of(common), covers.Of(screens[5])!);
        Assert.Equal(2, covers.Of(screens[5])!.Count);
        Assert.Null(covers.Of(never));
        Assert.NotNull(covers.Of(some));
    }

    private static ulong[] Expected(RowEvaluator rows, EventBatch batch, int node)
    {
        var expected = new ulong[(batch.Count + 63) >> 6];
        foreach (var row in batch.Order.AsSpan(0, batch.OrderCount))
        {
            if (rows.IsTrue(node, new RowContext { Batch = batch, Row = row, Tau = 0 })) expected[row >> 6] |= 1UL << (row & 63);
        }
        return expected;
    }

    private static (BatchEvaluator Evaluator, RowEvaluator Rows, EventBatch Batch) Evaluation(Plan plan)
    {
        var tables = new KeyTables(plan.Domains, (1, 2));
        var lists = new Lists(plan, tables);
        return (new BatchEvaluator(plan, tables, lists), new RowEvaluator(plan, tables, lists, new TestFacts(plan)), new EventBatch(plan, Capacity));
    }

    private static int Contains(TestGraph graph, int text, Quantifier quantifier, params string[] literals) => graph.Add(new Node(0, Op.TextTest, ValueKind.Boolean)
    {
        Inputs = [text], TextOp = TextOp.Contains, Quantifier = quantifier, IgnoringCase = true, Constant = TestGraph.Items([.. literals.Select(TestGraph.Text)]),
    });

    private static TestGraph Graph(Random random, int rules)
    {
        var graph = new TestGraph();
        var texts = Enumerable.Range(0, Columns).Select(_ => graph.Field(graph.Column(ValueKind.Text))).ToArray();
        var conditions = new List<int>();
        for (var i = 0; i < 60; i++) conditions.Add(Test(graph, random, texts[random.Next(texts.Length)]));
        for (var i = 0; i < 80 + rules; i++)
        {
            int[] inputs = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => conditions[random.Next(conditions.Count)])];
            var op = (Op[])[Op.And, Op.And, Op.Or, Op.Not, Op.AtLeast];
            var chosen = op[random.Next(op.Length)];
            conditions.Add(graph.Add(new Node(0, chosen, ValueKind.Boolean) { Inputs = chosen == Op.Not ? inputs[..1] : inputs, Target = random.Next(inputs.Length + 1) }));
        }
        for (var i = 0; i < rules; i++)
        {
            var type = graph.Add(new Node(0, Op.IsType, ValueKind.Boolean) { Types = [random.Next(2)] });
            AddRule(graph, graph.Test(Op.And, type, conditions[^(i + 1)]));
        }
        return graph;
    }

    private static int Test(TestGraph graph, Random random, int text)
    {
        var ignoringCase = random.Next(2) == 0;
        if (random.Next(8) == 0) return graph.Add(new Node(0, Op.Equal, ValueKind.Boolean) { Inputs = [text, graph.Constant(Word(random, Words))], IgnoringCase = ignoringCase });
        if (random.Next(8) == 0) return graph.Add(new Node(0, Op.InConstants, ValueKind.Boolean) { Inputs = [text], IgnoringCase = ignoringCase, Constant = TestGraph.Items(Word(random, Words), Word(random, Words)) });
        var op = (TextOp)random.Next(6);
        var pool = op switch { TextOp.Like => Likes, TextOp.Matches => Patterns, _ => Words };
        return graph.Add(new Node(0, Op.TextTest, ValueKind.Boolean)
        {
            Inputs = [text], TextOp = op, IgnoringCase = ignoringCase, Quantifier = (Quantifier)random.Next(1, 3),
            Constant = TestGraph.Items([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Word(random, pool))]),
        });
    }

    private static Constant Word(Random random, string[] pool) => TestGraph.Text(pool[random.Next(pool.Length)]);

    private static void AddRule(TestGraph graph, int screen)
    {
        var index = graph.Rules.Count;
        graph.Rules.Add(new RulePlan
        {
            Index = index, Name = $"r{index}", Id = $"r{index}", Hash = "", Pack = "p", PackHash = "", Stratum = 0,
            Trigger = TriggerKind.Each, Sample = screen, Screen = screen,
        });
    }

    private static void Fill(EventBatch batch, Random random, int most = Capacity)
    {
        batch.Clear();
        batch.Count = random.Next(1, most + 1);
        for (var row = 0; row < batch.Count; row++)
        {
            if (random.Next(10) > 0) batch.Order[batch.OrderCount++] = row;
            batch.Types[row] = random.Next(3);
            for (var column = 0; column < Columns; column++)
            {
                var said = string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => (random.Next(3) == 0 ? " " : "") + Words[random.Next(Words.Length)]));
                batch.Put(column, row, random.Next(8) switch { 0 => Value.Missing, 1 => Value.Null, _ => Value.OfText(Encoding.UTF8.GetBytes(random.Next(2) == 0 ? said : said.ToUpperInvariant())) }, null);
            }
        }
    }
}
