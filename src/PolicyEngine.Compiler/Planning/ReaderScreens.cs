using PolicyEngine.Compiler.Lowering;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Planning;

/// <summary>
/// On which rows the value of a measure can matter: where the other parts of a condition that reads it hold. Most families then need
/// only be fed. The parts may read measures that feeds read, and those of one family, the anchor, which is looked at on all rows: the one
/// that most rules read.
/// Those of its measures that can be made when asked for do not stand in a part: they see the others.
/// </summary>
internal sealed class ReaderScreens
{
    private readonly LoweringContext _context;
    private readonly IReadOnlyList<RulePlan> _rules;
    private readonly IReadOnlyList<MeasurePlan> _measures;
    private readonly string? _anchor;

    public ReaderScreens(LoweringContext context, IReadOnlyList<RulePlan> rules, IReadOnlyList<MeasurePlan> measures)
    {
        _context = context;
        _rules = rules;
        _measures = measures;
        _anchor = measures.Where(m => !m.IsSequential && ReadsNoMeasure(m)).GroupBy(m => m.FamilyKey)
            .OrderByDescending(f => f.SelectMany(m => context.Measures.Readers(m.Index)).Distinct().Count()).ThenBy(f => f.Min(m => m.Index))
            .FirstOrDefault()?.Key;
    }

    public MeasurePlan Narrow(MeasurePlan measure)
    {
        var readers = _context.Measures.Readers(measure.Index);
        if (measure.IsSequential || readers.Count == 0 || readers.Contains(null)) return measure;
        // What is made when asked for comes after the rest of its own family.
        var seesAnchor = measure.FamilyKey != _anchor || measure.CanBeLazy;
        var screen = _context.Nodes.Or(readers.Order().Select(r => Upper(_rules.First(p => p.Index == r), seesAnchor)));
        return _context.Nodes.IsTrue(screen) ? measure : measure with { ReaderScreen = screen };
    }

    /// <summary>A false sample may rearm, for which measures are read on all samples.</summary>
    private int Upper(RulePlan rule, bool seesAnchor)
    {
        var screening = new Screening(
            _context.Nodes, _ => _context.Nodes.True, id => _context.Nodes[id].IsPlain && IsKnown(id, seesAnchor));
        var sample = screening.Upper(rule.Sample);
        return rule.Rearm >= 0 || rule.Condition < 0 ? sample : _context.Nodes.And([sample, screening.Upper(rule.Condition)]);
    }

    private bool IsKnown(int id, bool seesAnchor)
    {
        var node = _context.Nodes[id];
        if (node.Op == Op.Measure && !IsReadEverywhere(_measures[node.Target]) && !(seesAnchor && IsOfAnchor(_measures[node.Target]))) return false;
        return node.Inputs.All(i => IsKnown(i, seesAnchor));
    }

    private bool IsOfAnchor(MeasurePlan measure) => !measure.IsSequential && !measure.CanBeLazy && measure.FamilyKey == _anchor;

    /// <summary>Feeds or keys read it, so it is there on all rows before anything that is narrowed.</summary>
    private bool IsReadEverywhere(MeasurePlan measure) =>
        !measure.IsSequential && _context.Measures.Readers(measure.Index).Contains(null) && ReadsNoMeasure(measure);

    private bool ReadsMeasure(int id) => _context.Nodes[id].Op == Op.Measure || _context.Nodes[id].Inputs.Any(ReadsMeasure);

    private static IEnumerable<int> Inputs(MeasurePlan measure) =>
        new[] { measure.Feed, measure.Key, measure.Amount, measure.Numerator }.Where(n => n >= 0);

    private bool ReadsNoMeasure(MeasurePlan measure) => !Inputs(measure).Any(ReadsMeasure);
}
