using PolicyEngine.Language.Model;
using PolicyEngine.Oracle.Log;
using PolicyEngine.Oracle.State;
using PolicyEngine.Oracle.Values;

namespace PolicyEngine.Oracle.Rules;

/// <summary>`on every D per K` (C8): instants at multiples of D, for keys with an event since the last one and those held.</summary>
internal sealed class Ticker(Strata strata, World world, Evaluator evaluator, Edges edges)
{
    private readonly List<Clockwork> _rules = [.. strata.Rules.Where(r => r.Trigger is EveryTrigger).Select(r => new Clockwork(r))];

    private sealed class Clockwork(RuleSymbol rule)
    {
        public RuleSymbol Rule { get; } = rule;
        public EveryTrigger Trigger { get; } = (EveryTrigger)rule.Trigger;

        /// <summary>The measures that tell which keys to visit.</summary>
        public List<MeasureSymbol> Measures { get; } = [.. Reads.Condition(rule).Concat(Reads.Texts(rule)).SelectMany(Reads.Of)
            .OfType<MeasureRead>().Select(r => r.Measure).Distinct()
            .Where(m => !Links.Groups.IsOfMembers(m) && !Links.Groups.IsPerGroup(m) && m.Keys.Select(k => k.Text).SequenceEqual(((EveryTrigger)rule.Trigger).Keys.Select(k => k.Text)))];

        public Dictionary<string, IReadOnlyList<object>> Seen { get; } = [];
        public long? Next { get; set; }
    }

    public long? Next => _rules.Select(r => r.Next).Min();

    public void Saw(LoggedEvent e)
    {
        foreach (var rule in _rules)
        {
            rule.Next ??= (Value.FloorDivide(e.Applied, rule.Trigger.Every) + 1) * rule.Trigger.Every;
            var sight = rule.Rule.Metadata.Stage == Stage.Shadow ? Sight.Shadow : Sight.Enforced;
            foreach (var measure in rule.Measures.Where(m => world.Measures.Of(m, sight) is [.., var last] && last.Position == world.Position))
                if (evaluator.Key(measure.Keys, new Scope(e, [], sight, e.Applied)) is { } key) rule.Seen[Evaluator.Canonical(key)] = key;
        }
    }

    /// <summary>The keys that every rule due at this time visits, in byte order; from here on nothing was seen.</summary>
    public Dictionary<RuleSymbol, List<IReadOnlyList<object>>> Take(long now)
    {
        var due = new Dictionary<RuleSymbol, List<IReadOnlyList<object>>>();
        foreach (var rule in _rules.Where(r => r.Next == now))
        {
            if (rule.Trigger.Keys is [{ Type.Link: { } link }])
            {
                var sight = rule.Rule.Metadata.Stage == Stage.Shadow ? Sight.Shadow : Sight.Enforced;
                due[rule.Rule] = [.. world.Groups.Of(link, sight).Ids.Select(IReadOnlyList<object> (id) => [new EntityKey(link.Name, id)])];
                rule.Next = now + rule.Trigger.Every;
                continue;
            }
            foreach (var held in edges.Held(rule.Rule)) rule.Seen[Evaluator.Canonical(held)] = held;
            due[rule.Rule] = [.. rule.Seen.Values.OrderBy(k => k, ByteOrder)];
            rule.Seen.Clear();
            rule.Next = now + rule.Trigger.Every;
        }
        return due;
    }

    public static IComparer<IReadOnlyList<object>> ByteOrder { get; } = Comparer<IReadOnlyList<object>>.Create(Compare);

    private static int Compare(IReadOnlyList<object> a, IReadOnlyList<object> b) =>
        a.Zip(b, (x, y) => Value.CompareBytes(Value.KeyText(x), Value.KeyText(y))).FirstOrDefault(order => order != 0);
}
