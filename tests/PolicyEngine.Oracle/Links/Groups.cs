using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Oracle.Measures;
using PolicyEngine.Oracle.Rules;
using PolicyEngine.Oracle.State;
using PolicyEngine.Oracle.Values;

namespace PolicyEngine.Oracle.Links;

/// <summary>The groups of all links in both views, and what measures over them and around values come to (F7, F8, F14).</summary>
internal sealed class Groups
{
    private static readonly Sight[] Sights = [Sight.Enforced, Sight.Shadow];
    private readonly World _world;
    private readonly Evaluator _evaluator;
    private readonly Edges _edges;
    private readonly Dictionary<(LinkSymbol Link, Sight Sight), GroupHistory> _histories;
    private long _now;

    public Groups(World world, Evaluator evaluator, Edges edges)
    {
        _world = world;
        _evaluator = evaluator;
        _edges = edges;
        _histories = world.Model.Links.SelectMany(l => Sights.Select(s => (l, s))).ToDictionary(k => k, k => New(k.l, k.s));
    }

    public GroupHistory Of(LinkSymbol link, Sight sight) => _histories[(link, sight)];

    public long? NextBoundary => _histories.Values.Min(h => h.NextBoundary);

    public void RunBoundaries(long now)
    {
        _now = now;
        foreach (var history in _histories.Values.Where(h => h.NextBoundary == now)) history.Boundary(now);
    }

    /// <summary>What an event ties, before any measure or rule sees it (B1).</summary>
    public void Enter(Scope scope)
    {
        _now = scope.Now;
        foreach (var history in _histories.Values) history.BeginInstant();
        foreach (var sight in Sights)
        {
            foreach (var link in _world.Model.Links)
                for (var way = 0; way < link.Ways.Count; way++) Enter(link, way, scope with { Sight = sight });
            foreach (var measure in _world.Model.Measures.Where(m => m.Around is not null)) Enter(measure, scope with { Sight = sight });
        }
    }

    /// <summary>Without an event nobody joins.</summary>
    public void EnterNothing(long now)
    {
        _now = now;
        foreach (var history in _histories.Values) history.BeginInstant();
    }

    public object? Measure(MeasureSymbol measure, IReadOnlyList<object> key, Scope scope)
    {
        if (measure.Around is not null) return Around(measure, Evaluator.Canonical(key), scope);
        var link = measure.OverLink ?? measure.Keys[0].Type.Link!;
        var members = Of(link, scope.Sight).Members(((EntityKey)key[0]).Id);
        if (members.Count == 0) return null;
        if (measure.OverLink is null) return PerGroup(measure, [.. members.Select(m => Evaluator.Canonical([new EntityKey(link.Entity.Name, m)]))], scope);
        return OverMembers(measure, [.. members.Select(m => new EntityKey(link.Entity.Name, m))], scope);
    }

    /// <summary>Whether a measure is kept by its own rules, not under the key of an event.</summary>
    public static bool IsOfMembers(MeasureSymbol measure) => measure.OverLink is not null || measure.Around is not null;

    public static bool IsPerGroup(MeasureSymbol measure) => measure.Keys is [{ Type.Link: not null }] && measure.OverLink is null;

    private object? PerGroup(MeasureSymbol measure, HashSet<string> members, Scope scope)
    {
        var counted = _world.Measures.Of(measure, scope.Sight).Where(c => members.Contains(c.Key)).ToList();
        return Aggregates.Compute(measure, WindowSelection.Select(measure.Window, counted, scope.Now), scope.Now, _world.Position);
    }

    private object? Around(MeasureSymbol measure, string key, Scope scope)
    {
        var oldest = Value.FloorDivide(scope.Now, measure.Window.Step) - measure.Window.Length / measure.Window.Step;
        var members = _world.Measures.Of(measure, scope.Sight)
            .Where(c => c.Key == key && Value.FloorDivide(c.Time, measure.Window.Step) > oldest).Select(c => (EntityKey)c.Amount!).Distinct().ToList();
        return OverMembers(measure, members, scope);
    }

    /// <summary>Who bears a label is counted as it changes, and so is who is there; all else takes a look at each member.</summary>
    private static bool IsLookedAt(MeasureSymbol measure) =>
        measure.Aggregate is not (Aggregate.Count or Aggregate.Share)
        || measure.Where is not (null or LabelTestExpression { Entity: MemberRead, OlderThan: null or 0 });

    private object? OverMembers(MeasureSymbol measure, List<EntityKey> members, Scope scope)
    {
        if (members.Count > _world.MembersLookedAt && IsLookedAt(measure))
        {
            _evaluator.Faulty = true;
            return null;
        }
        var looked = new List<Counted>();
        foreach (var member in members)
        {
            var one = scope with { Member = member };
            var holds = measure.Where is null || _evaluator.Holds(measure.Where, one);
            if (!holds && measure.Aggregate != Aggregate.Share) continue;
            looked.Add(new Counted(scope.Now, _world.Position, "", measure is { Amount: { } amount, Around: null } ? _evaluator.Of(amount, one) : null, holds));
        }
        return Aggregates.Compute(measure, looked, scope.Now, _world.Position);
    }

    private void Enter(LinkSymbol link, int index, Scope scope)
    {
        var way = link.Ways[index];
        if (Tied(way.Sources, way.Keys, way.Members, scope) is { } tied)
            Of(link, scope.Sight).Enter(new Borne(index, tied.Member.Id, tied.Value), scope.Now);
    }

    private void Enter(MeasureSymbol measure, Scope scope)
    {
        if (Tied(measure.Sources, measure.Keys, measure.Around!.Members, scope) is { } tied)
            _world.Measures.Of(measure, scope.Sight).Add(new Counted(scope.Now, _world.Position, tied.Value, tied.Member, true));
    }

    /// <summary>Absent, null and empty texts tie nobody (F1).</summary>
    private (EntityKey Member, string Value)? Tied(
        IReadOnlyList<EventSource> sources, IReadOnlyList<KeyPart> keys, IReadOnlyDictionary<EventSymbol, Expression> members, Scope scope)
    {
        if (!sources.Any(s => _evaluator.IsOf(s, scope)) || _evaluator.Key(keys, scope) is not { } parts) return null;
        if (parts.Any(p => p is "" or EntityKey { Id: "" })) return null;
        return members.TryGetValue(scope.Event!.Symbol, out var expression) && _evaluator.Of(expression, scope) is EntityKey member
            ? (member, Evaluator.Canonical(parts)) : null;
    }

    private GroupHistory New(LinkSymbol link, Sight sight) =>
        new(link, (label, member) => _world.Labels.Has(label, new EntityKey(link.Entity.Name, member), sight, _now))
        {
            Merged = (gone, kept, now) =>
            {
                Unite(link, gone, kept, now);
                _edges.Merge(link, sight, new EntityKey(link.Name, gone), new EntityKey(link.Name, kept));
            },
            SplitOff = (old, born, now) => Unite(link, old, born, now),
        };

    private void Unite(LinkSymbol link, string from, string to, long now)
    {
        foreach (var label in _world.Model.Labels.Where(l => l.Link == link)) _world.Labels.Unite(label, from, to, now);
    }
}
