namespace PolicyEngine.Runtime;

/// <summary>How far the steps of a rule have come for the key whose event it saw last.</summary>
/// <param name="Key">As a decision names it.</param>
/// <param name="Met">Events met by the sequences that are open, the furthest first; of how many.</param>
/// <param name="Waits">The step that the furthest waits for.</param>
/// <param name="Due">When the deadline of an absence is, milliseconds; null when nothing is pending.</param>
public sealed record SequenceStanding(string Key, IReadOnlyList<int> Met, int Of, string Waits, long? Due);
