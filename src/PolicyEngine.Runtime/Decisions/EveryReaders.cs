using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>`on every` rules by the measures they read: an event in such a window puts its key on the next tick's list (C8).</summary>
internal sealed class EveryReaders(EngineState state)
{
    private readonly Dictionary<FamilyUnit, RuleState[]> _readers = Find(state);

    public void Touch(FamilyUnit unit, int key, long tau)
    {
        if (!_readers.TryGetValue(unit, out var rules)) return;
        foreach (var rule in rules)
        {
            rule.Touched.Add(key);
            SetTick(rule, tau);
        }
    }

    /// <summary>The tick after τ: the next multiple of the rule's interval.</summary>
    public void SetTick(RuleState rule, long tau)
    {
        var every = rule.Plan.Every;
        var cell = tau >= 0 ? tau / every : ((tau + 1) / every) - 1;
        state.Timers.Set(new Timer((cell + 1) * every, TimerKind.Every, rule.Plan.Index, -1, -1));
    }

    /// <summary>The handles of the parts of a key.</summary>
    public ReadOnlySpan<int> Parts(int domain, int key, Span<int> parts)
    {
        var plan = state.Plan.Domains[domain];
        if (plan.Kind != DomainKind.Composite)
        {
            parts[0] = key;
            return parts[..1];
        }
        var bytes = state.Tables[domain].Bytes(key);
        for (var i = 0; i < plan.Parts.Count; i++) parts[i] = KeyBytes.Part(bytes, i);
        return parts[..plan.Parts.Count];
    }

    private static Dictionary<FamilyUnit, RuleState[]> Find(EngineState state)
    {
        var found = new Dictionary<FamilyUnit, RuleState[]>();
        var rules = state.Rules.All.Where(r => r.Plan.Trigger == TriggerKind.Every).ToArray();
        foreach (var unit in state.Measures.Sequential)
        {
            var indices = unit.Places.Select(p => p.Measure).ToHashSet();
            var readers = rules.Where(r => r.Plan.Measures.Any(indices.Contains) && r.Plan.KeyDomain == unit.Members[0].KeyDomain).ToArray();
            if (readers.Length > 0) found[unit] = readers;
        }
        return found;
    }
}
