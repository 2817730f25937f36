namespace PolicyEngine.Runtime.Plans;

/// <summary>
/// The steps of a rule `on A per K followed by B … within D`, or of one `on T per K not followed by U within D`: then there are two
/// steps, the second absent (H1–H6).
/// </summary>
public sealed record SequencePlan
{
    public required int Index { get; init; }
    /// <summary>Of the steps, keys and span (J6): equal hash, equal state.</summary>
    public required string Hash { get; init; }
    /// <summary>Milliseconds.</summary>
    public required long Within { get; init; }
    /// <summary>Handle node of the key on the events of all steps.</summary>
    public required int Key { get; init; }
    public required int KeyDomain { get; init; }
    /// <summary>It waits for something not to come: the last step is the absent one, and the deadline completes it (H5).</summary>
    public required bool IsAbsence { get; init; }
    public required IReadOnlyList<StepPlan> Steps { get; init; }
    /// <summary>What discards everything of the key; null without `until`.</summary>
    public StepPlan? Until { get; init; }
    /// <summary>What is kept of the events of steps, by the place that <see cref="Op.Step"/> nodes name.</summary>
    public IReadOnlyList<KeptPlan> Kept { get; init; } = [];
}

/// <summary>A step. Event and sources by <paramref name="Feed"/>; what it asks of earlier steps by <see cref="Condition"/>.</summary>
/// <param name="Feed">Boolean node on the event of the step.</param>
public sealed record StepPlan(string Name, bool IsAbsent, int Times, int Feed)
{
    /// <summary>Plain boolean node that holds wherever <see cref="Feed"/> could.</summary>
    public int Screen { get; init; } = -1;
    /// <summary>Boolean node that reads <see cref="Op.Step"/> nodes; −1: nothing is asked of earlier steps.</summary>
    public int Condition { get; init; } = -1;
    /// <summary>Absence: <see cref="Condition"/> as the first step's event sees it, with the values of <see cref="Told"/> kept.</summary>
    public int Mirrored { get; init; } = -1;
    /// <summary>Absence: nodes on this step's event that <see cref="Mirrored"/> reads as <see cref="Op.Step"/> 0, 1, ….</summary>
    public IReadOnlyList<int> Told { get; init; } = [];
}

/// <summary>A value kept of a step's event.</summary>
/// <param name="Node">Value node on the event of the step.</param>
/// <param name="Hash">Of what is read: a new plan finds what the old one kept by it.</param>
public sealed record KeptPlan(int Step, int Node, string Hash);
