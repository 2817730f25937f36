using PolicyEngine.Runtime.Links;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>
/// Labels and rule state of the groups of one link (F9). They belong to the id: a merge unites them, a split copies labels to every
/// part and leaves rule state with the id.
/// </summary>
internal sealed class GroupState : IGroupParts
{
    private readonly EngineState _state;
    private readonly LinkGraph _graph;
    private readonly int[] _labels;
    private readonly RuleState[] _rules;
    private readonly RuleState[] _everyRules;

    public GroupState(EngineState state, LinkPlan link, LinkGraph graph)
    {
        _state = state;
        _graph = graph;
        var plan = state.Plan;
        _labels = [.. plan.Labels.Where(l => l.Domain == link.GroupDomain).Select(l => l.Index)];
        _rules = [.. state.Rules.All.Where(r => r.Plan.KeyLink == link.Index)];
        _everyRules = [.. _rules.Where(r => r.Plan.Trigger == TriggerKind.Every)];
    }

    public void Born(int group)
    {
        // A boundary comes before the tick of its own time, an event after it (A9).
        if (_state.Links.Tau == long.MinValue) return;
        var after = _state.Links.IsBoundary ? _state.Links.Tau - 1 : _state.Links.Tau;
        foreach (var rule in _everyRules)
            _state.Timers.Set(new Timer(CellMath.Next(after, rule.Plan.Every), TimerKind.Every, rule.Plan.Index, -1, -1));
    }

    public void Added(int group, int member)
    {
        // All is kept by the id.
    }

    public void Merging(int from, int to)
    {
        var (gone, kept) = (_graph.Groups[from].Handle, _graph.Groups[to].Handle);
        foreach (var label in _labels) _state.Labels.Unite(label, gone, kept, _state.Links.Tau);
        foreach (var rule in _rules) Merge(rule, gone, kept);
    }

    public void Split(int from, int to)
    {
        foreach (var label in _labels)
            _state.Labels.Unite(label, _graph.Groups[from].Handle, _graph.Groups[to].Handle, _state.Links.Tau);
    }

    /// <summary>Held if either was, cooling since the later firing.</summary>
    private static void Merge(RuleState rule, int gone, int kept)
    {
        if (!rule.Edges.Has(gone)) return;
        var lost = rule.Edges.Get(gone);
        ref var state = ref rule.Edges.Get(kept);
        state.Held |= lost.Held;
        state.HeldWithEffect |= lost.HeldWithEffect;
        state.FiredWithEffect = lost.LastFired > state.LastFired ? lost.FiredWithEffect : state.FiredWithEffect;
        state.LastFired = Math.Max(state.LastFired, lost.LastFired);
        state.LastSample = Math.Max(state.LastSample, lost.LastSample);
        state.Suppressed += lost.Suppressed;
        rule.Edges.Get(gone).Held = false;
        rule.Held?.Set(rule.HeldBit, gone, false);
        rule.Held?.Set(rule.HeldBit, kept, state.Held);
    }
}
