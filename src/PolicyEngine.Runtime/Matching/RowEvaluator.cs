using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// Evaluates nodes for one row, timer or label change at a time: the reference for <see cref="BatchEvaluator"/>, and what the sequential
/// stage uses. Missing follows E1 and E2 everywhere. Values it returns are valid until another row is evaluated. Not for several
/// threads.
/// </summary>
public sealed partial class RowEvaluator
{
    private readonly PreparedNodes _prepared;
    private readonly Node[] _nodes;
    private readonly IFacts _facts;
    private readonly FunctionCalls _calls;
    private readonly TextScratch _scratch = new();
    private (EventBatch? Batch, int Row, long Tau, long Ordinal) _hand;

    public RowEvaluator(Plan plan, KeyTables tables, Lists lists, IFacts facts)
        : this(new PreparedNodes(plan, tables, lists), facts)
    {
    }

    internal RowEvaluator(PreparedNodes prepared, IFacts facts)
    {
        _prepared = prepared;
        _nodes = prepared.Nodes;
        _facts = facts;
        _calls = new FunctionCalls(prepared, _scratch);
    }

    /// <summary>Names of the sources by their number in the batch, UTF-8; what the field `source` says.</summary>
    public IReadOnlyList<byte[]> SourceNames { get; set; } = [];

    /// <summary>The value of a node. Handle nodes give an entity whose <see cref="Value.Handle"/> is the handle.</summary>
    public Value Evaluate(int node, in RowContext context)
    {
        Take(context);
        return Eval(node, context);
    }

    /// <summary>Whether a boolean node holds; a missing boolean does not (E2), and neither does what cannot be told (<see cref="IsFaulty"/>).</summary>
    public bool IsTrue(int node, in RowContext context)
    {
        Take(context);
        var holds = Holds(node, context);
        return IsFaulty ? IsSurely(node, context) : holds;
    }

    /// <summary>What a handle node gives: −1 when missing.</summary>
    public int Handle(int node, in RowContext context)
    {
        var value = Evaluate(node, context);
        return value.IsMissing ? -1 : value.Handle;
    }

    private void Take(in RowContext context)
    {
        var hand = (context.Batch, context.Row, context.Tau, context.Ordinal);
        if (hand == _hand) return;
        _hand = hand;
        _scratch.Reset();
    }

    private Value Eval(int id, in RowContext context)
    {
        var node = _nodes[id];
        if (node.IsPlain && context.Vectors?.Find(id, context.Row) is { } vector) return Read(node, vector, context.Row);
        switch (node.Op)
        {
            case Op.Constant:
                return _prepared.Constants[id];
            case Op.Field:
                return Column(node.Target, context);
            case Op.FieldByType:
                return TypeChoice(node, context) is >= 0 and var column ? Column(column, context) : Value.Missing;
            case Op.ChooseByType:
                return TypeChoice(node, context) is >= 0 and var input ? Arithmetic.Widen(node.Kind, Eval(node.Inputs[input], context)) : Value.Missing;
            case Op.EventTime when !context.HasEvent:
                return Value.OfLong(ValueKind.Time, context.Tau);
            case Op.EventId or Op.EventTime or Op.EventType or Op.EventSource:
                return context.HasEvent ? Header(node.Op, context.Batch!, context.Row) : Value.Missing;
            case Op.Key:
                return KeyInHand(node, context);
            case Op.Step:
                return (uint)node.Target < (uint)context.Steps.Length ? context.Steps[node.Target] : Value.Missing;
            case Op.Gap:
                return context.Gap < 0 ? Value.Missing : Value.OfLong(ValueKind.Duration, context.Gap);
            case Op.Measure:
                return Measure(node, context);
            case Op.Alignment:
                return Alignments!.Read(node, Key(node.Inputs[0], context), context.Tau);
            case >= Op.Member and <= Op.GroupMeasure:
                return OfLinks(node, context);
            case Op.Score:
                return Key(node.Inputs[0], context) is >= 0 and var entity
                    ? Value.OfDouble(node.Kind, _facts.Score(node.Target, entity, node.View, context.Tau)) : Value.Missing;
            case Op.Add or Op.Subtract or Op.Multiply or Op.Divide:
                return Arithmetic.Apply(node.Op, node.Kind, Eval(node.Inputs[0], context), Eval(node.Inputs[1], context));
            case Op.Negate:
                return Arithmetic.Negate(node.Kind, Eval(node.Inputs[0], context));
            case Op.ToNumber:
                return Arithmetic.Widen(node.Kind, Eval(node.Inputs[0], context));
            case Op.ToText:
                return _calls.ToText(Eval(node.Inputs[0], context));
            case Op.Call:
                return Call(node, context);
            case Op.Handle or Op.CompositeKey or Op.NoKey:
                return AsHandle(node, Key(node, context));
            default:
                return Value.Of(Holds(id, context));
        }
    }

