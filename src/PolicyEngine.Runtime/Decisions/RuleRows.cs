using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>The rows of a stretch on which a rule could hold.</summary>
internal sealed class RuleRows
{
    private readonly int _words;
    private long _stretch;
    private long _samplesOf;

    public RuleRows(Plan plan, RuleState state, StateNodes conditions, int words)
    {
        State = state;
        _words = words;
        var rule = state.Plan;
        if (rule.Trigger is not (TriggerKind.Each or TriggerKind.Keyed)) return;
        Gate = [.. conditions.CheapPartsOf(rule.Condition).Concat(conditions.CheapPartsOf(rule.Sample)).Where(conditions.IsColumn).Distinct()];
        SampleGate = [.. conditions.CheapPartsOf(rule.Sample).Where(conditions.IsColumn)];
        CanCool = rule is { Trigger: TriggerKind.Keyed, Once: > 0, Rearm: < 0, Condition: >= 0 } && plan.Nodes[rule.Sample].IsPlain
            && plan.Nodes[rule.Key].IsPlain && conditions.IsColumn(rule.Condition) && rule.Exceptions.All(e => conditions.IsColumn(e.When));
    }

    public RuleState State { get; }

    /// <summary>Conditions upon labels and scores, as bitmaps, that hold wherever the rule's does.</summary>
    public int[] Gate { get; } = [];

    /// <summary>The same for its sample alone.</summary>
    public int[] SampleGate { get; } = [];

    /// <summary>Once it has fired for a key the rule may be true for long and do nothing: all that it asks is to be had as bitmaps.</summary>
    public bool CanCool { get; }

    public ulong[] Open { get; private set; } = [];

    /// <summary>Its keys by row, while it can cool.</summary>
    public Vector? Keys { get; set; }

    public ulong[] Begin(long stretch)
    {
        _stretch = stretch;
        if (Open.Length == 0) Open = new ulong[_words];
        return Open;
    }

    /// <summary>Rows that could be samples; taken by whoever finds that <see cref="TakesSamples"/>.</summary>
    public ulong[] Samples { get; private set; } = [];

    /// <summary>Whether nobody has asked for its samples in the stretch yet.</summary>
    public bool TakesSamples(long stretch)
    {
        if (_samplesOf == stretch) return false;
        _samplesOf = stretch;
        if (Samples.Length == 0) Samples = new ulong[_words];
        return true;
    }

    public bool IsOpen(long stretch, int row) => _stretch == stretch && (Open[row >> 6] >> (row & 63) & 1) != 0;
}
