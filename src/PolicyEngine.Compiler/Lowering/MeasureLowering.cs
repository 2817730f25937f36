using PolicyEngine.Compiler.Planning;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>Measures by definition and view, made when first read: what nobody reads is not kept (J6).</summary>
internal sealed class MeasureLowering(LoweringContext context, PolicyModel model, IReadOnlySet<MeasureSymbol> readAway)
{
    private readonly Dictionary<(MeasureSymbol, View), int> _indices = [];
    private readonly List<MeasurePlan> _plans = [];
    private readonly List<MeasureSymbol> _symbols = [];
    private readonly List<IReadOnlyList<int>> _partDomains = [];
    private readonly List<SortedSet<int>> _readerTypes = [];
    private readonly List<HashSet<int?>> _readers = [];
    private readonly Dictionary<(MeasureSymbol, int), Dictionary<EventSymbol, Expression>> _keyExpressions = KeyExpressions.Collect(model);
    private readonly HashSet<MeasureSymbol> _readAway = [];

    /// <summary>Measures in an order in which each comes after those it reads.</summary>
    public IReadOnlyList<MeasurePlan> Plans => _plans;

    public IReadOnlyList<MeasureSymbol> Symbols => _symbols;

    /// <summary>Measures that were found to be read away from their key's events in this pass.</summary>
    public IReadOnlySet<MeasureSymbol> FoundReadAway
    {
        get
        {
            // Measures of one definition are one: what is read away of it is read away under all its names.
            var hashes = _plans.Where(p => _readAway.Contains(_symbols[p.Index])).Select(p => p.Hash).ToHashSet(StringComparer.Ordinal);
            return _symbols.Where((_, i) => hashes.Contains(_plans[i].Hash)).Concat(_readAway).ToHashSet();
        }
    }

    public IReadOnlyList<int> PartDomains(int measure) => _partDomains[measure];

    public void ReadAway(MeasureSymbol measure) => _readAway.Add(measure);

    public void ReadOn(int measure, IEnumerable<int> eventTypes)
    {
        _readerTypes[measure].UnionWith(eventTypes);
        _readers[measure].Add(context.Reader);
    }

    /// <summary>The rules on events that read it; with a null among them when anything else does.</summary>
    public IReadOnlySet<int?> Readers(int measure) => Twins(measure).SelectMany(i => _readers[i]).ToHashSet();

    /// <summary>Measures of one definition are kept once, under the first of their names: whoever reads one reads all.</summary>
    private IEnumerable<int> Twins(int measure) => Enumerable.Range(0, _plans.Count).Where(i => _plans[i].Hash == _plans[measure].Hash);

    public bool IsSensitive(int measure) => _plans[measure].Amount is >= 0 and var amount && context.Nodes[amount].Sensitive;

    public IReadOnlyList<MeasurePlan> Finish() =>
        [.. _plans.Select((p, i) => p with { ReaderTypes = [.. Twins(i).SelectMany(t => _readerTypes[t]).Distinct().Order()] })];

    public int IndexOf(MeasureSymbol symbol, View view)
    {
        if (view == View.Shadow && !ViewSensitivity.Of(symbol, context.State)) view = View.Enforced;
        if (_indices.TryGetValue((symbol, view), out var index)) return index;
        var reader = context.Reader;
        context.Reader = null;
        var (plan, parts) = Lower(symbol, view);
        context.Reader = reader;
        index = _plans.Count;
        _plans.Add(plan with { Index = index });
        _symbols.Add(symbol);
        _partDomains.Add(parts);
        _readerTypes.Add([]);
        _readers.Add([]);
        return _indices[(symbol, view)] = index;
    }

    /// <summary>The handle node of a measure's key, one for all events that feed or read it.</summary>
    public int KeyOf(MeasureSymbol symbol, Scope scope) => Key(symbol, scope).Node;

    /// <summary>The node of an amount as measures keep it.</summary>
    public int AmountOf(Expression expression, Scope scope) => Amount(expression, scope);

