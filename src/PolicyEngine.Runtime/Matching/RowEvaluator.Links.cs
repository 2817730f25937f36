using PolicyEngine.Runtime.Links;
using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>Groups and members: what conditions read of links, and measures over members or around a value (F8, F14).</summary>
public sealed partial class RowEvaluator
{
    /// <summary>Members being gone through; a measure over members may read another for each of them.</summary>
    private readonly List<List<int>> _looked = [];
    private int _depth;

    internal LinkSet? Links { get; init; }

    internal Alignments.AlignmentSet? Alignments { get; init; }

    private Value OfLinks(Node node, in RowContext context)
    {
        switch (node.Op)
        {
            case Op.Member:
                return KeyValues.Read(_prepared.Tables[node.Domain], context.Member, node.Kind);
            case Op.Group:
                var group = Key(node.Inputs[0], context) is >= 0 and var member ? Links!.GroupOf(node.Target, member) : -1;
                return KeyValues.Read(_prepared.Tables[node.Domain], group, ValueKind.Entity);
            case Op.Around:
                return AsValue(node, Around(node.Target, Key(node.Inputs[0], context), context));
            case Op.OverMembers:
                return AsValue(node, OverMembers(node.Target, Key(node.Inputs[0], context), context));
            case Op.GroupMeasure:
                return AsValue(node, Links!.PerGroup(node.Target, Key(node.Inputs[0], context), context.Tau));
            default:
                return OfGroup(node, Key(node.Inputs[0], context), context.Tau);
        }
    }

    private Value OfGroup(Node node, int handle, long tau)
    {
        if (!Links!.TryGroup(node.Target, handle, out var group)) return Value.Missing;
        return node.Op switch
        {
            Op.GroupSize => Value.OfLong(ValueKind.Integer, group.Size),
            Op.GroupAge => Value.OfLong(ValueKind.Duration, tau - group.Born),
            _ => Value.OfText(System.Text.Encoding.UTF8.GetBytes(string.Join(
                ", ", Links.ReasonsOf(node.Target, handle).Select(r => $"{r.Way} ({r.Members})")))),
        };
    }

    private MeasureValue Around(int measure, int value, in RowContext context)
    {
        if (value < 0) return MeasureValue.Missing;
        var plan = _prepared.Plan.Arounds[measure];
        var all = Links!.DegreeAround(measure, value);
        if (plan.Label >= 0) return OfPart(plan.IsShare, Links.LabelledAround(measure, value), all);
        if (plan.Where < 0) return OfPart(plan.IsShare, all, all);
        if (all > Links.MostLookedAt) return Fault();
        var members = BeginLooking();
        Links.MembersAround(measure, value, members);
        var count = CountOf(members, plan.Where, context);
        _depth--;
        return OfPart(plan.IsShare, count, all);
    }

    private MeasureValue OverMembers(int measure, int handle, in RowContext context)
    {
        var plan = _prepared.Plan.Members[measure];
        if (!Links!.TryGroup(plan.Link, handle, out var group)) return MeasureValue.Missing;
        if (plan.Label >= 0) return OfPart(plan.Aggregate == PlanAggregate.Share, Links.LabelledMembers(measure, handle), group.Size);
        var isPart = plan.Aggregate is PlanAggregate.Share or PlanAggregate.Count;
        if (isPart && plan.Where < 0) return OfPart(plan.Aggregate == PlanAggregate.Share, group.Size, group.Size);
        if (group.Size > Links.MostLookedAt) return Fault();
        var members = BeginLooking();
        Links.MembersOf(plan.Link, handle, members);
        var measured = isPart
            ? OfPart(plan.Aggregate == PlanAggregate.Share, CountOf(members, plan.Where, context), group.Size)
            : TallyOf(members, plan, context);
        _depth--;
        return measured;
    }

    private MeasureValue TallyOf(List<int> members, MembersPlan plan, in RowContext context)
    {
        var tally = new Tally();
        foreach (var member in members)
        {
            var one = At(context, member);
            if (plan.Where < 0 || HoldsFor(plan.Where, one)) tally.Take(AmountOf(plan, one));
        }
        return tally.Read(plan.Aggregate, plan.Result, plan.Percentile);
    }

    private List<int> BeginLooking()
    {
        if (_depth == _looked.Count) _looked.Add([]);
        return _looked[_depth++];
    }

    /// <summary>The amount as a measure keeps it: a handle where it is one.</summary>
    private Amount AmountOf(MembersPlan plan, in RowContext context)
    {
        if (_nodes[plan.Amount].Op is Op.Handle or Op.CompositeKey)
            return Key(plan.Amount, context) is >= 0 and var handle ? new Amount(true, handle, false) : default;
        var value = Eval(plan.Amount, context);
        if (value.IsMissing) return default;
        return Value.IsDoubleKind(value.Kind) ? new Amount(true, BitConverter.DoubleToInt64Bits(value.Double), true) : new Amount(true, value.Long, false);
    }

    private int CountOf(List<int> members, int condition, in RowContext context)
    {
        var count = 0;
        foreach (var member in members)
            if (HoldsFor(condition, At(context, member))) count++;
        return count;
    }

    private static RowContext At(in RowContext context, int member) => new()
    {
        Batch = context.Batch, Row = context.Row, Tau = context.Tau, Ordinal = context.Ordinal, Keys = context.Keys, Vectors = context.Vectors,
        Member = member,
    };

    private static MeasureValue OfPart(bool isShare, int count, int all) =>
        !isShare ? MeasureValue.Of(count) : all == 0 ? MeasureValue.Missing : MeasureValue.Of(count / (double)all);

    private MeasureValue Fault()
    {
        IsFaulty = true;
        return MeasureValue.Missing;
    }

    private Value AsValue(Node node, MeasureValue measured)
    {
        if (!measured.IsPresent) return Value.Missing;
        if (node.Domain >= 0) return KeyValues.Read(_prepared.Tables[node.Domain], (int)measured.Bits, node.Kind);
        return Value.IsDoubleKind(node.Kind) ? Value.OfDouble(node.Kind, measured.Double) : Value.OfLong(node.Kind, measured.Bits);
    }
}
