using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Sequences;

/// <summary>
/// The states of a sequence (H1): state s has met s events. A step <c>n times</c> is n states. Steps are numbered as in the plan.
/// </summary>
internal sealed class SequenceShape
{
    private readonly int[] _steps;
    private readonly int[] _present;

    public SequenceShape(IReadOnlyList<StepPlan> steps, bool hasUntil, long within)
    {
        Within = within;
        StepCount = steps.Count;
        Until = hasUntil ? steps.Count : -1;
        var order = new List<int>();
        var absent = new List<(int Step, int State)>();
        for (var step = 0; step < steps.Count; step++)
        {
            if (steps[step].IsAbsent) absent.Add((step, order.Count));
            else order.AddRange(Enumerable.Repeat(step, steps[step].Times));
        }
        _steps = [.. order];
        _present = [.. order.Distinct()];
        Absent = [.. absent];
        Leading = steps[0].Times;
    }

    /// <summary>The newest event is less than this after the oldest, in milliseconds.</summary>
    public long Within { get; }

    public int StepCount { get; }

    /// <summary>The number of `until`; −1 without.</summary>
    public int Until { get; }

    /// <summary>Events of a whole sequence.</summary>
    public int States => _steps.Length;

    /// <summary>How often the first step is asked for.</summary>
    public int Leading { get; }

    /// <summary>Steps that may not come while a partial stands in the state.</summary>
    public IReadOnlyList<(int Step, int State)> Absent { get; }

    /// <summary>Steps that are met, in order.</summary>
    public IReadOnlyList<int> Present => _present;

    /// <summary>The step of the event that brings a partial into the state, 1 ≤ state ≤ <see cref="States"/>.</summary>
    public int StepInto(int state) => _steps[state - 1];

    /// <summary>The event that brings a partial into the state repeats the step of the one before.</summary>
    public bool IsRepeat(int state) => state > 1 && _steps[state - 1] == _steps[state - 2];
}
