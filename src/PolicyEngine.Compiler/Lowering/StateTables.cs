using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>
/// Labels, scores and lists by index, who writes them, and whether shadow and enforced view differ: they do only where a rule that
/// is not fully enforced writes (J1).
/// </summary>
internal sealed class StateTables
{
    private readonly Dictionary<Symbol, int> _indices = [];
    private readonly Dictionary<Symbol, List<RuleSymbol>> _writers = [];
    private readonly PlanOptions _options;

    public StateTables(PolicyModel model, PlanOptions options)
    {
        _options = options;
        Labels = [.. model.Labels];
        Scores = [.. model.Scores];
        Lists = [.. model.Lists];
        Rules = [.. model.Rules.Where(r => StageOf(r) is not (Stage.Draft or Stage.Paused or Stage.Retired))
            .OrderBy(r => r.Pack.Name, StringComparer.Ordinal).ThenBy(r => r.Name, StringComparer.Ordinal)];
        Number(Labels);
        Number(Scores);
        Number(Lists);
        Number(Rules);
        foreach (var rule in Rules)
            foreach (var written in rule.Actions.Select(a => Written(a.Act)).OfType<Symbol>().Distinct())
                WritersOf(written).Add(rule);
    }

    public IReadOnlyList<LabelSymbol> Labels { get; }

    public IReadOnlyList<ScoreSymbol> Scores { get; }

    public IReadOnlyList<ListSymbol> Lists { get; }

    /// <summary>Rules that run, in byte order of pack and name. Indices are replaced by those of the plan once strata are known.</summary>
    public IReadOnlyList<RuleSymbol> Rules { get; }

    public int Label(LabelSymbol label) => _indices[label];

    public int Score(ScoreSymbol score) => _indices[score];

    public (int Index, bool Plain) List(ListSymbol list) => (_indices[list], WritersOf(list).Count == 0);

    public bool Runs(RuleSymbol rule) => _indices.ContainsKey(rule);

    public int Rule(RuleSymbol rule) => _indices[rule];

    public List<RuleSymbol> WritersOf(Symbol state)
    {
        if (!_writers.TryGetValue(state, out var list)) _writers[state] = list = [];
        return list;
    }

    public Stage StageOf(RuleSymbol rule) =>
        _options.AllEnforced && rule.Metadata.Stage is Stage.Shadow or Stage.Sampled ? Stage.Enforce : rule.Metadata.Stage;

    public int HoldoutOf(RuleSymbol rule) => _options.AllEnforced ? 0 : rule.Metadata.Holdout;

    public View ViewOf(RuleSymbol rule) => StageOf(rule) == Stage.Shadow ? View.Shadow : View.Enforced;

    /// <summary>The view in which to read a label, score or list: the enforced one when both are the same.</summary>
    public View ViewOf(Symbol state, View wanted) => wanted == View.Shadow && HasOverlay(state) ? View.Shadow : View.Enforced;

    public bool HasOverlay(Symbol state) => WritersOf(state).Any(r => StageOf(r) != Stage.Enforce || HoldoutOf(r) > 0);

    private static Symbol? Written(Act act) => act switch
    {
        LabelAct a => a.Label,
        UnlabelAct a => a.Label,
        AddScoreAct a => a.Score,
        AddEntryAct a => a.List,
        RemoveEntryAct a => a.List,
        _ => null,
    };

    private void Number(IEnumerable<Symbol> symbols)
    {
        var i = 0;
        foreach (var symbol in symbols) _indices[symbol] = i++;
    }
}
