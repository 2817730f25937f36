namespace PolicyEngine.Runtime;

/// <summary>A case that a rule opened for a group of a link (I8). Times in milliseconds since 1970-01-01 UTC.</summary>
/// <param name="Id">`c_` and 16 hexadecimal digits of SHA-256 over the rule's id and the id that the group had when it was opened.</param>
/// <param name="Rule">Pack and first name of the rule.</param>
/// <param name="Closed">When it was merged into <paramref name="MergedInto"/>; null while it is open.</param>
/// <param name="Members">Ids of all that were in its group while it was open, in the order of their bytes.</param>
public sealed record CaseFacts(string Id, string Rule, string Link, long Opened, long? Closed, string? MergedInto, IReadOnlyList<string> Members);
