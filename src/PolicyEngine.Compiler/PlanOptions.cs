using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler;

public sealed record PlanOptions
{
    public EngineLimits Limits { get; init; } = new();

    /// <summary>For tests of a pack (J4): every rule but draft, paused and retired ones acts as if enforced, nobody is held out.</summary>
    public bool AllEnforced { get; init; }

    /// <summary>Conditions that a test wants to look at; they become <see cref="Plan.Probes"/> in the same order.</summary>
    public IReadOnlyList<Probe> Probes { get; init; } = [];
}

/// <summary>A condition over an entity (<see cref="KeyRead"/> 0), or over none.</summary>
public sealed record Probe(Expression Condition, EntitySymbol? Entity);
