using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.State;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>The engine's state as conditions read it.</summary>
internal sealed class EngineFacts(LabelStore labels, ScoreStore scores, MeasureSet measures) : IFacts
{
    /// <summary>Rules of the plan in force, for firings as events.</summary>
    public IReadOnlyList<RuleState> Rules { get; set; } = [];

    /// <summary>By measure: what has yet to be counted before it is read; null where nothing waits.</summary>
    public IReadOnlyList<PendingCounts?> Pending { get; set; } = [];

    public bool HasLabel(int label, int entity, View view, bool had, long olderThan, long tau) =>
        labels.Has(label, entity, view, had, olderThan, tau);

    public double Score(int score, int entity, View view, long tau) => scores.Read(score, entity, view, tau);

    public MeasureValue Measure(int measure, int key, long tau, long ordinal)
    {
        if (Pending.Count > 0) Pending[measure]?.Settle();
        return measures.Read(measure, key, tau, ordinal);
    }

    public bool Fired(int rule, View view) =>
        Rules[rule].FiredIn == labels.Instant && (view == View.Shadow || Rules[rule].Plan.Stage != RuleStage.Shadow);
}
