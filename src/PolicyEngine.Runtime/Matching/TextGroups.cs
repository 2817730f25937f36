using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// The tests of a plan that share an index, by the text they look at. Where a text has few tests, each of them by itself is faster, and
/// there is no group.
/// </summary>
internal sealed class TextGroups
{
    /// <summary>Nanoseconds for a byte that an index takes, with what goes before.</summary>
    private const double CostOfIndex = 3;
    /// <summary>Texts this short may stand in others by chance.</summary>
    private const int ShortText = 6;
    private readonly TextSlot?[] _slots;
    private readonly List<TextGroup> _groups = [];
    private readonly int[] _uses;

    public TextGroups(PreparedNodes prepared)
    {
        _slots = new TextSlot?[prepared.Nodes.Length];
        _uses = UsesOf(prepared.Nodes);
        var needs = prepared.Nodes.Select(n => TextNeeds.Of(n, prepared)?.Indexed).OfType<TextNeed>();
        foreach (var group in needs.GroupBy(n => (Source: n.Node.Inputs[0], n.IgnoringCase)))
        {
            var members = group.ToArray();
            if (members.Sum(n => n.Cost) < CostOfIndex) continue;
            _groups.Add(Build(new TextGroup(prepared.Nodes[group.Key.Source], group.Key.IgnoringCase), members));
        }
    }

    public IReadOnlyList<TextGroup> All => _groups;

    /// <summary>The test of a node; null when no index helps with it.</summary>
    public TextSlot? Of(int node) => _slots[node];

    /// <summary>How many tests there are in all groups.</summary>
    public int Count { get; private set; }

    private TextGroup Build(TextGroup group, TextNeed[] needs)
    {
        var places = new Dictionary<Literal, int>(LiteralComparer.Instance);
        var literals = new List<Literal>();
        foreach (var literal in needs.SelectMany(n => n.Literals))
            if (places.TryAdd(literal, literals.Count)) literals.Add(literal);
        var index = new LiteralIndex(literals);
        var targets = literals.Select(_ => new List<TextSlot>()).ToArray();
        var slots = new List<TextSlot>();
        foreach (var need in needs)
        {
            var found = need.Literals.Select(l => places[l]).Where(l => index.Accepted[l]).ToArray();
            var isWhole = found.Length == need.Literals.Count;
            if (!isWhole && !(need.All && found.Length > 0)) continue;
            var slot = new TextSlot(Count++, need.Node.Id, group, need.All ? found.Length : 1, need.IsExact && isWhole);
            foreach (var literal in found) targets[literal].Add(slot);
            _slots[slot.Node] = slot;
            slots.Add(slot);
        }
        group.Take(index, slots, targets);
        foreach (var need in needs)
            if (_slots[need.Node.Id] is { } slot) slot.Weight = WeightOf(need, [.. need.Literals.Select(l => targets[places[l]])]);
        return group;
    }

    private double WeightOf(TextNeed need, List<TextSlot>[] askers)
    {
        var weights = need.Literals.Select((l, i) => askers[i].Sum(s => 1 + _uses[s.Node]) * (l.Text.Length < ShortText ? 4.0 : 1.0))
            .Where(w => w > 0);
        return need.All ? weights.Min() : weights.Sum();
    }

    /// <summary>How many nodes have each node as an input.</summary>
    private static int[] UsesOf(Plans.Node[] nodes)
    {
        var uses = new int[nodes.Length];
        foreach (var input in nodes.SelectMany(n => n.Inputs)) uses[input]++;
        return uses;
    }

    private sealed class LiteralComparer : IEqualityComparer<Literal>
    {
        public static LiteralComparer Instance { get; } = new();

        public bool Equals(Literal a, Literal b) => a.Test == b.Test && a.Text.AsSpan().SequenceEqual(b.Text);

        public int GetHashCode(Literal literal) => HashCode.Combine(literal.Test, ByteTextComparer.Instance.GetHashCode(literal.Text));
    }
}
