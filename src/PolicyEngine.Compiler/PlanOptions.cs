using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler;

public sealed record PlanOptions
{
    public EngineLimits Limits { get; init; } = new();

    /// <summary>For tests of a pack (J4): every rule but draft, paused and retired ones acts as if enforced, nobody is held out.</summary>
    public bool AllEnforced { get; init; }
}
