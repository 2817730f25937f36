using PolicyEngine.Language.Model;
using PolicyEngine.Oracle.State;
using PolicyEngine.Oracle.Values;

namespace PolicyEngine.Oracle.Rules;

/// <summary>
/// Carries effects out: labels, scores and lists when a stratum ends (B5), responses when the instant ends (I5), delayed ones when
/// they are due (I7).
/// </summary>
internal sealed class EffectRunner(World world)
{
    private readonly Responses _responses = new();
    private readonly ResponseLimits _limits = new();
    private readonly List<(long Due, Effect Effect)> _delayed = [];

    public long? NextDue => _delayed.Count == 0 ? null : _delayed.Min(d => d.Due);

    /// <summary>What rules of one stratum did to labels, scores and lists: additions first, so that a removal beats them.</summary>
    public void EndStratum(IReadOnlyList<Firing> firings, long now)
    {
        var effects = firings.SelectMany(f => f.Effects).Where(e => e.Action.Act is not ResponseAct).ToList();
        var admitted = effects.Where(e => Admit(e, now)).ToList();
        Apply(admitted, now);
    }

    /// <summary>Responses of the instant, the strongest first; what is carried out stands in the way of the weaker.</summary>
    public void EndInstant(IReadOnlyList<Firing> firings, long now)
    {
        foreach (var effect in firings.SelectMany(f => f.Effects).Where(e => e.Action.Act is ResponseAct).OrderBy(Rank))
            Respond(effect, now);
    }

    /// <summary>All responses due at this time, as one instant.</summary>
    public void RunDue(long now)
    {
        var due = _delayed.Where(d => d.Due == now).Select(d => d.Effect).ToList();
        _delayed.RemoveAll(d => d.Due == now);
        Apply([.. due.Where(e => e.Action.Act is not ResponseAct)], now);
        foreach (var effect in due.Where(e => e.Action.Act is ResponseAct && e.Sight == Sight.Enforced).OrderBy(Rank))
        {
            var demand = DemandOf(effect, now);
            if (_responses.Obstacle(demand, now) is null) _responses.CarryOut(demand, now);
        }
    }

    private static int Rank(Effect effect) =>
        effect.Action.Act is ResponseAct { Response.Also: false } act ? act.Response.Rank : int.MaxValue;

    /// <summary>Whether an effect on labels, scores or lists happens now; sets its outcome.</summary>
    private bool Admit(Effect effect, long now)
    {
        var renewal = effect is { Action.Act: LabelAct label, Target: { } target } && world.Labels.Has(label.Label, target, Sight.Enforced, now);
        if (effect.Outcome is null && !Within(effect, renewal, now)) return false;
        return !Delay(effect, now);
    }

    private bool Within(Effect effect, bool renewal, long now)
    {
        if (!renewal && _limits.IsReached(effect.Action, now))
        {
            effect.Outcome = "held";
            return false;
        }
        if (!renewal) _limits.Count(effect.Action, now);
        effect.Outcome = effect.Action.After is null ? "carried_out" : "scheduled";
        return true;
    }

    private bool Delay(Effect effect, long now)
    {
        if (effect.Action.After is not { } after) return false;
        if (effect.Action.AfterTo is not null) throw new NotSupportedException("a jitter needs the decision's id");
        _delayed.Add((now + after, effect));
        return true;
    }

    private void Respond(Effect effect, long now)
    {
        if (effect.Outcome is not null) return;
        var demand = DemandOf(effect, now);
        if (effect.Action.After is not null)
        {
            if (Within(effect, false, now)) Delay(effect, now);
            return;
        }
        effect.Outcome = _responses.Obstacle(demand, now);
        if (effect.Outcome is null && Within(effect, _responses.IsRenewal(demand, now), now)) _responses.CarryOut(demand, now);
    }

    private static Demand DemandOf(Effect effect, long now)
    {
        var act = (ResponseAct)effect.Action.Act;
        var others = effect.Arguments.Where(a => !act.Response.Parameters.Any(p => p.Preposition == a.Name && IsEnd(p)));
        return new Demand(act.Response, effect.Target!, string.Join('\u0001', others.Select(a => $"{a.Name} {a.Value}")), now + effect.For);
    }

    private static bool IsEnd(ResponseParameter parameter) => parameter is { Preposition: "for", Type.Kind: TypeKind.Duration };

    private void Apply(List<Effect> effects, long now)
    {
        foreach (var effect in effects) Add(effect, now, ++world.Order);
        foreach (var effect in effects) Remove(effect, ++world.Order);
    }

    private void Add(Effect effect, long now, long order)
    {
        switch (effect.Action.Act)
        {
            case LabelAct act:
                world.Labels.Add(act.Label, effect.Target!, effect.Sight, now, now + effect.For, order);
                break;
            case AddScoreAct act when !Value.IsMissing(effect.Values[0]):
                world.Scores.Add(act.Score, effect.Target!, effect.Sight, ExactNumber.ToMillionths(effect.Values[0]!), now, world.Position);
                break;
            case AddEntryAct act when !Value.IsMissing(effect.Values[0]):
                world.Lists.Add(act.List, effect.Values[0]!, effect.Sight, now, now + effect.For, order);
                break;
        }
    }

    private void Remove(Effect effect, long order)
    {
        switch (effect.Action.Act)
        {
            case UnlabelAct act:
                world.Labels.Remove(act.Label, effect.Target!, effect.Sight, order);
                break;
            case RemoveEntryAct act when !Value.IsMissing(effect.Values[0]):
                world.Lists.Remove(act.List, effect.Values[0]!, effect.Sight, order);
                break;
        }
    }
}
