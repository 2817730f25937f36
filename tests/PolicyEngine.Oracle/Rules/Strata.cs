using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Model;
using PolicyEngine.Oracle.Values;

namespace PolicyEngine.Oracle.Rules;

/// <summary>
/// Which rules run after which (B3). A rule stands one above the highest rule that writes a label, score or list it reads, or whose
/// firing it counts or waits for; a rule that reads nothing of the kind stands at 0. `had` makes no dependency.
/// </summary>
internal sealed class Strata
{
    private readonly Dictionary<RuleSymbol, int> _rules = [];
    private readonly Dictionary<MeasureSymbol, HashSet<RuleSymbol>> _measures = [];
    private readonly HashSet<RuleSymbol> _open = [];

    public Strata(PolicyModel model)
    {
        Rules = [.. model.Rules.Where(IsInForce)];
        foreach (var rule in Rules) Of(rule);
        Rules = [.. Rules.OrderBy(Of).ThenBy(r => r.Pack.Name, Bytes).ThenBy(r => r.Name, Bytes)];
    }

    public static IComparer<string> Bytes { get; } = Comparer<string>.Create(Value.CompareBytes);

    /// <summary>Rules that are looked at, in the order of their decisions within an instant.</summary>
    public IReadOnlyList<RuleSymbol> Rules { get; }

    private static bool IsInForce(RuleSymbol rule) =>
        rule.Metadata.Stage is Stage.Shadow or Stage.Sampled or Stage.Enforce;

    public int Of(RuleSymbol rule)
    {
        if (_rules.TryGetValue(rule, out var known)) return known;
        if (!_open.Add(rule)) throw new InvalidOperationException($"rule {rule} reads what it writes");
        var reads = Reads.Of(rule).SelectMany(Writers).Concat(Triggering(rule.Trigger)).Distinct().ToList();
        _open.Remove(rule);
        return _rules[rule] = Above(reads);
    }

    /// <summary>The stratum before whose rules an event enters the measure.</summary>
    public int Of(MeasureSymbol measure) => Above(Writers(measure));

    private int Above(IReadOnlyCollection<RuleSymbol> writers) => writers.Count == 0 ? 0 : writers.Max(Of) + 1;

    private IEnumerable<RuleSymbol> Triggering(Trigger trigger) => trigger switch
    {
        EachTrigger each => each.Sources.SelectMany(Writers),
        KeyedTrigger keyed => keyed.Sources.SelectMany(Writers),
        LabelTrigger label => WritersOf(label.Label),
        _ => RuleSteps.Of(trigger).SelectMany(s => s.Sources.SelectMany(Writers).Concat(Writers(s.Where))),
    };

    private IEnumerable<RuleSymbol> Writers(EventSource source) => source switch
    {
        RuleSymbol rule => Rules.Contains(rule) ? [rule] : [],
        NamedEventSymbol named => named.Sources.SelectMany(Writers).Concat(Writers(named.Where)),
        _ => [],
    };

    private IEnumerable<RuleSymbol> Writers(Expression? expression) => Reads.Of(expression).SelectMany(read => read switch
    {
        LabelTestExpression { Had: false } test => WritersOf(test.Label),
        ScoreRead score => Rules.Where(r => r.Actions.Any(a => a.Act is AddScoreAct add && add.Score == score.Score)),
        ListRead list => Rules.Where(r => r.Actions.Any(a =>
            (a.Act is AddEntryAct add && add.List == list.List) || (a.Act is RemoveEntryAct remove && remove.List == list.List))),
        MeasureRead measure => Writers(measure.Measure),
        FieldRead field => field.ByEvent.Values.SelectMany(f => Writers(f.Computed)),
        StepRead step => Writers(step.Read),
        _ => [],
    });

    private HashSet<RuleSymbol> Writers(MeasureSymbol measure)
    {
        if (_measures.TryGetValue(measure, out var known)) return known;
        return _measures[measure] =
        [
            .. measure.Sources.SelectMany(Writers), .. Writers(measure.Where), .. Writers(measure.Amount),
            .. measure.Keys.SelectMany(k => k.ByEvent.Values).SelectMany(Writers),
        ];
    }

    private IEnumerable<RuleSymbol> WritersOf(LabelSymbol label) => Rules.Where(r => r.Actions.Any(a =>
        (a.Act is LabelAct add && add.Label == label) || (a.Act is UnlabelAct remove && remove.Label == label)));

    /// <summary>Measures in such an order that each stands after those it reads.</summary>
    public static IReadOnlyList<MeasureSymbol> InOrder(IEnumerable<MeasureSymbol> measures)
    {
        var ordered = new List<MeasureSymbol>();
        void Visit(MeasureSymbol measure)
        {
            if (ordered.Contains(measure)) return;
            foreach (var inner in Inner(measure)) Visit(inner);
            ordered.Add(measure);
        }
        foreach (var measure in measures) Visit(measure);
        return ordered;
    }

    /// <summary>The measures that a measure reads, directly or through fields and kinds of event.</summary>
    public static IEnumerable<MeasureSymbol> Inner(MeasureSymbol measure) =>
        measure.Sources.SelectMany(Inner).Concat(Inner(measure.Where)).Concat(Inner(measure.Amount))
            .Concat(measure.Keys.SelectMany(k => k.ByEvent.Values).SelectMany(Inner)).Distinct();

    public static IEnumerable<MeasureSymbol> Inner(Expression? expression) => Reads.Of(expression).SelectMany(read => read switch
    {
        MeasureRead inner => [inner.Measure],
        FieldRead field => field.ByEvent.Values.SelectMany(f => Inner(f.Computed)),
        _ => Enumerable.Empty<MeasureSymbol>(),
    });

    public static IEnumerable<MeasureSymbol> Inner(EventSource source) =>
        source is NamedEventSymbol named ? named.Sources.SelectMany(Inner).Concat(Inner(named.Where)) : [];
}
