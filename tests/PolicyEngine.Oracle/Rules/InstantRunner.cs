using PolicyEngine.Language.Model;
using PolicyEngine.Oracle.Log;
using PolicyEngine.Oracle.Measures;
using PolicyEngine.Oracle.State;
using PolicyEngine.Oracle.Values;
using Aggregate = PolicyEngine.Language.Syntax.Aggregate;

namespace PolicyEngine.Oracle.Rules;

/// <summary>What happens at one place in the log: an event, or all due timers of one kind (A9).</summary>
internal sealed record Instant(long Now, LoggedEvent? Event = null)
{
    public bool LabelsEnd { get; init; }
    public Delayed? Delayed { get; init; }
    /// <summary>The keys that each due `on every` rule visits.</summary>
    public IReadOnlyDictionary<RuleSymbol, List<IReadOnlyList<object>>>? Ticks { get; init; }
    /// <summary>The keys of each absence whose deadline this is.</summary>
    public IReadOnlyDictionary<RuleSymbol, List<Completed>>? Deadlines { get; init; }
}

/// <summary>Runs one instant: measures and rules stratum by stratum, then responses, then the records (B1).</summary>
internal sealed class InstantRunner(World world, Evaluator evaluator, Strata strata, Recorder recorder, EffectRunner effects, Edges edges, Sequences sequences)
{
    private static readonly Sight[] Sights = [Sight.Enforced, Sight.Shadow];
    private readonly ILookup<int, RuleSymbol> _rules = strata.Rules.ToLookup(strata.Of);
    private readonly ILookup<int, MeasureSymbol> _measures = Strata.InOrder(world.Model.Measures).ToLookup(strata.Of);
    private readonly int _top = strata.Rules.Select(strata.Of).DefaultIfEmpty(0).Max();

    public IEnumerable<OracleDecision> Run(Instant instant)
    {
        world.Position++;
        world.Fired.Clear();
        world.Labels.Begin(instant.Now, instant.LabelsEnd);
        if (instant.Event is { } e)
        {
            e.Position = world.Position;
            if (!e.Late) world.Applied.Add(e);
            if (!e.Late) world.Began ??= instant.Now;
        }
        if (instant.Event is { Late: false } on) world.Groups.Enter(new Scope(on, [], Sight.Enforced, instant.Now));
        else world.Groups.EnterNothing(instant.Now);
        var late = Run(instant.Delayed, instant.Now);
        var firings = new List<Firing>();
        for (var stratum = 0; stratum <= _top + 1; stratum++)
        {
            if (instant.Event is { Late: false }) Count(_measures[stratum], instant);
            var fired = _rules[stratum].SelectMany(rule => Ask(rule, instant)).ToList();
            effects.EndStratum(fired, instant.Now);
            foreach (var firing in fired) Mark(firing);
            firings.AddRange(fired);
        }
        effects.EndInstant(firings, instant.Now);
        effects.Schedule(firings, instant.Now);
        return late.Concat(firings.Select(f => f.Decision with { Responses = [.. f.Effects.Select(Response)] }))
            .OrderBy(d => d.Stratum).ThenBy(d => d.Pack, Strata.Bytes).ThenBy(d => d.Rule, Strata.Bytes);
    }

    private List<OracleDecision> Run(Delayed? delayed, long now)
    {
        if (delayed is null) return [];
        effects.Run(delayed.Effect, now);
        if (delayed.Effect.Sight == Sight.Shadow) return [];
        var warming = recorder.Warming(delayed.Effect.Rule, now);
        return [delayed.Decision with { Time = now, Late = false, Warming = warming, Responses = [Response(delayed.Effect)] }];
    }

    private static OracleResponse Response(Effect effect) => new(Verb(effect.Action.Act), effect.Target, effect.Arguments, effect.Outcome!);

    private static string Verb(Act act) => act switch
    {
        ObserveAct => "observe",
        LabelAct => "label",
        UnlabelAct => "unlabel",
        AddScoreAct or AddEntryAct => "add",
        RemoveEntryAct => "remove",
        OpenCaseAct => "open_case",
        ResponseAct response => response.Response.Name,
        _ => throw new NotSupportedException(act.GetType().Name),
    };

    /// <summary>Firings of shadow rules exist in the shadow view only (B9).</summary>
    private void Mark(Firing firing)
    {
        world.Fired.Add((firing.Rule, Sight.Shadow));
        if (SightOf(firing.Rule) == Sight.Enforced) world.Fired.Add((firing.Rule, Sight.Enforced));
    }

    private static Sight SightOf(RuleSymbol rule) => rule.Metadata.Stage == Stage.Shadow ? Sight.Shadow : Sight.Enforced;

    private void Count(IEnumerable<MeasureSymbol> measures, Instant instant)
    {
        foreach (var measure in measures.Where(m => !Links.Groups.IsOfMembers(m)))
            foreach (var sight in Sights)
                if (Counted(measure, new Scope(instant.Event, [], sight, instant.Now)) is { } counted)
                    world.Measures.Of(measure, sight).Add(counted);
    }

