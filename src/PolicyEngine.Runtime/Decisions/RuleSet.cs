using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>The rules of the plan in force with their states, sorted by how they are triggered.</summary>
internal sealed class RuleSet
{
    private const int WholeSample = 10_000;
    /// <summary>By rule and kind of key: a rule that comes to be about something else begins anew.</summary>
    private readonly Dictionary<(string Rule, string Key), EdgeStates> _edges = [];
    /// <summary>How much effect each rule had when it was last in force, in hundredths of a percent.</summary>
    private readonly Dictionary<string, int> _shares = new(StringComparer.Ordinal);

    public RuleState[] All { get; private set; } = [];

    /// <summary>Rules that stand on events, ascending.</summary>
    public RuleState[] OnEvents { get; private set; } = [];

    /// <summary>Rules upon label changes, by stratum.</summary>
    public RuleState[][] OnLabels { get; private set; } = [];

    /// <summary>Rules upon members that join a group, by stratum.</summary>
    public RuleState[][] OnJoins { get; private set; } = [];

    /// <summary>Keyed rules by the node that gives their key.</summary>
    public HeldKeys[] Groups { get; private set; } = [];

    /// <summary>One for each different sample that is a plain bitmap.</summary>
    public SampleCounter[] Samples { get; private set; } = [];

    public int Strata { get; private set; }

    /// <returns>Ids of the rules that have more effect than when they were last in force (J3).</returns>
    public IReadOnlyList<string> Bind(Plan plan)
    {
        var promoted = plan.Rules.Where(IsPromoted).Select(r => r.Id).ToList();
        foreach (var rule in plan.Rules) _shares[rule.Id] = ShareOf(rule);
        foreach (var (key, edges) in _edges)
            if (promoted.Contains(key.Rule)) edges.ForgetWithoutEffect();
        var before = All.ToDictionary(r => r.Plan.Id, StringComparer.Ordinal);
        All = [.. plan.Rules.Select(r => StateOf(plan, r))];
        foreach (var rule in All)
            if (before.TryGetValue(rule.Plan.Id, out var old)) rule.CountOn(old);
        Strata = plan.Strata;
        OnEvents = [.. All.Where(r => r.Plan.Sample >= 0)];
        OnLabels = [.. Enumerable.Range(0, Strata).Select(s => All.Where(r => r.Plan.TriggerLabel >= 0 && r.Plan.Stratum == s).ToArray())];
        OnJoins = [.. Enumerable.Range(0, Strata).Select(s => All.Where(r => r.Plan.Trigger == TriggerKind.Join && r.Plan.Stratum == s).ToArray())];
        Groups = [.. OnEvents.Where(r => r.Plan.Trigger == TriggerKind.Keyed).GroupBy(r => r.Plan.Key)
            .Select(g => Group(g.Key, [.. g]))];
        foreach (var rule in All.Where(r => r.Plan.Trigger == TriggerKind.Every)) Group(-1, [rule]);
        Samples = [.. OnEvents.Where(r => plan.Nodes[r.Plan.Sample].IsPlain).GroupBy(r => r.Plan.SampleScreen).Select(Count)];
        return promoted;
    }

    private bool IsPromoted(RulePlan rule) => _shares.TryGetValue(rule.Id, out var before) && ShareOf(rule) > before;

    private static int ShareOf(RulePlan rule) => rule.Stage switch
    {
        RuleStage.Enforce => WholeSample,
        RuleStage.Sampled => rule.SampledShare,
        _ => 0,
    };

    private static SampleCounter Count(IGrouping<int, RuleState> rules)
    {
        var counter = new SampleCounter(rules.Key);
        foreach (var rule in rules) rule.Samples = counter;
        return counter;
    }

    private RuleState StateOf(Plan plan, RulePlan rule)
    {
        var key = (rule.Id, rule.KeyDomain < 0 ? "" : $"{plan.Domains[rule.KeyDomain].Kind} {plan.Domains[rule.KeyDomain].Name}");
        if (!_edges.TryGetValue(key, out var edges)) _edges[key] = edges = new EdgeStates();
        return new RuleState(rule, edges) { MarkDomain = rule.Marked >= 0 ? plan.Nodes[rule.Marked].Domain : -1 };
    }

    private static HeldKeys Group(int keyNode, RuleState[] rules)
    {
        var group = new HeldKeys(keyNode, rules.Select(r => r.Plan.Index));
        for (var bit = 0; bit < rules.Length; bit++)
        {
            rules[bit].Held = group;
            rules[bit].HeldBit = bit;
            foreach (var key in rules[bit].Edges.HeldKeys) group.Set(bit, key, true);
        }
        return group;
    }
}
