using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// One entry of a list: whether the policy's files name it, what was added or taken away since (enforced), and what shadow rules did on
/// top of that (J1). Ends are milliseconds, looked at when read (I3).
/// </summary>
public sealed class ListEntry
{
    internal ListEntry(Value value) => Value = value;

    public Value Value { get; }

    /// <summary>Named by the plan; an edit may still hide it.</summary>
    public bool InPlan { get; internal set; }

    /// <summary>What the plan says beside it; of an entry that is named twice, of the one that stays longer.</summary>
    public EntryFacts? Facts { get; internal set; }

    public ListEdit Enforced { get; internal set; }

    /// <summary>The last edit of each rule without effect.</summary>
    public IReadOnlyList<ListEdit> Shadow { get; internal set; } = [];

    public bool IsPresent(long tau, View view)
    {
        var enforced = (InPlan && !Enforced.Hides && !(Facts?.EndsAt <= tau)) || Enforced.AddsAt(tau);
        if (view == View.Enforced || Shadow.Count == 0) return enforced;
        return (enforced && !Shadow.Any(e => e.Hides)) || Shadow.Any(e => e.AddsAt(tau));
    }

    /// <summary>The edit that put it there, newest view first; default for an entry of the plan.</summary>
    public ListEdit Origin(long tau, View view)
    {
        var shadow = view == View.Shadow ? Shadow.LastOrDefault(e => e.AddsAt(tau)) : default;
        return shadow.AddsAt(tau) ? shadow : Enforced.AddsAt(tau) ? Enforced : default;
    }
}

/// <summary>
/// What was done to an entry in one view. <paramref name="Hides"/>: what lies beneath was removed. <paramref name="EndsAt"/>: it was
/// added until then; null: it was not added; <see cref="long.MaxValue"/>: without end.
/// </summary>
public readonly record struct ListEdit(bool Hides, long? EndsAt, string? Source, string? Reason)
{
    internal bool AddsAt(long tau) => EndsAt is { } end && tau < end;

    /// <summary>Added again: the later end stays.</summary>
    internal ListEdit Add(long endsAt, string? source, string? reason) =>
        EndsAt >= endsAt ? this : new(Hides, endsAt, source, reason);
}
