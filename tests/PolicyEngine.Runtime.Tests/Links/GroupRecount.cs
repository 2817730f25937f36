using System.Text;
using PolicyEngine.Runtime.Links;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Links;

/// <summary>
/// The groups of F1–F6 made anew from all edges at every entry of the log, with nothing kept but what the definitions say is kept:
/// which values are public, and who has which id.
/// </summary>
internal sealed class GroupRecount(LinkPlan plan)
{
    private readonly Dictionary<(int Way, int Member, int Value), long> _newest = [];
    private readonly HashSet<(int Way, int Value)> _public = [];
    private readonly HashSet<int> _labelled = [];
    private HashSet<(int Way, int Member, int Value)> _graph = [];
    private Dictionary<int, string> _ids = [];
    private Dictionary<int, string> _before = [];
    private long? _cell;

    public void Step(LinkStep step)
    {
        MoveTo(step.Tau);
        _before = _ids;
        if (step.Label is { } has)
        {
            if (has) _labelled.Add(step.Member);
            else _labelled.Remove(step.Member);
            return;
        }
        var edge = (step.Way, step.Member, step.Value);
        var isKnown = Live(Cell(step.Tau)).Contains(edge);
        _newest[edge] = step.Tau;
        if (!isKnown) Begin(edge, step.Tau);
    }

    public void MoveTo(long tau)
    {
        for (var cell = (_cell ?? Cell(tau)) + 1; cell <= Cell(tau); cell++) Boundary(cell);
        _cell = Cell(tau);
    }

    public string GroupOf(int member) => _ids.GetValueOrDefault(member, "");

    public int SizeOf(int member) => _ids.Count(p => p.Value == GroupOf(member));

    public IEnumerable<string> Joined => _ids.Where(p => _before.GetValueOrDefault(p.Key, "") != p.Value)
        .Select(p => LinkDriver.NameOf(p.Key)).Order(StringComparer.Ordinal);

    private long Cell(long tau) => (long)Math.Floor(tau / (double)plan.Step);

    private HashSet<(int Way, int Member, int Value)> Live(long cell) =>
        [.. _newest.Where(e => Cell(e.Value) > cell - plan.Length / plan.Step).Select(e => e.Key)];

    private int Counted((int Way, int Value) value, IEnumerable<(int Way, int Member, int Value)> live) =>
        live.Count(e => (e.Way, e.Value) == value && (plan.Ways[value.Way].WithoutLabel < 0 || !_labelled.Contains(e.Member)));

    private bool Suffices((int Way, int Value) value, IEnumerable<(int Way, int Member, int Value)> live) =>
        live.Count(e => (e.Way, e.Value) == value) >= (plan.Ways[value.Way].FewerThan ?? 0);

    private void Begin((int Way, int Member, int Value) edge, long tau)
    {
        var live = Live(Cell(tau));
        var value = (edge.Way, edge.Value);
        if (Counted(value, live) > plan.Ways[edge.Way].MoreThan) _public.Add(value);
        if (_public.Contains(value) || !Suffices(value, live)) return;
        var begins = live.Count(e => (e.Way, e.Value) == value) == plan.Ways[edge.Way].FewerThan;
        foreach (var added in begins ? live.Where(e => (e.Way, e.Value) == value) : [edge]) _graph.Add(added);
        Merge(tau);
    }

    private void Boundary(long cell)
    {
        var live = Live(cell);
        var known = _newest.Keys.Select(e => (e.Way, e.Value)).Distinct().ToList();
        foreach (var value in known.Where(v => plan.Ways[v.Way].MoreThan is not null))
        {
            var (count, most) = (Counted(value, live), plan.Ways[value.Way].MoreThan!.Value);
            if (count > most || (_public.Contains(value) && count > most / 2.0)) _public.Add(value);
            else _public.Remove(value);
        }
        var graph = live.Where(e => !_public.Contains((e.Way, e.Value)) && Suffices((e.Way, e.Value), live)).ToHashSet();
        _graph.IntersectWith(graph);
        Split(cell * plan.Step);
        _graph = graph;
        Merge(cell * plan.Step);
    }

    private void Split(long tau)
    {
        var ids = new Dictionary<int, string>();
        var parts = Components();
        foreach (var old in _ids.GroupBy(p => p.Value))
        {
            var mine = parts.Where(c => _ids.GetValueOrDefault(c.Min, "") == old.Key).OrderByDescending(c => c.Count)
                .ThenBy(c => LinkDriver.NameOf(c.Min), StringComparer.Ordinal).ToList();
            for (var i = 0; i < mine.Count; i++)
                foreach (var member in mine[i].Count < 2 ? [] : mine[i]) ids[member] = i == 0 ? old.Key : IdOf(mine[i].Min, tau);
        }
        _ids = ids;
    }

    private void Merge(long tau)
    {
        var ids = new Dictionary<int, string>();
        foreach (var component in Components().Where(c => c.Count > 1))
        {
            var keeps = component.Where(_ids.ContainsKey).GroupBy(m => _ids[m]).OrderByDescending(g => g.Count())
                .ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key ?? IdOf(component.Min, tau);
            foreach (var member in component) ids[member] = keeps;
        }
        _ids = ids;
    }

    private List<SortedSet<int>> Components()
    {
        var parts = _graph.Select(e => e.Member).Concat(_ids.Keys).Distinct().Select(m => new SortedSet<int> { m }).ToList();
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

    private string IdOf(int smallest, long tau) => GroupId.Of(plan.ShortName, Encoding.UTF8.GetBytes(LinkDriver.NameOf(smallest)), tau);
}
