using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>A rule with its edges and counters. Edges and cooldowns follow the rule's id through plans (J6).</summary>
internal sealed class RuleState(RulePlan plan, EdgeStates edges)
{
    public RulePlan Plan { get; } = plan;

    /// <summary>Domain of the entity whose marks the rule waits for.</summary>
    public int MarkDomain { get; set; } = -1;

    /// <summary>
    /// Conditions upon labels and scores that hold wherever the rule's does: where one of them does not, only what is held need be seen.
    /// </summary>
    public int[] Gate { get; set; } = [];

    /// <summary>The same for its sample: where one does not hold, not even what is held need be seen.</summary>
    public int[] SampleGate { get; set; } = [];

    public EdgeStates Edges { get; } = edges;

    /// <summary>Group of held keys and the rule's bit in it; null for rules without an edge.</summary>
    public HeldKeys? Held { get; set; }

    public int HeldBit { get; set; }

    public KeyList Touched => Edges.Touched;

    /// <summary>The tick that was asked for last, if any.</summary>
    public long NextTick { get; set; } = long.MinValue;

    /// <summary>Number of the instant in which it last fired; for rules upon its firings.</summary>
    public long FiredIn { get; set; }

    /// <summary>Samples seen row by row.</summary>
    public long SampledRows { get; set; }

    /// <summary>Samples counted by bitmap, together with all rules that have the same.</summary>
    public SampleCounter? Samples { get; set; }

    public long True { get; set; }

    public long Risen { get; set; }

    public long Cooled { get; set; }

    public long Decided { get; set; }

    public long Suppressed { get; set; }

    public long Excepted { get; set; }

    /// <summary>Samples whose condition could not be told, and responses upon groups that were too large (L3).</summary>
    public long Faults { get; set; }

    public long MissingKeys { get; set; }

    public HashSet<long> FiredKeys { get; } = [];

    /// <summary>The key of an `each` rule is the event, and no event fires it twice.</summary>
    private long Keys => Plan.Trigger == TriggerKind.Each ? Decided : FiredKeys.Count;

    /// <summary>Goes on where the rule stood under the plan before.</summary>
    public void CountOn(RuleState before)
    {
        SampledRows = before.SampledRows + (before.Samples?.Count ?? 0);
        True = before.True;
        Risen = before.Risen;
        Cooled = before.Cooled;
        Decided = before.Decided;
        Suppressed = before.Suppressed;
        Excepted = before.Excepted;
        Faults = before.Faults;
        MissingKeys = before.MissingKeys;
        FiredKeys.UnionWith(before.FiredKeys);
    }

    public RuleCounters Counters(long pendingAtEnd) => new(
        Plan.Pack, Plan.Name, SampledRows + (Samples?.Count ?? 0), True, Risen, Cooled, Decided, Suppressed, Excepted, Keys, Faults, MissingKeys, pendingAtEnd);
}

/// <summary>How often a sample node held. Rules with one node share it.</summary>
internal sealed class SampleCounter(int node)
{
    public int Node { get; } = node;

    public long Count { get; set; }
}
