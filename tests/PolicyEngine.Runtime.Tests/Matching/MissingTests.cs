using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Matching;

/// <summary>E1 and E2: what each operator says about absent, null and empty, by row and by batch.</summary>
public sealed class MissingTests
{
    private const string A = "a";

    // x: absent, null, "", "a"
    public static TheoryData<string, string> Texts => new()
    {
        { "is missing", "true true false false" },
        { "is null", "false true false false" },
        { "is present", "false false true true" },
        { "= ''", "false false true false" },
        { "= a", "false false false true" },
        { "not = a", "true true true false" },
        { "= a ignoring case", "false false false true" },
        { "contains a", "false false false true" },
        { "not contains a", "true true true false" },
        { "starts with a", "false false false true" },
        { "ends with a", "false false false true" },
        { "like *", "false false true true" },
        { "matches ^", "false false true true" },
        { "all of []", "false false true true" },
        { "any of []", "false false false false" },
        { "in [a]", "false false false true" },
        { "not in [a]", "true true true false" },
        { "in []", "false false false false" },
        { "not in []", "true true true true" },
        { "in list", "false false false true" },
        { "not in list", "true true true false" },
        { "in field", "false false false true" },
        { "not in field", "true true true false" },
    };

    // x: absent, null, 0, 2 — the other side is 1
    public static TheoryData<string, string> Numbers => new()
    {
        { "=", "false false false false" },
        { "not =", "true true true true" },
        { "<", "false false true false" },
        { "not <", "true true false true" },
        { "<=", "false false true false" },
        { ">", "false false false true" },
        { ">=", "false false false true" },
        { "between 0 and 1", "false false true false" },
        { "not between 0 and 1", "true true false true" },
        { "between missing and 1", "false false false false" },
        { "= missing", "false false false false" },
        { "missing <", "false false false false" },
        { "+ 1 is missing", "true true false false" },
        { "1 / x is missing", "true true true false" },
        { "first_present(x, 0) >= 0", "true true true true" },
        { "larger(x, 1) is missing", "true true false false" },
    };

