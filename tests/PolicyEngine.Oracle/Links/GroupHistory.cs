using System.Text;
using PolicyEngine.Language.Model;
using PolicyEngine.Oracle.Rules;
using PolicyEngine.Oracle.Values;
using PolicyEngine.Runtime.Links;

namespace PolicyEngine.Oracle.Links;

/// <summary>An edge: which way, whose, and the value that was borne.</summary>
internal sealed record Borne(int Way, string Member, string Value);

/// <summary>
/// The groups of one link in one view: which edges belong to the graph is made anew from the list of all edges (F4); kept are only what
/// F3 and F6 say is kept, which values are public and who has which id.
/// </summary>
internal sealed class GroupHistory(LinkSymbol link, Func<LabelSymbol, string, bool> hasLabel)
{
    private readonly Dictionary<Borne, long> _newest = [];
    private readonly HashSet<(int Way, string Value)> _public = [];
    private readonly Dictionary<string, long> _born = [];
    private HashSet<Borne> _graph = [];
    private Dictionary<string, string> _ids = [];
    private Dictionary<string, string> _before = [];
    private long? _cell;

    /// <summary>Told when one id is merged into another, or when the second was split off the first.</summary>
    public Action<string, string, long>? Merged { get; init; }

    public Action<string, string, long>? SplitOff { get; init; }

    /// <summary>The next multiple of the step, while there is anything that could end there.</summary>
    public long? NextBoundary => _cell is { } cell && Live(cell).Count > 0 ? (cell + 1) * link.Step : null;

    public string? IdOf(string member) => _ids.GetValueOrDefault(member);

    public IEnumerable<string> Ids => _ids.Values.Distinct().Order(Strata.Bytes);

    public IReadOnlyList<string> Members(string id) => [.. _ids.Where(p => p.Value == id).Select(p => p.Key).Order(Strata.Bytes)];

    public long Born(string id) => _born[id];

    /// <summary>Members whom this instant brought into a group from none or from another id.</summary>
    public IEnumerable<string> Joined => _ids.Where(p => _before.GetValueOrDefault(p.Key) != p.Value).Select(p => p.Key).Order(Strata.Bytes);

    public string Reasons(string id) => string.Join(", ", link.Ways
        .Select((way, i) => (way.Text, Count: Members(id).Count(m => Shares(i, m))))
        .Where(r => r.Count > 0).OrderByDescending(r => r.Count).Select(r => $"{r.Text} ({r.Count})"));

    public void BeginInstant() => _before = _ids;

    public void Enter(Borne edge, long now)
    {
        _cell = Cell(now);
        var isKnown = Live(_cell.Value).Contains(edge);
        _newest[edge] = now;
        if (isKnown) return;
        var live = Live(_cell.Value);
        var value = (edge.Way, edge.Value);
        if (Counted(value, live) > link.Ways[edge.Way].MoreThan) _public.Add(value);
        if (_public.Contains(value) || !Suffices(value, live)) return;
        var begins = live.Count(e => (e.Way, e.Value) == value) == link.Ways[edge.Way].FewerThan;
        _graph = [.. _graph, .. begins ? live.Where(e => (e.Way, e.Value) == value) : [edge]];
        Merge(now);
    }

    public void Boundary(long now)
    {
        _cell = Cell(now);
        var live = Live(_cell.Value);
        foreach (var value in _newest.Keys.Select(e => (e.Way, e.Value)).Distinct().Where(v => link.Ways[v.Way].MoreThan is not null))
        {
            var (count, most) = (Counted(value, live), link.Ways[value.Way].MoreThan!.Value);
            if (count > most || (_public.Contains(value) && count > most / 2.0)) _public.Add(value);
            else _public.Remove(value);
        }
        var graph = live.Where(e => !_public.Contains((e.Way, e.Value)) && Suffices((e.Way, e.Value), live)).ToHashSet();
        _graph.IntersectWith(graph);
        Split(now);
        _graph = graph;
        Merge(now);
    }

    private long Cell(long time) => Value.FloorDivide(time, link.Step);

    private HashSet<Borne> Live(long cell) => [.. _newest.Where(e => Cell(e.Value) > cell - link.Length / link.Step).Select(e => e.Key)];

    private int Counted((int Way, string Value) value, IEnumerable<Borne> live) => live.Count(e =>
        (e.Way, e.Value) == value && (link.Ways[value.Way].WithoutLabel is not { } label || !hasLabel(label, e.Member)));

    private bool Suffices((int Way, string Value) value, IEnumerable<Borne> live) =>
        live.Count(e => (e.Way, e.Value) == value) >= (link.Ways[value.Way].FewerThan ?? 0);

    private bool Shares(int way, string member) => _graph.Any(e => e.Way == way && e.Member == member
        && _graph.Any(other => other.Way == way && other.Value == e.Value && other.Member != member));

    private void Split(long now)
    {
        var ids = new Dictionary<string, string>();
        var parts = Components();
        foreach (var old in _ids.Values.Distinct().Order(Strata.Bytes).ToList())
        {
            var mine = parts.Where(p => _ids.GetValueOrDefault(p.Min!) == old).OrderByDescending(p => p.Count).ThenBy(p => p.Min!, Strata.Bytes).ToList();
            for (var i = 0; i < mine.Count; i++)
            {
                if (mine[i].Count < 2) continue;
                var id = i == 0 ? old : Bear(mine[i].Min!, now);
                foreach (var member in mine[i]) ids[member] = id;
                if (i > 0) SplitOff?.Invoke(old, id, now);
            }
        }
        _ids = ids;
    }

    private void Merge(long now)
    {
        var ids = new Dictionary<string, string>();
        foreach (var component in Components().Where(c => c.Count > 1))
        {
            var old = component.Where(_ids.ContainsKey).GroupBy(m => _ids[m]).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, Strata.Bytes)
                .Select(g => g.Key).ToList();
            var kept = old.Count > 0 ? old[0] : Bear(component.Min!, now);
            foreach (var member in component) ids[member] = kept;
            foreach (var gone in old.Skip(1)) Merged?.Invoke(gone, kept, now);
        }
        _ids = ids;
    }

    private string Bear(string smallest, long now)
    {
        var id = GroupId.Of(link.Name, Encoding.UTF8.GetBytes(smallest), now);
        _born[id] = now;
        return id;
    }

    private List<SortedSet<string>> Components()
    {
        var parts = _graph.Select(e => e.Member).Concat(_ids.Keys).Distinct().Select(m => new SortedSet<string>(Strata.Bytes) { m }).ToList();
        foreach (var value in _graph.GroupBy(e => (e.Way, e.Value)))
        {
            var touched = parts.Where(p => value.Any(e => p.Contains(e.Member))).ToList();
            foreach (var part in touched.Skip(1))
            {
                touched[0].UnionWith(part);
                parts.Remove(part);
            }
        }
        return parts;
    }
}
