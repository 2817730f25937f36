using PolicyEngine.Language.Model;
using PolicyEngine.Oracle.Values;

namespace PolicyEngine.Oracle.State;

/// <summary>An ordered or `also` response that a rule asks for.</summary>
internal sealed record Demand(ResponseSymbol Response, EntityKey Target, string Arguments, long? End);

/// <summary>Responses in force and their order of precedence (I5).</summary>
internal sealed class Responses
{
    private readonly List<(Demand Demand, Grant Grant)> _inForce = [];

    /// <summary>What the demand would meet now: `overridden`, `already`, or null when it is to be carried out.</summary>
    public string? Obstacle(Demand demand, long now)
    {
        if (demand.Response.Also) return null;
        if (_inForce.Exists(f => f.Grant.Holds(now) && Overrides(f.Demand, f.Grant.End, demand))) return "overridden";
        return Same(demand, now) is { End: null } ? "already" : null;
    }

    /// <summary>Whether carrying it out would only extend what is in force.</summary>
    public bool IsRenewal(Demand demand, long now) => !IsMoment(demand) && Same(demand, now) is not null;

    public void CarryOut(Demand demand, long now)
    {
        if (IsMoment(demand)) return;
        var at = _inForce.FindIndex(f => IsSame(f.Demand, demand) && f.Grant.Holds(now));
        if (at < 0) _inForce.Add((demand, new Grant(now, demand.End)));
        else _inForce[at] = (demand, _inForce[at].Grant with { End = Grant.Later(_inForce[at].Grant.End, demand.End) });
    }

    /// <summary>An `also` response without a duration is done and over: it is never in force.</summary>
    private static bool IsMoment(Demand demand) => demand is { Response.Also: true, End: null };

    private Grant? Same(Demand demand, long now) =>
        _inForce.Where(f => IsSame(f.Demand, demand) && f.Grant.Holds(now)).Select(f => f.Grant).FirstOrDefault();

    private static bool IsSame(Demand a, Demand b) => a.Response == b.Response && a.Target == b.Target && a.Arguments == b.Arguments;

    /// <summary>A stronger one that ends no earlier; `allow` whatever its end.</summary>
    private static bool Overrides(Demand strong, long? end, Demand weak) =>
        strong.Target == weak.Target && !strong.Response.Also && strong.Response.Rank < weak.Response.Rank
        && (strong.Response.Name == "allow" || end is null || (weak.End is { } weakEnd && end >= weakEnd));
}

/// <summary>`at most N per span` (I6): what each response of each rule carried out, but for renewals.</summary>
internal sealed class ResponseLimits
{
    private readonly List<(RuleAction Action, long Time)> _carriedOut = [];

    public bool IsReached(RuleAction action, long now) =>
        action.Limit is { } limit
        && _carriedOut.Count(c => ReferenceEquals(c.Action, action) && c.Time > now - action.LimitSpan) >= limit;

    public void Count(RuleAction action, long now) => _carriedOut.Add((action, now));
}