    private Counted? Counted(MeasureSymbol measure, Scope scope)
    {
        if (!measure.Sources.Any(s => evaluator.IsOf(s, scope))) return null;
        if (KeyOf(measure, scope) is not { } parts) return null;
        var key = Evaluator.Canonical(parts);
        scope = scope with { Gap = world.Measures.Gap(measure, key, scope.Sight, scope.Now) };
        var holds = measure.Where is null || evaluator.Holds(measure.Where, scope);
        if (!holds && measure.Aggregate != Aggregate.Share) return null;
        var amount = measure.Amount is null ? null : evaluator.Of(measure.Amount, scope);
        return new Counted(scope.Now, world.Position, key, amount, holds);
    }

    /// <summary>What a group's measure counts is kept for each member: who belongs to the group is asked when it is read (F7).</summary>
    private IReadOnlyList<object>? KeyOf(MeasureSymbol measure, Scope scope)
    {
        if (!Links.Groups.IsPerGroup(measure)) return evaluator.Key(measure.Keys, scope);
        return measure.Keys[0].ByEvent.TryGetValue(scope.Event!.Symbol, out var group) && evaluator.Of(((GroupRead)group).Member, scope) is EntityKey member
            ? [member] : null;
    }

    private IEnumerable<Firing> Ask(RuleSymbol rule, Instant instant)
    {
        var scope = new Scope(instant.Event, [], SightOf(rule), instant.Now);
        return rule.Trigger switch
        {
            EachTrigger each => Each(rule, each, scope, instant),
            KeyedTrigger keyed => Keyed(rule, keyed, scope, instant),
            // Rules upon labels see the entity, never the event behind the label (B7).
            LabelTrigger label => world.Labels.Changed(label.Label, label.Added, scope.Sight, instant.Now)
                .Select(entity => Sample(rule, scope with { Key = [entity] }, [entity], instant)).OfType<Firing>(),
            SequenceTrigger when instant.Event is { Late: false } =>
                sequences.Of(rule).Offer(scope) is { } completed && After(rule, completed, scope, instant) is { } firing ? [firing] : [],
            AbsenceTrigger => Absence(rule, scope, instant),
            JoinTrigger joins when instant.Event is { Late: false } => world.Groups.Of(joins.Link, scope.Sight).Joined
                .Select(member => new EntityKey(joins.Link.Entity.Name, member))
                .Select(member => Sample(rule, scope with { Event = null, Key = [member] }, [member], instant)).OfType<Firing>(),
            _ when instant.Ticks is { } ticks && ticks.TryGetValue(rule, out var keys) =>
                keys.Select(key => Sample(rule, scope with { Key = key }, key, instant)).OfType<Firing>(),
            _ => [],
        };
    }

    private List<Firing> Absence(RuleSymbol rule, Scope scope, Instant instant)
    {
        if (instant.Event is { Late: false }) sequences.Absence(rule).Offer(scope);
        if (instant.Deadlines is not { } deadlines || !deadlines.TryGetValue(rule, out var due)) return [];
        return [.. due.Select(d => After(rule, d, scope with { Key = d.Key, Behind = d.Met[0].Event }, instant)).OfType<Firing>()];
    }

    /// <summary>All steps have come, or not come.</summary>
    private Firing? After(RuleSymbol rule, Completed completed, Scope scope, Instant instant) =>
        Sample(rule, scope with { Kept = completed.Kept }, completed.Key, instant, Sequences.Shown(rule, completed));

    private IEnumerable<Firing> Each(RuleSymbol rule, EachTrigger trigger, Scope scope, Instant instant)
    {
        if (scope.Event is not { } e || (e.Late && !LateRules.Sees(rule, trigger))) return [];
        if (!trigger.Sources.Any(s => evaluator.IsOf(s, scope))) return [];
        return Sample(rule, scope, [new EntityKey("event", e.Id)], instant) is { } firing ? [firing] : [];
    }

    private IEnumerable<Firing> Keyed(RuleSymbol rule, KeyedTrigger trigger, Scope scope, Instant instant)
    {
        if (scope.Event is not { Late: false } || !trigger.Sources.Any(s => evaluator.IsOf(s, scope))) return [];
        if (!rule.When.Where(c => c.IsFilter).All(c => evaluator.Holds(c.Condition, scope))) return [];
        return evaluator.Key(trigger.Keys, scope) is { } key && Sample(rule, scope, key, instant) is { } firing ? [firing] : [];
    }

    private Firing? Sample(RuleSymbol rule, Scope scope, IReadOnlyList<object> key, Instant instant, IReadOnlyList<OracleStep>? steps = null)
    {
        if ((Asked(rule, scope) ?? (rule.FailClosed ? true : null)) is not { } condition) return null;
        var suppressed = edges.Sample(rule, key, condition, () => evaluator.Holds(rule.Rearm!, scope), scope.Now);
        return suppressed is { } before ? recorder.Record(rule, scope, key, before, instant, steps ?? []) : null;
    }

    /// <summary>The condition without its exceptions; null where it cannot be told (L3).</summary>
    private bool? Asked(RuleSymbol rule, Scope scope)
    {
        var truths = rule.When.Select(c => evaluator.Judge(c.Condition, scope))
            .Concat(rule.Exceptions.Where(e => e.Until is not { } until || scope.Now < until).Select(e => !evaluator.Judge(e.When, scope))).ToList();
        return truths.Contains(false) ? false : truths.Contains(null) ? null : true;
    }
}
