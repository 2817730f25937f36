using PolicyEngine.Compiler.Planning;
using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>Measures per group (F7), made when first read.</summary>
internal sealed class GroupMeasureLowering(LoweringContext context)
{
    private readonly Dictionary<(MeasureSymbol, View), int> _indices = [];
    private readonly List<GroupMeasurePlan> _plans = [];

    public IReadOnlyList<GroupMeasurePlan> Plans => _plans;

    public int IndexOf(MeasureSymbol symbol, View view)
    {
        if (view == View.Shadow && !ViewSensitivity.Of(symbol, context.State)) view = View.Enforced;
        if (_indices.TryGetValue((symbol, view), out var index)) return index;
        var plan = Lower(symbol, view);
        index = _plans.Count;
        _plans.Add(plan with { Index = index });
        return _indices[(symbol, view)] = index;
    }

    /// <summary>Everything that what it counts depends on.</summary>
    public static IEnumerable<int> RootsOf(GroupMeasurePlan plan) => [plan.Feed, plan.Member, plan.Numerator, plan.Amount];

    private GroupMeasurePlan Lower(MeasureSymbol symbol, View view)
    {
        var link = symbol.Keys[0].Type.Link!;
        var scope = new Scope(view, context.Sources.TypesOf(symbol.Sources), []);
        var where = symbol.Where is null ? context.Nodes.True : context.Expressions.Lower(symbol.Where, scope);
        var isShare = symbol.Aggregate == Language.Syntax.Aggregate.Share;
        var feed = context.Sources.Lower(symbol.Sources, view);
        var members = symbol.Keys[0].ByEvent.Select(p => (context.Schema.TypeOf(p.Key), context.Expressions.Lower(((GroupRead)p.Value).Member, scope)));
        var amount = symbol.Amount is null ? -1 : context.Measures.AmountOf(symbol.Amount, scope);
        return new GroupMeasurePlan(
            0, symbol.Name, DefinitionText.HashOf(symbol, view), context.Links.IndexOf(link, view),
            Enum.Parse<PlanAggregate>(symbol.Aggregate.ToString()),
            new PlanWindow(PlanWindowKind.Sliding, symbol.Window.Length, symbol.Window.Step, symbol.Window.Ending),
            isShare ? feed : context.Nodes.And([feed, where]),
            context.Expressions.Handle(context.Expressions.Choose([.. members.OrderBy(m => m.Item1)]), link.Entity))
        {
            Numerator = isShare ? where : -1,
            Amount = amount,
            AmountKind = amount < 0 ? ValueKind.Missing : context.Nodes[amount].Kind,
            AmountDomain = amount >= 0 && context.Nodes[amount].Op == Op.Handle ? context.Nodes[amount].Domain : -1,
            Result = Schema.KindOf(symbol.Type),
            Declaration = symbol.Declaration,
        };
    }
}
