using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Checks;

/// <summary>
/// One thing that others may wait for: <paramref name="Symbol"/> is a rule, label, score, list, measure, link or named event, or a computed
/// <see cref="FieldSymbol"/>.
/// </summary>
public sealed record DependencyNode(object Symbol, string Name, TextSpan Span);

/// <summary><paramref name="Reader"/> waits for <paramref name="Read"/>; <paramref name="Span"/> is where it is read.</summary>
public sealed record DependencyEdge(DependencyNode Reader, DependencyNode Read, TextSpan Span);

/// <summary>
/// Who has to be complete before whom within one event (B3): a rule waits for what it reads and for what triggers it, a label, score or
/// list waits for the rules that change it. `had label` looks at the moment before and makes no edge.
/// </summary>
public sealed class DependencyGraph
{
    private readonly Dictionary<object, DependencyNode> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<DependencyNode, List<DependencyEdge>> _edges = [];
    private readonly List<DependencyNode> _order = [];

    private DependencyGraph(PolicyModel model)
    {
        foreach (var named in model.NamedEvents) AddNamed(named);
        foreach (var field in model.Events.SelectMany(e => e.Fields).Where(f => f.Computed is not null)) Read(Node(field), field.Computed!);
        foreach (var link in model.Links) AddLink(link);
        foreach (var measure in model.Measures) AddMeasure(measure);
        foreach (var rule in model.Rules) AddRule(rule);
    }

    /// <summary>In order of packs and declarations, so that what is made of it does not depend on chance.</summary>
    public IReadOnlyList<DependencyNode> Nodes => _order;

    public static DependencyGraph Of(PolicyModel model) => new(model);

    public DependencyNode? Find(object symbol) => _nodes.GetValueOrDefault(symbol);

    /// <summary>What the node waits for.</summary>
    public IReadOnlyList<DependencyEdge> ReadsOf(DependencyNode node) => _edges.TryGetValue(node, out var edges) ? edges : [];

    /// <summary>One shortest circle for each knot of nodes that wait for one another, as edges that lead back to the first reader.</summary>
    public IReadOnlyList<IReadOnlyList<DependencyEdge>> Circles() => new CircleSearch(this).Run();

    /// <summary>
    /// The stratum of each rule, from 0: above every rule that it waits for, at any distance. Only for a graph without circles.
    /// </summary>
    public IReadOnlyDictionary<RuleSymbol, int> Strata()
    {
        // The depth of a node is the number of rules on the longest way down from it.
        var depths = new Dictionary<DependencyNode, int>();
        foreach (var node in new DepthFirst(this).BottomUp())
        {
            var below = ReadsOf(node).Select(e => depths.GetValueOrDefault(e.Read)).DefaultIfEmpty(0).Max();
            depths[node] = below + (node.Symbol is RuleSymbol ? 1 : 0);
        }
        return _order.Where(n => n.Symbol is RuleSymbol).ToDictionary(n => (RuleSymbol)n.Symbol, n => depths[n] - 1);
    }

    private DependencyNode Node(object symbol)
    {
        if (_nodes.TryGetValue(symbol, out var known)) return known;
        var node = symbol is FieldSymbol field
            ? new DependencyNode(field, $"{field.Event.Name}.{field.Name}", field.Span)
            : new DependencyNode(symbol, ((Symbol)symbol).Name, ((Symbol)symbol).Span);
        _order.Add(node);
        return _nodes[symbol] = node;
    }

    private void Edge(DependencyNode reader, object read, TextSpan span)
    {
        if (!_edges.TryGetValue(reader, out var edges)) _edges[reader] = edges = [];
        var target = Node(read);
        if (!edges.Exists(e => e.Read == target)) edges.Add(new DependencyEdge(reader, target, span));
    }

    private void AddNamed(NamedEventSymbol named)
    {
        var node = Node(named);
        foreach (var source in named.Sources.Where(s => s is not EventSymbol)) Edge(node, source, named.Span);
        if (named.Where is not null) Read(node, named.Where);
    }

