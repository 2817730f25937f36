using PolicyEngine.Compiler.Planning;
using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>Alignments per key, made when first read.</summary>
internal sealed class AlignmentLowering(LoweringContext context)
{
    private readonly Dictionary<(MeasureSymbol, View), int> _indices = [];
    private readonly List<AlignmentPlan> _plans = [];

    public IReadOnlyList<AlignmentPlan> Plans => _plans;

    /// <summary>Everything that who is active depends on.</summary>
    public static IEnumerable<int> RootsOf(AlignmentPlan plan) => [plan.Feed, plan.Key, plan.Member];

    public int Read(MeasureRead read, AlignmentPart part, bool isOwnKey, Scope scope)
    {
        var index = IndexOf(read.Measure, scope.View);
        var own = _plans[index].Key;
        return context.Nodes.Add(new Node(0, Op.Alignment, part == AlignmentPart.Coincidences ? ValueKind.Integer : ValueKind.Number)
        {
            Inputs = [isOwnKey ? own : context.Groups.Explicit(read, own, scope)], Target = index, Types = [(int)part],
            IsPlain = false, MayBeMissing = true,
        });
    }

    private int IndexOf(MeasureSymbol symbol, View view)
    {
        if (view == View.Shadow && !ViewSensitivity.Of(symbol, context.State)) view = View.Enforced;
        if (_indices.TryGetValue((symbol, view), out var index)) return index;
        var scope = new Scope(view, context.Sources.TypesOf(symbol.Sources), []);
        var where = symbol.Where is null ? context.Nodes.True : context.Expressions.Lower(symbol.Where, scope);
        var feed = context.Nodes.And([context.Sources.Lower(symbol.Sources, view), where]);
        var member = context.Expressions.Handle(context.Expressions.Lower(symbol.Amount!, scope), symbol.Amount!.Type.Entity);
        var key = context.Measures.KeyOf(symbol, scope);
        index = _plans.Count;
        _plans.Add(new AlignmentPlan(index, symbol.Name, DefinitionText.HashOf(symbol, view), symbol.Slot, symbol.Window.Length, feed, key, member)
        {
            Declaration = symbol.Declaration,
        });
        return _indices[(symbol, view)] = index;
    }
}