    // x: absent, null, false, true
    public static TheoryData<string, string> Booleans => new()
    {
        { "x", "false false false true" },
        { "not x", "true true true false" },
        { "x and true", "false false false true" },
        { "x or true", "true true true true" },
        { "x = false", "false false true false" },
        { "not x = false", "true true false true" },
        { "at least 1 of (x, not x)", "true true true true" },
        { "at least 2 of (x, not x)", "false false false false" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Texts_and_sets(string test, string expected)
    {
        foreach (var interned in new[] { false, true })
        {
            var graph = new TestGraph();
            var x = graph.Field(graph.Column(ValueKind.Text, interned ? TestGraph.Texts : -1));
            var list = graph.Field(graph.Column(ValueKind.List, element: ValueKind.Text));
            var letters = graph.List(ValueKind.Text, false, TestGraph.Text(A));
            var node = test.StartsWith("not ", StringComparison.Ordinal)
                ? graph.Test(Op.Not, TextNode(graph, x, list, letters, test[4..])) : TextNode(graph, x, list, letters, test);
            var lists = new[] { Value.OfList([Value.OfText("a"u8.ToArray())]) };
            Check(graph, node, expected, [Value.Missing, Value.Null, Value.OfText([]), Value.OfText("a"u8.ToArray())], lists[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Comparisons_and_arithmetic(string test, string expected)
    {
        foreach (var (kind, other) in new[] { (ValueKind.Integer, ValueKind.Integer), (ValueKind.Number, ValueKind.Number), (ValueKind.Integer, ValueKind.Number) })
        {
            var graph = new TestGraph();
            var x = graph.Field(graph.Column(kind));
            var missing = graph.Field(graph.Column(other));
            var node = test.StartsWith("not ", StringComparison.Ordinal)
                ? graph.Test(Op.Not, NumberNode(graph, x, missing, other, test[4..])) : NumberNode(graph, x, missing, other, test);
            Value Of(long value) => kind == ValueKind.Integer ? Value.OfLong(kind, value) : Value.OfDouble(kind, value);
            Check(graph, node, expected, [Value.Missing, Value.Null, Of(0), Of(2)], Value.Missing);
        }
    }

    [Theory]
    [MemberData(nameof(Booleans))]
    public void Booleans_that_are_missing_are_false(string test, string expected)
    {
        var graph = new TestGraph();
        var x = graph.Field(graph.Column(ValueKind.Boolean));
        var yes = graph.Constant(TestGraph.Long(ValueKind.Boolean, 1));
        var no = graph.Constant(TestGraph.Long(ValueKind.Boolean, 0));
        int AtLeast(int count) => graph.Add(new Node(0, Op.AtLeast, ValueKind.Boolean) { Inputs = [x, graph.Test(Op.Not, x)], Target = count });
        var node = test switch
        {
            "x" => x,
            "not x" => graph.Test(Op.Not, x),
            "x and true" => graph.Test(Op.And, x, yes),
            "x or true" => graph.Test(Op.Or, x, yes),
            "x = false" => graph.Test(Op.Equal, x, no),
            "not x = false" => graph.Test(Op.Not, graph.Test(Op.Equal, x, no)),
            "at least 1 of (x, not x)" => AtLeast(1),
            _ => AtLeast(2),
        };
        Check(graph, node, expected, [Value.Missing, Value.Null, Value.False, Value.True], Value.Missing);
    }

    private static int TextNode(TestGraph graph, int x, int list, int letters, string test)
    {
        int Text(TextOp op, string pattern) => graph.Add(new Node(0, Op.TextTest, ValueKind.Boolean) { Inputs = [x], TextOp = op, Constant = TestGraph.Text(pattern) });
        int None(Quantifier quantifier) => graph.Add(new Node(0, Op.TextTest, ValueKind.Boolean) { Inputs = [x], Quantifier = quantifier, Constant = TestGraph.Items() });
        int In(params Constant[] items) => graph.Add(new Node(0, Op.InConstants, ValueKind.Boolean) { Inputs = [x], Constant = TestGraph.Items(items) });
        return test switch
        {
            "is missing" => graph.Test(Op.IsMissing, x),
            "is null" => graph.Test(Op.IsNull, x),
            "is present" => graph.Test(Op.IsPresent, x),
            "= ''" => graph.Test(Op.Equal, x, graph.Constant(TestGraph.Text(""))),
            "= a" => graph.Test(Op.Equal, x, graph.Constant(TestGraph.Text(A))),
            "= a ignoring case" => graph.Add(new Node(0, Op.Equal, ValueKind.Boolean) { Inputs = [x, graph.Constant(TestGraph.Text("A"))], IgnoringCase = true }),
            "contains a" => Text(TextOp.Contains, A),
            "starts with a" => Text(TextOp.StartsWith, A),
            "ends with a" => Text(TextOp.EndsWith, A),
            "like *" => Text(TextOp.Like, "*"),
            "matches ^" => Text(TextOp.Matches, "^"),
            "all of []" => None(Quantifier.All),
            "any of []" => None(Quantifier.Any),
            "in [a]" => In(TestGraph.Text(A)),
            "in []" => In(),
            "in list" => graph.Add(new Node(0, Op.InList, ValueKind.Boolean) { Inputs = [x], Target = letters }),
            "in field" => graph.Test(Op.InField, x, list),
            _ => throw new ArgumentOutOfRangeException(nameof(test), test, "no such test"),
        };
    }

    private static int NumberNode(TestGraph graph, int x, int missing, ValueKind other, string test)
    {
        int Number(long value) => graph.Constant(other == ValueKind.Integer ? TestGraph.Integer(value) : TestGraph.Number(value));
        int Missing(int node) => graph.Test(Op.IsMissing, node);
        return test switch
        {
            "=" => graph.Test(Op.Equal, x, Number(1)),
            "<" => graph.Test(Op.Less, x, Number(1)),
            "<=" => graph.Test(Op.LessOrEqual, x, Number(1)),
            ">" => graph.Test(Op.Greater, x, Number(1)),
            ">=" => graph.Test(Op.GreaterOrEqual, x, Number(1)),
            "between 0 and 1" => graph.Test(Op.Between, x, Number(0), Number(1)),
            "between missing and 1" => graph.Test(Op.Between, x, missing, Number(1)),
            "= missing" => graph.Test(Op.Equal, x, missing),
            "missing <" => graph.Test(Op.Less, missing, x),
            "+ 1 is missing" => Missing(graph.Add(Op.Add, ValueKind.Number, x, Number(1))),
            "1 / x is missing" => Missing(graph.Add(Op.Divide, ValueKind.Number, Number(1), x)),
            "first_present(x, 0) >= 0" => graph.Test(Op.GreaterOrEqual, graph.Call(PlanFunction.FirstPresent, ValueKind.Number, x, Number(0)), Number(0)),
            "larger(x, 1) is missing" => Missing(graph.Call(PlanFunction.Larger, ValueKind.Number, x, Number(1))),
            _ => throw new ArgumentOutOfRangeException(nameof(test), test, "no such test"),
        };
    }

    private static void Check(TestGraph graph, int node, string expected, Value[] values, Value second)
    {
        var plan = graph.Build();
        var tables = new KeyTables(plan.Domains, (1, 2));
        var lists = new Lists(plan, tables);
        var rows = new RowEvaluator(plan, tables, lists, new TestFacts(plan));
        var evaluator = new BatchEvaluator(plan, tables, lists);
        var batch = new EventBatch(plan, values.Length) { Count = values.Length, OrderCount = values.Length };
        for (var row = 0; row < values.Length; row++)
        {
            batch.Order[row] = row;
            batch.Put(0, row, values[row], plan.Columns[0].Domain >= 0 ? tables[plan.Columns[0].Domain] : null);
            if (plan.Columns.Count > 1) batch.Put(1, row, second, null);
        }
        evaluator.Begin(batch);
        var bits = evaluator.Bits(node)[0];
        var byRow = values.Select((_, row) => rows.IsTrue(node, new RowContext { Batch = batch, Row = row, Tau = 0 }) ? "true" : "false");
        Assert.Equal(expected, string.Join(' ', byRow));
        Assert.Equal(expected, string.Join(' ', values.Select((_, row) => (bits >> row & 1) != 0 ? "true" : "false")));
    }
}