    private bool Holds(int id, in RowContext context)
    {
        var node = _nodes[id];
        if (node.IsPlain)
        {
            if (context.Vectors?.Find(id, context.Row) is { } vector) return vector.IsTrue(context.Row);
        }
        else if (Memo is not null && _prepared.State.Place(id) >= 0)
        {
            return Remembered(node, context);
        }
        return HoldsAnew(node, context);
    }

    private bool HoldsAnew(Node node, in RowContext context)
    {
        switch (node.Op)
        {
            case Op.And:
                foreach (var input in node.Inputs)
                {
                    if (!Holds(input, context)) return false;
                }
                return true;
            case Op.Or:
                foreach (var input in node.Inputs)
                {
                    if (Holds(input, context)) return true;
                }
                return false;
            case Op.Not:
                return !Holds(node.Inputs[0], context);
            case Op.AtLeast:
                return AtLeast(node, context);
            case Op.IsType:
                return context.HasEvent && Array.IndexOf(node.Types, context.Batch!.Types[context.Row]) >= 0;
            case Op.Fired:
                return _facts.Fired(node.Target, node.View);
            case Op.HasLabel:
                return Key(node.Inputs[0], context) is >= 0 and var entity
                    && _facts.HasLabel(node.Target, entity, node.View, node.Had, node.OlderThan, context.Tau);
            case Op.IsMissing:
                return Eval(node.Inputs[0], context).IsMissing;
            case Op.IsPresent:
                return !Eval(node.Inputs[0], context).IsMissing;
            case Op.IsNull:
                return Eval(node.Inputs[0], context).Kind == ValueKind.Null;
            case >= Op.Equal and <= Op.TextTest:
                return Test(node, context);
            default:
                return Eval(node.Id, context).IsTrue;
        }
    }

    private bool Test(Node node, in RowContext context)
    {
        var value = Eval(node.Inputs[0], context);
        if (value.IsMissing) return false;
        switch (node.Op)
        {
            case Op.Equal:
                return Tests.AreEqual(value, Eval(node.Inputs[1], context), node.IgnoringCase);
            case Op.Less or Op.LessOrEqual or Op.Greater or Op.GreaterOrEqual:
                return Tests.Ordered(node.Op, value, Eval(node.Inputs[1], context));
            case Op.Between:
                return Tests.Ordered(Op.GreaterOrEqual, value, Eval(node.Inputs[1], context))
                    && Tests.Ordered(Op.LessOrEqual, value, Eval(node.Inputs[2], context));
            case Op.InField:
                return Tests.IsIn(value, Eval(node.Inputs[1], context), node.IgnoringCase);
            case Op.TextTest when node.Inputs.Length > 1:
                return _prepared.Tester(node.Id).Test(value, Eval(node.Inputs[1], context));
            default:
                return TestAlone(node, value, context.Tau);
        }
    }

    /// <summary>A test that needs nothing but its one present operand: against constants or a list.</summary>
    internal bool TestAlone(Node node, in Value value, long tau)
    {
        switch (node.Op)
        {
            case Op.Equal:
                return Tests.AreEqual(value, _prepared.Constants[node.Inputs[1]], node.IgnoringCase);
            case Op.InList:
                var list = _prepared.Lists[node.Target];
                return node.IgnoringCase ? list.ContainsFolded(value, tau, node.View) : list.Contains(value, tau, node.View);
            case Op.InConstants or Op.InCidr:
                return _prepared.Set(node.Id).Contains(value, tau, View.Enforced);
            default:
                return _prepared.Tester(node.Id).Test(value, tau);
        }
    }

    /// <summary>A function of one or two arguments, with the scratch all to itself.</summary>
    internal Value CallAlone(Node node, in Value first, in Value second)
    {
        _scratch.Reset();
        return node.Op == Op.ToText ? _calls.ToText(first) : _calls.Call(node, first, second);
    }

    private bool AtLeast(Node node, in RowContext context)
    {
        var count = 0;
        foreach (var input in node.Inputs)
        {
            if (Holds(input, context)) count++;
        }
        return count >= node.Target;
    }

    /// <summary>What <see cref="Node.Types"/> says for the event in hand, −1 without one.</summary>
    private static int TypeChoice(Node node, in RowContext context)
    {
        if (!context.HasEvent) return -1;
        var type = context.Batch!.Types[context.Row];
        return (uint)type < (uint)node.Types.Length ? node.Types[type] : -1;
    }

    private Value Column(int column, in RowContext context) =>
        context.HasEvent ? Cells.Read(context.Batch!.Columns[column], context.Row, _prepared.ColumnTable(column)) : Value.Missing;

