using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Sequences;

/// <summary>What is open of one rule's steps, under the plan in force. Exactly one of the two structures is there.</summary>
internal sealed class SequenceState
{
    public SequenceState(SequencePlan plan)
    {
        Plan = plan;
        Shape = new SequenceShape(plan.Steps, plan.Until is not null, plan.Within);
        if (plan.IsAbsence) Absences = new OpenAbsences(Shape, plan.Kept.Count);
        else Sequences = new OpenSequences(Shape, plan.Kept.Count);
    }

    public SequencePlan Plan { get; private set; }

    /// <summary>The id of the rule whose steps they are.</summary>
    public string RuleId { get; set; } = "";

    public SequenceShape Shape { get; }

    /// <summary>The key whose event was seen last, for whoever wants to know where it stands; −1: none yet.</summary>
    public int LastKey { get; set; } = -1;

    public OpenSequences? Sequences { get; }

    public OpenAbsences? Absences { get; }

    public OpenKeys Open => Sequences?.Open ?? Absences!.Open;

    /// <summary>Steps, and `until` behind them.</summary>
    public StepPlan Step(int step) => step == Plan.Steps.Count ? Plan.Until! : Plan.Steps[step];

    public int StepCount => Plan.Steps.Count + (Plan.Until is null ? 0 : 1);

    /// <summary>
    /// The same steps under a new plan (J6). A value that was not kept before is missing for what is open already.
    /// </summary>
    public void Rebind(SequencePlan plan)
    {
        var before = Plan.Kept.Select(k => k.Hash).ToList();
        var from = plan.Kept.Select(k => before.IndexOf(k.Hash)).ToList();
        if (from.Count != before.Count || from.Where((f, i) => f != i).Any())
        {
            Sequences?.Rearrange(from);
            Absences?.Rearrange(from);
        }
        Plan = plan;
    }
}
