namespace PolicyEngine.Runtime.State;

/// <summary>Something that is there on [Added, End).</summary>
internal readonly record struct Interval(long Added, long End)
{
    public static readonly Interval Never = new(long.MinValue, long.MinValue);

    public bool Holds(long tau, long olderThan) => Added <= tau && tau < End && tau - Added >= olderThan;

    /// <summary>The first time after τ at which <see cref="Holds"/> may say otherwise than at τ.</summary>
    public long TurnsAfter(long tau, long olderThan)
    {
        if (End <= tau) return long.MaxValue;
        return tau - Added < olderThan ? Math.Min(End, Added + olderThan) : End;
    }

    /// <summary>Whether it lasted up to exactly τ.</summary>
    public bool EndsAt(long tau) => End == tau && Added < tau;

    /// <summary>Nobody can ask for it any more: even the millisecond before τ is after its end.</summary>
    public bool IsOver(long tau) => End < tau;

    /// <summary>Two of the same: since the earlier adding, up to the later end.</summary>
    public Interval Unite(Interval other, long tau) => !other.Holds(tau, 0) ? this
        : Holds(tau, 0) ? new Interval(Math.Min(Added, other.Added), Math.Max(End, other.End)) : other;

    /// <summary>Given or renewed: the later end stays, and so does the first adding while it lasts (I1).</summary>
    public Interval Grant(long tau, long end) => Holds(tau, 0) ? this with { End = Math.Max(End, end) } : new Interval(tau, end);
}
