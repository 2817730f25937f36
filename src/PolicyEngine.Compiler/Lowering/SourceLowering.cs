using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>What rules are `on` and measures are `of`: a boolean node that holds for the events meant.</summary>
internal sealed class SourceLowering(LoweringContext context)
{
    private readonly Dictionary<(EventSource, View), int> _nodes = [];

    public int Lower(IEnumerable<EventSource> sources, View view) => context.Nodes.Or(sources.Select(s => Lower(s, view)));

    public IReadOnlyList<int> TypesOf(IEnumerable<EventSource> sources) =>
        [.. sources.SelectMany(s => s.Underlying).Select(context.Schema.TypeOf).Distinct().Order()];

    private int Lower(EventSource source, View view)
    {
        if (_nodes.TryGetValue((source, view), out var node)) return node;
        return _nodes[(source, view)] = source switch
        {
            EventSymbol e => context.Nodes.IsType([context.Schema.TypeOf(e)]),
            NamedEventSymbol e => Named(e, view),
            RuleSymbol e => Firing(e, view),
            _ => throw new InvalidOperationException($"{source} cannot be counted"),
        };
    }

    private int Named(NamedEventSymbol named, View view)
    {
        var sources = Lower(named.Sources, view);
        if (named.Where is null) return sources;
        // What is lowered here serves whoever names the event, not only the first.
        var reader = context.Reader;
        context.Reader = null;
        var where = context.Expressions.Lower(named.Where, new Scope(view, TypesOf(named.Sources), []));
        context.Reader = reader;
        return context.Nodes.And([sources, where]);
    }

    /// <summary>
    /// Firings of shadow rules exist in the shadow view only (B9). A reader that does not see them stands above the rule all the same,
    /// so that promoting it moves nobody.
    /// </summary>
    private int Firing(RuleSymbol rule, View view)
    {
        if (!context.State.Runs(rule)) return context.Nodes.False;
        return context.Nodes.Add(new Node(0, Op.Fired, ValueKind.Boolean) { Target = context.State.Rule(rule), IsPlain = false, View = view });
    }
}
