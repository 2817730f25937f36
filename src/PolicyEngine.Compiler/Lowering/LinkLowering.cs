using PolicyEngine.Compiler.Planning;
using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>Links, and measures over groups and around values, made when first read: what nobody reads is not kept (J6).</summary>
internal sealed class LinkLowering(LoweringContext context)
{
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;
    /// <summary>Edges of short spans end in so many steps unless the policy says otherwise (F2).</summary>
    private const long ShortSteps = 24;

    private readonly Dictionary<(LinkSymbol, View), int> _indices = [];
    private readonly Dictionary<(MeasureSymbol, View), int> _aroundIndices = [];
    private readonly Dictionary<(MeasureSymbol, View), int> _memberIndices = [];
    private readonly List<LinkPlan> _plans = [];
    private readonly List<AroundPlan> _arounds = [];
    private readonly List<MembersPlan> _members = [];

    public IReadOnlyList<LinkPlan> Plans => _plans;

    public IReadOnlyList<AroundPlan> Arounds => _arounds;

    public IReadOnlyList<MembersPlan> Members => _members;

    public int GroupDomain(LinkSymbol link) => context.Schema.Domain(DomainKind.Entity, $"group {link.QualifiedName}", []);

    /// <summary>Somebody counts who bears the label, so its ends must be noticed.</summary>
    public bool Counts(int label) => _plans.Any(l => l.Ways.Any(w => w.WithoutLabel == label))
        || _arounds.Exists(a => a.Label == label) || _members.Exists(m => m.Label == label);

    public int IndexOf(LinkSymbol symbol, View view)
    {
        if (view == View.Shadow && !ViewSensitivity.Of(symbol, context.State)) view = View.Enforced;
        if (_indices.TryGetValue((symbol, view), out var index)) return index;
        var ways = symbol.Ways.Select(w => Way(w, symbol.Entity, view)).ToList();
        index = _plans.Count;
        _plans.Add(new LinkPlan(
            index, symbol.QualifiedName, DefinitionText.HashOf(symbol, view), context.Schema.EntityDomain(symbol.Entity), GroupDomain(symbol),
            symbol.Length, symbol.Step, ways)
        {
            Entity = symbol.Entity.Name, View = view, EdgeCap = context.Options.Limits.EdgesPerLink,
        });
        return _indices[(symbol, view)] = index;
    }

    public int IndexOfAround(MeasureSymbol symbol, View view)
    {
        if (view == View.Shadow && !ViewSensitivity.Of(symbol, context.State)) view = View.Enforced;
        if (_aroundIndices.TryGetValue((symbol, view), out var index)) return index;
        var around = symbol.Around!;
        var where = symbol.Where is null ? -1 : context.Expressions.Lower(symbol.Where, new Scope(view, [], []));
        var scope = new Scope(view, context.Sources.TypesOf(symbol.Sources), []);
        var value = context.Measures.KeyOf(symbol, scope);
        var member = context.Expressions.Handle(Choose(around.Members, scope), around.Entity);
        var feed = context.Nodes.And([context.Sources.Lower(symbol.Sources, view), .. NotEmpty(value)]);
        var (label, had, labelView) = LabelOf(where);
        index = _arounds.Count;
        _arounds.Add(new AroundPlan(
            index, symbol.Name, DefinitionText.HashOfEdges(symbol, view), symbol.Window.Length, StepOf(symbol.Window),
            new WayPlan(string.Join(", ", symbol.Keys.Select(k => k.Text)), feed, member, value), where,
            symbol.Aggregate == Language.Syntax.Aggregate.Share)
        {
            Label = label, Had = had, View = labelView, MemberDomain = context.Nodes[member].Domain, ValueDomain = context.Nodes[value].Domain,
            Declaration = symbol.Declaration,
        });
        return _aroundIndices[(symbol, view)] = index;
    }