    private (MeasurePlan Plan, IReadOnlyList<int> PartDomains) Lower(MeasureSymbol symbol, View view)
    {
        var scope = new Scope(view, context.Sources.TypesOf(symbol.Sources), []);
        var feed = context.Sources.Lower(symbol.Sources, view);
        var where = symbol.Where is null ? context.Nodes.True : context.Expressions.Lower(symbol.Where, scope);
        var isShare = symbol.Aggregate == Aggregate.Share;
        if (!isShare) feed = context.Nodes.And([feed, where]);
        var (key, parts) = Key(symbol, scope);
        var amount = symbol.Amount is null ? -1 : Amount(symbol.Amount, scope);
        var isPlain = context.Nodes[feed].IsPlain && context.Nodes[key].IsPlain && (amount < 0 || IsPlainAmount(amount))
            && (!isShare || context.Nodes[where].IsPlain);
        var hash = DefinitionText.HashOf(symbol, view);
        var plan = new MeasurePlan(
            0, symbol.Name, hash, $"{feed}/{key}/{Depth([feed, key, amount, where])}/{view}", Map(symbol.Aggregate), Map(symbol.Window), feed, key)
        {
            Percentile = symbol.Percentile,
            Numerator = isShare ? where : -1,
            Result = ValueKind.Missing,
            IsSequential = !isPlain || readAway.Contains(symbol),
            View = view,
            Declaration = symbol.Declaration,
            KeyNames = [.. symbol.Keys.Select(k => k.Type.Entity?.Name ?? k.Text)],
            KeyDomain = context.Nodes[key].Domain,
        };
        return (WithAmount(plan, symbol, amount), parts);
    }

    private MeasurePlan WithAmount(MeasurePlan plan, MeasureSymbol symbol, int amount)
    {
        if (amount < 0) return plan with { Result = Schema.KindOf(symbol.Type) };
        var node = context.Nodes[amount];
        var result = plan.Aggregate is PlanAggregate.First or PlanAggregate.Latest or PlanAggregate.Previous
            ? node.Kind : Schema.KindOf(symbol.Type);
        var isGap = node.Op == Op.Gap;
        return plan with
        {
            Result = result,
            Amount = isGap ? -1 : amount,
            AmountIsGap = isGap,
            AmountReadsGap = !isGap && ReadsGap(amount),
            AmountKind = node.Kind,
            AmountDomain = node.Op == Op.Handle ? node.Domain : -1,
        };
    }

    /// <summary>Values wider than 64 bits are kept as handles; everything else as it is.</summary>
    private int Amount(Expression expression, Scope scope)
    {
        var node = context.Expressions.Lower(expression, scope);
        return context.Nodes[node].Kind is ValueKind.Text or ValueKind.Entity or ValueKind.Ip or ValueKind.Cidr or ValueKind.Boolean
            ? context.Expressions.Handle(node, expression.Type.Entity) : node;
    }

    private (int Node, IReadOnlyList<int> Domains) Key(MeasureSymbol symbol, Scope scope)
    {
        var parts = symbol.Keys.Select((k, i) => KeyPart(k, _keyExpressions[(symbol, i)], scope)).ToArray();
        return (Keys(context, parts), [.. parts.Select(p => context.Nodes[p].Domain)]);
    }

    private int KeyPart(KeyPart part, Dictionary<EventSymbol, Expression> expressions, Scope scope)
    {
        var byType = expressions.Select(p => (context.Schema.TypeOf(p.Key), context.Expressions.Lower(p.Value, scope)));
        return context.Expressions.Handle(context.Expressions.Choose([.. byType]), part.Type.Entity);
    }

    /// <summary>The handle node of a key made of parts.</summary>
    public static int Keys(LoweringContext context, IReadOnlyList<int> parts) => parts.Count switch
    {
        0 => context.Nodes.Add(new Node(0, Op.NoKey, ValueKind.Integer) { Domain = context.Schema.Composite([]) }),
        1 => parts[0],
        _ => context.Nodes.Add(new Node(0, Op.CompositeKey, ValueKind.Integer)
        {
            Inputs = [.. parts], Domain = context.Schema.Composite([.. parts.Select(p => context.Nodes[p].Domain)]), MayBeMissing = true,
        }),
    };

    private bool IsPlainAmount(int node) =>
        context.Nodes[node].IsPlain || context.Nodes[node].Op == Op.Gap || (ReadsGap(node) && context.Nodes[node].Inputs.All(IsPlainAmount));

    private bool ReadsGap(int node) => context.Nodes[node].Op == Op.Gap || context.Nodes[node].Inputs.Any(ReadsGap);

    /// <summary>How many measures deep a definition reads: measures of one family must not read one another.</summary>
    private int Depth(IEnumerable<int> nodes) => nodes.Where(n => n >= 0).Select(DepthOf).DefaultIfEmpty().Max();

    private int DepthOf(int node)
    {
        var inputs = Depth(context.Nodes[node].Inputs);
        if (context.Nodes[node].Op != Op.Measure) return inputs;
        var plan = _plans[context.Nodes[node].Target];
        return 1 + Math.Max(inputs, Depth([plan.Feed, plan.Key, plan.Amount, plan.Numerator]));
    }

    private static PlanAggregate Map(Aggregate aggregate) => Enum.Parse<PlanAggregate>(aggregate.ToString());

    private static PlanWindow Map(Window window) =>
        new(Enum.Parse<PlanWindowKind>(window.Kind.ToString()), window.Length, window.Step, window.Ending);
}
