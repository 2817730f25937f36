using System.Numerics;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Links;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>`on every` rules by the measures they read: an event in such a window puts its key on the next tick's list (C8).</summary>
internal sealed class EveryReaders(EngineState state)
{
    /// <summary>What a rule reads of a family, and the events that count there.</summary>
    private sealed record Reading(FamilyUnit Unit, RuleState Rule, int[] Feeds);

    private readonly Reading[] _plain = Find(state, state.Measures.Plain);
    private readonly ILookup<FamilyUnit, Reading> _sequential = Find(state, state.Measures.Sequential).ToLookup(r => r.Unit);

    /// <summary>Whether ticks read a measure kept row by row.</summary>
    public bool HasReaders(FamilyUnit unit) => _sequential.Contains(unit);

    public void Touch(FamilyUnit unit, int key, RowEvaluator rows, in RowContext context)
    {
        if (key < 0 || !_sequential.Contains(unit)) return;
        foreach (var reading in _sequential[unit])
            foreach (var feed in reading.Feeds)
                if (rows.IsTrue(feed, context)) Touch(reading.Rule, key, context.Tau);
    }

    /// <summary>What the rows of a stretch brought to measures kept in columns. No tick lies within a stretch.</summary>
    /// <param name="applied">The rows.</param>
    public void TouchPlain(EventBatch batch, ulong[] applied, BatchEvaluator evaluator)
    {
        foreach (var reading in _plain)
        {
            var keys = evaluator.Vector(reading.Unit.Members[0].Key);
            foreach (var node in reading.Feeds)
            {
                var feed = evaluator.Bits(node);
                for (var w = 0; w << 6 < batch.Count; w++)
                {
                    for (var bits = feed[w] & keys.Present[w] & applied[w]; bits != 0; bits &= bits - 1)
                    {
                        var row = (w << 6) + BitOperations.TrailingZeroCount(bits);
                        Touch(reading.Rule, keys.Handles[row], batch.Taus[row]);
                    }
                }
            }
        }
    }

    private void Touch(RuleState rule, int key, long tau)
    {
        if (key < 0) return;
        rule.Touched.Add(key);
        if (tau >= rule.NextTick) SetTick(rule, tau);
    }

    /// <summary>The tick after τ: the next multiple of the rule's interval.</summary>
    public void SetTick(RuleState rule, long tau)
    {
        rule.NextTick = CellMath.Next(tau, rule.Plan.Every);
        state.Timers.Set(new Timer(rule.NextTick, TimerKind.Every, rule.Plan.Index, -1, -1));
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

    private static Reading[] Find(EngineState state, ReadOnlySpan<FamilyUnit> units)
    {
        var found = new List<Reading>();
        var rules = state.Rules.All.Where(r => r.Plan.Trigger == TriggerKind.Every).ToArray();
        foreach (var unit in units)
        {
            foreach (var rule in rules.Where(r => r.Plan.KeyDomain == unit.Members[0].KeyDomain))
            {
                var feeds = unit.Places.Where(p => rule.Plan.Measures.Contains(p.Measure)).Select(p => unit.Members[p.Slot].Feed).Distinct().ToArray();
                if (feeds.Length > 0) found.Add(new Reading(unit, rule, feeds));
            }
        }
        return [.. found];
    }
}
