using PolicyEngine.Oracle.Values;

namespace PolicyEngine.Oracle;

/// <summary>One response of a decision. <paramref name="Entity"/> is null where it acts on no entity; an event has the type `event`.</summary>
public sealed record OracleResponse(string Action, EntityKey? Entity, IReadOnlyList<(string Name, string Value)> Arguments, string Outcome);

/// <summary>A part of `when` as it was decided: kind is and, or, not, at_least or test.</summary>
/// <param name="Holds">Null: it cannot be told.</param>
public sealed record OracleClause(string Kind, string Text, bool? Holds, IReadOnlyList<OracleClause> Parts);

/// <summary>A step and the ids of its events: one, of repeats the first and the last, none for what did not come.</summary>
public sealed record OracleStep(string Name, IReadOnlyList<string> Events);

/// <summary>A decision as it must leave the engine, without its ids and hashes.</summary>
public sealed record OracleDecision
{
    public required long Time { get; init; }
    /// <summary>The event in hand; null for timers.</summary>
    public required string? Event { get; init; }
    public required string Pack { get; init; }
    public required string Rule { get; init; }
    public required string Stage { get; init; }
    public required int Stratum { get; init; }
    public required string KeyType { get; init; }
    /// <summary>The parts of the key as texts, in order.</summary>
    public required IReadOnlyList<string> Key { get; init; }
    public required IReadOnlyList<OracleResponse> Responses { get; init; }
    public required string Because { get; init; }
    /// <summary>Values read, by the names they are shown under; null is missing. Numbers are long or double.</summary>
    public required IReadOnlyDictionary<string, object?> Values { get; init; }
    public required OracleClause? Clauses { get; init; }
    /// <summary>What met the steps of a sequence or an absence, in their order.</summary>
    public IReadOnlyList<OracleStep> Steps { get; init; } = [];
    public required long SuppressedBefore { get; init; }
    public bool Late { get; init; }
    public IReadOnlyList<string> Warming { get; init; } = [];
}

/// <summary>What the oracle makes of a log.</summary>
public sealed record OracleResult(IReadOnlyList<OracleDecision> Decisions, Log.LogCounters Counters)
{
    /// <summary>Applied events times rules that were asked: how much the comparison covered.</summary>
    public long EventDecisions { get; init; }
}
