using PolicyEngine.Language.Model;
using PolicyEngine.Oracle.Log;
using PolicyEngine.Oracle.Measures;
using PolicyEngine.Oracle.State;

namespace PolicyEngine.Oracle;

/// <summary>Everything that has happened so far, and the instant that runs.</summary>
internal sealed class World(PolicyModel model)
{
    public PolicyModel Model { get; } = model;
    public Labels Labels { get; } = new();
    public Scores Scores { get; } = new();
    public Lists Lists { get; } = new(model);
    public MeasureHistory Measures { get; } = new();
    /// <summary>How many members of a group, or around a value, can be looked at one by one.</summary>
    public int MembersLookedAt { get; init; }
    /// <summary>Set once, when there is an evaluator to look at events with.</summary>
    public Links.Groups Groups { get; set; } = null!;
    public List<LoggedEvent> Applied { get; } = [];
    /// <summary>Rules that fired in the instant that runs, by view.</summary>
    public HashSet<(RuleSymbol Rule, Sight Sight)> Fired { get; } = [];
    /// <summary>Number of the instant that runs; events take it as their position.</summary>
    public int Position { get; set; } = -1;
    /// <summary>Running number of effects, so that a removal after a grant can be told from one before it.</summary>
    public long Order { get; set; }
    /// <summary>τ of the first instant, from which measures warm up.</summary>
    public long? Began { get; set; }
}

/// <summary>From where something is looked at: the event or key in hand, the view and the time.</summary>
internal sealed record Scope(LoggedEvent? Event, IReadOnlyList<object?> Key, Sight Sight, long Now)
{
    /// <summary>Inside a measure: the time since the previous event under the same key.</summary>
    public long? Gap { get; init; }
    /// <summary>What was read of earlier steps when they were met.</summary>
    public IReadOnlyDictionary<StepRead, object?>? Kept { get; init; }
    /// <summary>The event behind a deadline.</summary>
    public LoggedEvent? Behind { get; init; }

    /// <summary>The member in hand, where those of a group or around a value are gone through.</summary>
    public Values.EntityKey? Member { get; init; }
}
