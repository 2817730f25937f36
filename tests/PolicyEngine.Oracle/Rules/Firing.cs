using PolicyEngine.Language.Model;
using PolicyEngine.Oracle.State;
using PolicyEngine.Oracle.Values;

namespace PolicyEngine.Oracle.Rules;

/// <summary>A rule that fired, with what it asked for, evaluated as things stood then.</summary>
internal sealed record Firing(RuleSymbol Rule, Scope Scope, IReadOnlyList<object> Key, OracleDecision Decision, List<Effect> Effects);

/// <summary>One response of a firing on its way to an outcome. Values were taken when the rule fired.</summary>
internal sealed class Effect
{
    /// <summary>The outcome of what could not be told whom to act on: nothing becomes of it.</summary>
    public const string Fault = "fault";

    public required RuleAction Action { get; init; }
    public required RuleSymbol Rule { get; init; }
    public required EntityKey? Target { get; init; }
    /// <summary>Where the effect goes: into the enforced state or into the overlay.</summary>
    public required Sight Sight { get; init; }
    /// <summary>Points of a score, value of an entry, arguments of a response.</summary>
    public IReadOnlyList<object?> Values { get; init; } = [];
    public IReadOnlyList<(string Name, string Value)> Arguments { get; init; } = [];
    /// <summary>How long what it does lasts; null: without end.</summary>
    public long? For { get; init; }
    /// <summary>shadow, not_sampled or holdout where it goes to the overlay; decided later for the others.</summary>
    public string? Outcome { get; set; }
}

/// <summary>A response that waits, with the decision that asked for it.</summary>
internal sealed record Delayed(long Due, Effect Effect, OracleDecision Decision);
