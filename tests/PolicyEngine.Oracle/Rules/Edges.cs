using PolicyEngine.Language.Model;

namespace PolicyEngine.Oracle.Rules;

/// <summary>What is remembered of one rule and key (C3).</summary>
internal sealed record EdgeState(IReadOnlyList<object> Key)
{
    public bool Held { get; init; }
    public long? LastSample { get; init; }
    public long? LastFired { get; init; }
    public long Suppressed { get; init; }
}

/// <summary>The edges of all rules, replayed sample by sample.</summary>
internal sealed class Edges
{
    private const long Day = 86_400_000;
    private readonly Dictionary<(RuleSymbol Rule, string Key), EdgeState> _states = [];

    /// <summary>Takes one sample; the number of suppressed ones before it when the rule fires, null when it does not.</summary>
    public long? Sample(RuleSymbol rule, IReadOnlyList<object> key, bool condition, Func<bool> rearm, long now)
    {
        var id = (rule, Values.Evaluator.Canonical(key));
        var state = _states.GetValueOrDefault(id) ?? new EdgeState(key);
        var hasEdge = rule.Trigger is KeyedTrigger or EveryTrigger;
        var held = hasEdge && state.Held;
        if (held && now - state.LastSample >= Horizon(rule)) held = false;
        if (held && (rule.Rearm is null ? !condition : rearm())) held = false;
        var cooling = rule.Once is { } once && state.LastFired is { } last && now - last < once;
        var fires = condition && !cooling && (!held || rule.Once is not null);
        _states[id] = state with
        {
            Held = hasEdge && (held || condition),
            LastSample = now,
            LastFired = fires ? now : state.LastFired,
            Suppressed = fires ? 0 : state.Suppressed + (condition ? 1 : 0),
        };
        return fires ? state.Suppressed : null;
    }

    /// <summary>Two groups become one (F9): held if either was, cooling since the later firing.</summary>
    public void Merge(LinkSymbol link, State.Sight sight, Values.EntityKey gone, Values.EntityKey kept)
    {
        foreach (var ((rule, key), lost) in _states.Where(s => s.Key.Key == Values.Evaluator.Canonical([gone])).ToList())
        {
            var shadow = rule.Metadata.Stage == Stage.Shadow;
            if (KeysOf(rule.Trigger) is not [{ Type.Link: { } of }] || of != link || shadow != (sight == State.Sight.Shadow)) continue;
            var id = (rule, Values.Evaluator.Canonical([kept]));
            var state = _states.GetValueOrDefault(id) ?? new EdgeState([kept]);
            _states[id] = state with
            {
                Held = state.Held || lost.Held,
                LastSample = Later(state.LastSample, lost.LastSample),
                LastFired = Later(state.LastFired, lost.LastFired),
                Suppressed = state.Suppressed + lost.Suppressed,
            };
            _states.Remove((rule, key));
        }
    }

    private static long? Later(long? a, long? b) => a is null || b is null ? a ?? b : Math.Max(a.Value, b.Value);

    private static IReadOnlyList<KeyPart> KeysOf(Trigger trigger) => trigger switch
    {
        KeyedTrigger keyed => keyed.Keys,
        EveryTrigger every => every.Keys,
        _ => [],
    };

    public IEnumerable<IReadOnlyList<object>> Held(RuleSymbol rule) =>
        _states.Where(s => s.Key.Rule == rule && s.Value.Held).Select(s => s.Value.Key);

    /// <summary>The longest span that the condition reads, a day at least.</summary>
    private static long Horizon(RuleSymbol rule) => Reads.Condition(rule).SelectMany(Reads.Of).OfType<MeasureRead>()
        .Select(r => r.Measure.Window.Kind == WindowKind.Session ? Day : r.Measure.Window.Length + r.Measure.Window.Ending)
        .Concat(Reads.Condition(rule).SelectMany(Reads.Of).OfType<GroupRead>().Select(r => r.Link.Length)).Append(Day).Max();
}
