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
    private readonly List<Delayed> _delayed = [];

    public long? NextDue => _delayed.Count == 0 ? null : _delayed.Min(d => d.Due);

    /// <summary>What rules of one stratum did to labels, scores and lists: additions first, so that a removal beats them.</summary>
    public void EndStratum(IReadOnlyList<Firing> firings, long now)
    {
        var effects = firings.SelectMany(f => f.Effects).Where(e => e.Action.Act is not ResponseAct && e.Outcome != Effect.Fault).ToList();
        var admitted = effects.Where(e => Admit(e, now)).ToList();
        Apply(admitted, now);
    }

    /// <summary>Responses of the instant, the strongest first; what is carried out stands in the way of the weaker.</summary>
    public void EndInstant(IReadOnlyList<Firing> firings, long now)
    {
        foreach (var effect in firings.SelectMany(f => f.Effects).Where(e => e.Action.Act is ResponseAct).OrderBy(Rank))
            Respond(effect, now);
    }

    /// <summary>The responses due at this time, in the order in which they were asked for; each is an instant of its own.</summary>
    public List<Delayed> TakeDue(long now)
    {
        var due = _delayed.FindAll(d => d.Due == now);
        _delayed.RemoveAll(d => d.Due == now);
        return due;
    }

    /// <summary>Carries out one delayed response or not. It leaves a record, unless it only reaches the overlay.</summary>
    public void Run(Effect effect, long now)
    {
        var isResponse = effect.Action.Act is ResponseAct;
        if (effect.Sight == Sight.Enforced && isResponse) Settle(effect, now);
        else if (!isResponse && (effect.Sight == Sight.Shadow || Within(effect, IsRenewal(effect, now), now))) Apply([effect], now);
    }

    /// <summary>Takes note of delayed responses once their decisions are made.</summary>
    public void Schedule(IReadOnlyList<Firing> firings, long now)
    {
        foreach (var firing in firings)
            foreach (var effect in firing.Effects.Where(e => e.Action.After is not null && e.Outcome != Effect.Fault))
                _delayed.Add(new Delayed(now + effect.Action.After!.Value, effect, firing.Decision));
    }

    private static int Rank(Effect effect) =>
        effect.Action.Act is ResponseAct { Response.Also: false } act ? act.Response.Rank : int.MaxValue;

    /// <summary>Whether an effect on labels, scores or lists happens now; sets its outcome.</summary>
    private bool Admit(Effect effect, long now)
    {
        if (effect.Action.AfterTo is not null) throw new NotSupportedException("a jitter needs the decision's id");
        if (effect.Action.After is not null)
        {
            effect.Outcome ??= "scheduled";
            return false;
        }
        return effect.Outcome is not null || Within(effect, IsRenewal(effect, now), now);
    }

    /// <summary>A label or an entry that is there already. Points are added each time.</summary>
    private bool IsRenewal(Effect effect, long now) => effect.Action.Act switch
    {
        LabelAct act => world.Labels.Has(act.Label, effect.Target!, Sight.Enforced, now),
        AddEntryAct act => world.Lists.Has(act.List, effect.Values[0]!, Sight.Enforced, now),
        _ => false,
    };

    private bool Within(Effect effect, bool renewal, long now)
    {
        if (!renewal && _limits.IsReached(effect.Action, now))
        {
            effect.Outcome = "held";
            return false;
        }
        if (!renewal) _limits.Count(effect.Action, now);
        effect.Outcome = "carried_out";
        return true;
    }

    private void Respond(Effect effect, long now)
    {
        if (effect.Outcome is not null) return;
        if (effect.Action.After is not null) effect.Outcome = "scheduled";
        else Settle(effect, now);
    }

    private void Settle(Effect effect, long now)
    {
        var demand = DemandOf(effect, now);
        effect.Outcome = _responses.Obstacle(demand, now);
        if (effect.Outcome is null && Within(effect, _responses.IsRenewal(demand, now), now)) _responses.CarryOut(demand, now);
    }

    private static Demand DemandOf(Effect effect, long now)
    {
        var act = (ResponseAct)effect.Action.Act;
        var others = effect.Arguments.Where(a => a.Name != "for");
        return new Demand(act.Response, effect.Target!, string.Join('\u0001', others.Select(a => $"{a.Name} {a.Value}")), now + effect.For);
    }

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