    /// <summary>Groups are known when the events that tie them are, and the labels by which members are left out of a cap (F13).</summary>
    private void AddLink(LinkSymbol link)
    {
        var node = Node(link);
        foreach (var way in link.Ways)
        {
            foreach (var source in way.Sources.Where(s => s is not EventSymbol)) Edge(node, source, link.Span);
            foreach (var key in way.Keys.SelectMany(k => k.ByEvent.Values).Concat(way.Members.Values)) Read(node, key);
            if (way.WithoutLabel is { } label) Edge(node, label, link.Span);
        }
    }

    private void AddMeasure(MeasureSymbol measure)
    {
        var node = Node(measure);
        foreach (var source in measure.Sources.Where(s => s is not EventSymbol)) Edge(node, source, measure.Span);
        if (measure.Where is not null) Read(node, measure.Where);
        if (measure.Amount is not null) Read(node, measure.Amount);
        if (measure.OverLink is { } link) Edge(node, link, measure.Span);
        foreach (var key in measure.Keys.SelectMany(k => k.ByEvent.Values).Concat(measure.Around?.Members.Values ?? [])) Read(node, key);
    }

    private void AddRule(RuleSymbol rule)
    {
        var node = Node(rule);
        switch (rule.Trigger)
        {
            case EachTrigger each:
                foreach (var source in each.Sources.Where(s => s is not EventSymbol)) Edge(node, source, rule.Span);
                break;
            case KeyedTrigger keyed:
                foreach (var source in keyed.Sources.Where(s => s is not EventSymbol)) Edge(node, source, rule.Span);
                break;
            case LabelTrigger label:
                Edge(node, label.Label, rule.Span);
                break;
            case JoinTrigger joins:
                Edge(node, joins.Link, rule.Span);
                break;
        }
        foreach (var key in RuleSteps.KeysOf(rule.Trigger))
        {
            if (key.Type.Link is { } link) Edge(node, link, rule.Span);
            foreach (var value in key.ByEvent.Values) Read(node, value);
        }
        foreach (var step in RuleSteps.Of(rule.Trigger)) AddStep(node, step);
        foreach (var expression in RuleExpressions.Of(rule)) Read(node, expression);
        foreach (var action in rule.Actions)
            if (Written(action.Act) is { } written) Edge(Node(written), rule, action.Span);
    }

    private void AddStep(DependencyNode node, SequenceStep step)
    {
        foreach (var source in step.Sources.Where(s => s is not EventSymbol)) Edge(node, source, step.Span);
        if (step.Where is not null) Read(node, step.Where);
    }

    private static Symbol? Written(Act act) => act switch
    {
        LabelAct label => label.Label,
        UnlabelAct unlabel => unlabel.Label,
        AddScoreAct score => score.Score,
        AddEntryAct add => add.List,
        RemoveEntryAct remove => remove.List,
        _ => null,
    };

    private void Read(DependencyNode reader, Expression expression)
    {
        foreach (var part in ExpressionTree.All(expression))
        {
            switch (part)
            {
                case FieldRead read:
                    foreach (var field in read.ByEvent.Values.Where(f => f.Computed is not null)) Edge(reader, field, part.Span);
                    break;
                case GroupRead { Link: var link }:
                    Edge(reader, link, part.Span);
                    break;
                case StepRead step:
                    Read(reader, step.Read);
                    break;
                case MeasureRead read:
                    Edge(reader, read.Measure, part.Span);
                    break;
                case ScoreRead read:
                    Edge(reader, read.Score, part.Span);
                    break;
                case ListRead read:
                    Edge(reader, read.List, part.Span);
                    break;
                case LabelTestExpression { Had: false } test:
                    Edge(reader, test.Label, part.Span);
                    break;
            }
        }
    }
}
