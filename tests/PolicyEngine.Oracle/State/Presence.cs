namespace PolicyEngine.Oracle.State;

/// <summary>What enforced rules did, or what shadow rules did too (J1).</summary>
public enum Sight { Enforced, Shadow }

/// <summary>Something that is there on [Added, End); no End: for ever.</summary>
internal sealed record Grant(long Added, long? End)
{
    public bool Holds(long now) => End is null || now < End;

    /// <summary>The later of two ends, none being the latest.</summary>
    public static long? Later(long? a, long? b) => a is null || b is null ? null : Math.Max(a.Value, b.Value);
}

/// <summary>
/// A label on an entity or an entry of a list, in both views: the enforced grant, the grant of the overlay, and when each was last
/// given or taken. An overlay removal hides the enforced grant until that is given again.
/// </summary>
internal sealed record Presence(Grant? Enforced = null, Grant? Overlay = null, long EnforcedAt = -1, long OverlayRemovedAt = -1)
{
    /// <summary>The `added` of what is in force, the earlier of two; null when it is not there.</summary>
    public long? Since(Sight sight, long now)
    {
        var enforced = Enforced is { } e && e.Holds(now) ? e.Added : (long?)null;
        if (sight == Sight.Enforced) return enforced;
        if (OverlayRemovedAt > EnforcedAt) enforced = null;
        var overlay = Overlay is { } o && o.Holds(now) ? o.Added : (long?)null;
        return enforced is null || overlay is null ? enforced ?? overlay : Math.Min(enforced.Value, overlay.Value);
    }

    public bool Has(Sight sight, long now) => Since(sight, now) is not null;

    public Presence Add(Sight sight, long now, long? end, long order) => sight == Sight.Enforced
        ? this with { Enforced = Renew(Enforced, now, end), EnforcedAt = order }
        : this with { Overlay = Renew(Overlay, now, end) };

    public Presence Remove(Sight sight, long order) => sight == Sight.Enforced
        ? this with { Enforced = null, Overlay = null }
        : this with { Overlay = null, OverlayRemovedAt = order };

    /// <summary>Two of the same: since the earlier adding, up to the later end; what was here is hidden only if it was.</summary>
    public Presence Unite(Presence other, long now)
    {
        var hidden = OverlayRemovedAt > EnforcedAt || (other.OverlayRemovedAt > other.EnforcedAt && !(Enforced is { } own && own.Holds(now)));
        var last = Math.Max(EnforcedAt, other.EnforcedAt);
        return new Presence(Unite(Enforced, other.Enforced, now), Unite(Overlay, other.Overlay, now), last, hidden ? last + 1 : -1);
    }

    private static Grant? Unite(Grant? a, Grant? b, long now) =>
        b is null || !b.Holds(now) ? a : a is null || !a.Holds(now) ? b : new Grant(Math.Min(a.Added, b.Added), Grant.Later(a.End, b.End));

    private static Grant Renew(Grant? old, long now, long? end) =>
        old is not null && old.Holds(now) ? old with { End = Grant.Later(old.End, end) } : new Grant(now, end);
}
