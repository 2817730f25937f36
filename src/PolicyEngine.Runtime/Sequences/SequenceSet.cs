using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Sequences;

/// <summary>What is open of the steps of all rules.</summary>
internal sealed class SequenceSet
{
    /// <summary>In the order of the plan, which is that of the rules.</summary>
    public SequenceState[] All { get; private set; } = [];

    /// <summary>Deadlines that stand.</summary>
    public long Pending => All.Sum(s => (long)(s.Absences?.Count ?? 0));

    /// <summary>Partials and deadlines dropped because there were too many.</summary>
    public long Evicted { get; private set; }

    /// <summary>Steps that are defined as before keep what is open (J6): those of the same rule, or of one that went.</summary>
    public void Bind(Plan plan)
    {
        var before = All.ToList();
        var rules = plan.Rules.Where(r => r.Sequence >= 0).ToDictionary(r => r.Sequence, r => r.Id);
        var bound = new SequenceState[plan.Sequences.Count];
        foreach (var sameRule in new[] { true, false })
            foreach (var sequence in plan.Sequences.Where(s => bound[s.Index] is null))
            {
                var known = before.Find(s => s.Plan.Hash == sequence.Hash && (!sameRule || s.RuleId == rules[sequence.Index]));
                if (known is null) continue;
                before.Remove(known);
                known.Rebind(sequence);
                bound[sequence.Index] = known;
            }
        foreach (var sequence in plan.Sequences)
        {
            bound[sequence.Index] ??= new SequenceState(sequence);
            bound[sequence.Index].RuleId = rules[sequence.Index];
        }
        All = bound;
    }

    /// <summary>Forgets what can no longer be completed, and bounds the rest; at fixed places of the log (L2).</summary>
    public void Bound(long tau, int cap, KeyTables tables)
    {
        foreach (var state in All)
        {
            int ByBytes(int a, int b) => tables.Compare(state.Plan.KeyDomain, a, b);
            state.Sequences?.Sweep(tau);
            Evicted += state.Sequences?.Evict(cap, ByBytes) ?? state.Absences!.Evict(cap, ByBytes);
        }
    }
}
