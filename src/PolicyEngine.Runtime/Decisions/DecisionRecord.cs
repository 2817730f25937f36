using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>
/// One decision as it leaves the engine: the record as one line of UTF-8 JSON without its line feed (formats: <i>decision out</i>)
/// and the parts that stores index. Valid only during the call.
/// </summary>
public readonly ref struct DecisionRecord
{
    public required ReadOnlySpan<byte> Json { get; init; }
    /// <summary>`d_…`, UTF-8.</summary>
    public required ReadOnlySpan<byte> Id { get; init; }
    /// <summary>τ in milliseconds since the epoch.</summary>
    public required long Time { get; init; }
    public required RulePlan Rule { get; init; }
    /// <summary>The id of the event behind it; empty for `on every`.</summary>
    public required ReadOnlySpan<byte> EventId { get; init; }
    /// <summary>Name of the key's (first) part: `account`; `event` for `on each`.</summary>
    public required string KeyType { get; init; }
    public required ReadOnlySpan<byte> KeyId { get; init; }
    /// <summary>One entry per response, in the order of the record.</summary>
    public required ReadOnlySpan<ResponseOutcome> Responses { get; init; }
}

public enum Outcome : byte { CarriedOut, Shadow, NotSampled, Holdout, Held, Overridden, Already, Scheduled, Protected, Fault }

/// <summary>A response of a decision. The entity is a handle of its domain; <see cref="EntityId"/> gives its bytes while the record lives.</summary>
public readonly record struct ResponseOutcome(ActionPlan Action, int Domain, int Entity, Outcome Outcome, ReadOnlyMemory<byte> EntityId);

/// <summary>Where decisions go. Called in the order of decisions, from one thread, inside the engine's sequential stage.</summary>
public interface IDecisionSink
{
    void Write(in DecisionRecord record);
}