    private Value Header(Op op, EventBatch batch, int row)
    {
        switch (op)
        {
            case Op.EventId:
                return Value.OfText(batch.Text, batch.IdStarts[row], batch.IdLengths[row]);
            case Op.EventTime:
                return Value.OfLong(ValueKind.Time, batch.Times[row]);
            case Op.EventType:
                var type = batch.Types[row];
                return (uint)type < (uint)_prepared.TypeNames.Length ? _prepared.TypeNames[type] : Value.Missing;
            default:
                var source = batch.Sources[row];
                return (uint)source < (uint)SourceNames.Count ? Value.OfText(SourceNames[source]) : Value.Missing;
        }
    }

    private Value KeyInHand(Node node, in RowContext context) =>
        (uint)node.Target < (uint)context.Keys.Length
            ? KeyValues.Read(_prepared.Tables[node.Domain], context.Keys[node.Target], node.Kind) : Value.Missing;

    private Value Measure(Node node, in RowContext context)
    {
        if (node.IsPlain && context.Vectors?.FindMeasure(node.Target) is { } vector) return Read(node, vector, context.Row);
        var key = Key(node.Inputs[0], context);
        if (key < 0) return Value.Missing;
        var measured = _facts.Measure(node.Target, key, context.Tau, context.Ordinal);
        if (!measured.IsPresent) return Value.Missing;
        if (node.Domain >= 0) return KeyValues.Read(_prepared.Tables[node.Domain], (int)measured.Bits, node.Kind);
        return Value.IsDoubleKind(node.Kind) ? Value.OfDouble(node.Kind, measured.Double) : Value.OfLong(node.Kind, measured.Bits);
    }

    /// <summary>A cell of a computed vector. Those of handle nodes and of measures over interned values hold handles.</summary>
    internal Value Read(Node node, Vector vector, int row)
    {
        if (node.Op is Op.Handle or Op.CompositeKey or Op.NoKey) return AsHandle(node, vector.Handles[row]);
        if (node.Op == Op.Measure && node.Domain >= 0)
            return vector.IsPresent(row) ? KeyValues.Read(_prepared.Tables[node.Domain], vector.Handles[row], node.Kind) : Value.Missing;
        return Cells.Read(vector, row, Value.IsTextKind(vector.Kind) ? _prepared.Table(node) : null);
    }

    private Value AsHandle(Node node, int handle) =>
        handle < 0 ? Value.Missing : Value.OfHandle(ValueKind.Entity, _prepared.Tables[node.Domain], handle);

    private int Key(int id, in RowContext context)
    {
        var node = _nodes[id];
        if (node.IsPlain && context.Vectors?.Find(id, context.Row) is { } vector) return vector.Handles[context.Row];
        return Key(node, context);
    }

    private int Key(Node node, in RowContext context)
    {
        switch (node.Op)
        {
            case Op.NoKey:
                return 0;
            case Op.Handle:
                return KeyValues.Intern(_prepared.Tables[node.Domain], Eval(node.Inputs[0], context));
            case Op.CompositeKey:
                Span<int> parts = stackalloc int[node.Inputs.Length];
                for (var i = 0; i < parts.Length; i++)
                {
                    parts[i] = Key(node.Inputs[i], context);
                    if (parts[i] < 0) return -1;
                }
                return _prepared.Tables[node.Domain].Intern(KeyBytes.OfComposite(parts, stackalloc byte[4 * parts.Length]));
            default:
                // A key in hand or a measure over handles already is one.
                var value = Eval(node.Id, context);
                return value.IsMissing ? -1 : value.Handle;
        }
    }

    private Value Call(Node node, in RowContext context)
    {
        switch ((PlanFunction)node.Target)
        {
            case PlanFunction.FirstPresent:
                foreach (var input in node.Inputs)
                {
                    var value = Eval(input, context);
                    if (!value.IsMissing) return Arithmetic.Widen(node.Kind, value);
                }
                return Value.Missing;
            case PlanFunction.Smaller or PlanFunction.Larger:
                return Extreme(node, context);
            case PlanFunction.Distance:
                return FunctionCalls.Distance(
                    node.Kind, Eval(node.Inputs[0], context), Eval(node.Inputs[1], context), Eval(node.Inputs[2], context), Eval(node.Inputs[3], context));
            default:
                var second = node.Inputs.Length > 1 ? Eval(node.Inputs[1], context) : Value.Missing;
                return _calls.Call(node, Eval(node.Inputs[0], context), second);
        }
    }

    private Value Extreme(Node node, in RowContext context)
    {
        var op = node.Target == (int)PlanFunction.Smaller ? Op.Less : Op.Greater;
        var best = Eval(node.Inputs[0], context);
        for (var i = 1; i < node.Inputs.Length; i++)
        {
            var value = Eval(node.Inputs[i], context);
            if (best.IsMissing || value.IsMissing) return Value.Missing;
            if (Tests.Ordered(op, value, best)) best = value;
        }
        return Arithmetic.Widen(node.Kind, best);
    }
}