    public int IndexOfMembers(MeasureSymbol symbol, View view)
    {
        if (view == View.Shadow && !ViewSensitivity.Of(symbol, context.State)) view = View.Enforced;
        if (_memberIndices.TryGetValue((symbol, view), out var index)) return index;
        var scope = new Scope(view, [], []);
        var where = symbol.Where is null ? -1 : context.Expressions.Lower(symbol.Where, scope);
        var amount = symbol.Amount is null ? -1 : context.Measures.AmountOf(symbol.Amount, scope);
        var link = IndexOf(symbol.OverLink!, view);
        var (label, had, labelView) = symbol.Amount is null ? LabelOf(where) : (-1, false, View.Enforced);
        index = _members.Count;
        _members.Add(new MembersPlan(
            index, symbol.Name, link, Enum.Parse<PlanAggregate>(symbol.Aggregate.ToString()), where, amount, Schema.KindOf(symbol.Type))
        {
            Label = label, Had = had, View = labelView, Percentile = symbol.Percentile, Declaration = symbol.Declaration,
        });
        return _memberIndices[(symbol, view)] = index;
    }

    /// <summary>Everything that a link's edges depend on.</summary>
    public static IEnumerable<int> RootsOf(LinkPlan link) => link.Ways.SelectMany(RootsOf);

    public static IEnumerable<int> RootsOf(WayPlan way) => [way.Feed, way.Member, way.Value];

    public static long StepOf(Window window) =>
        window.Step > 0 ? window.Step : window.Length >= Day ? Hour : Math.Max(1, window.Length / ShortSteps);

    private WayPlan Way(LinkWay way, EntitySymbol entity, View view)
    {
        var scope = new Scope(view, context.Sources.TypesOf(way.Sources), []);
        var parts = way.Keys.Select(k => context.Expressions.Handle(Choose(k.ByEvent, scope), k.Type.Entity)).ToArray();
        var value = MeasureLowering.Keys(context, parts);
        var feed = context.Nodes.And([context.Sources.Lower(way.Sources, view), .. NotEmpty(value)]);
        return new WayPlan(way.Text, feed, context.Expressions.Handle(Choose(way.Members, scope), entity), value)
        {
            MoreThan = way.MoreThan, FewerThan = way.FewerThan,
            WithoutLabel = way.WithoutLabel is { } label ? context.State.Label(label) : -1,
        };
    }

    private int Choose(IReadOnlyDictionary<EventSymbol, Expression> byEvent, Scope scope) => context.Expressions.Choose(
        [.. byEvent.OrderBy(p => context.Schema.TypeOf(p.Key)).Select(p => (context.Schema.TypeOf(p.Key), context.Expressions.Lower(p.Value, scope)))]);

    /// <summary>Empty texts tie nobody (F1).</summary>
    private IEnumerable<int> NotEmpty(int key)
    {
        var node = context.Nodes[key];
        foreach (var part in node.Op == Op.CompositeKey ? node.Inputs : [key])
        {
            if (context.Nodes[part].Inputs is not [var value] || context.Nodes[value].Kind is not (ValueKind.Text or ValueKind.Entity)) continue;
            var empty = context.Nodes.Add(new Node(0, Op.Constant, ValueKind.Text) { Constant = new Constant(ValueKind.Text) });
            yield return context.Nodes.Not(context.Nodes.Add(Op.Equal, ValueKind.Boolean, value, empty));
        }
    }

    /// <summary>The label that a condition asks the member for, if it asks for nothing else: its bearers can be counted.</summary>
    private (int Label, bool Had, View View) LabelOf(int where)
    {
        var none = (-1, false, View.Enforced);
        if (where < 0 || context.Nodes[where] is not { Op: Op.HasLabel, OlderThan: 0 } test) return none;
        var entity = context.Nodes[test.Inputs[0]];
        return entity.Op == Op.Member || (entity.Op == Op.Handle && context.Nodes[entity.Inputs[0]].Op == Op.Member)
            ? (test.Target, test.Had, test.View) : none;
    }
}
