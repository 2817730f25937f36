using System.Text;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Links;

/// <summary>
/// The groups of one link (F1–F6): connected components over the edges whose values link. Between boundaries groups only merge; what
/// ends, ends in <see cref="Boundary"/>. Members, values and ids are handles.
/// </summary>
internal sealed partial class LinkGraph : ITied
{
    private LinkPlan _plan;
    private readonly KeyTables _keys;
    private readonly long _cells;
    private readonly EdgeTable[] _ways;
    private readonly List<IGroupParts> _parts = [];
    private readonly List<(int Way, int Value)> _touched = [];
    private readonly Dictionary<int, int> _joined = [];
    private readonly Dictionary<int, int> _mergedInto = [];
    private int[] _slots = [];

    /// <param name="watches">By way: the label whose bearers do not count (F13), or null.</param>
    public LinkGraph(LinkPlan plan, KeyTables keys, IReadOnlyList<LabelWatch?> watches)
    {
        _plan = plan;
        _keys = keys;
        _cells = plan.Length / plan.Step;
        _ways = [.. watches.Select(w => new EdgeTable(_cells, w is null ? [] : [w]))];
        for (var way = 0; way < _ways.Length; way++)
        {
            if (plan.Ways[way].MoreThan is null) continue;
            var index = way;
            _ways[way].OnLabelMoved = (value, _) => Touch(index, value);
        }
    }

    /// <summary>Goes on under another plan that defines the link as before; its domains have other numbers there.</summary>
    public void Rebind(LinkPlan plan, IReadOnlyList<LabelWatch?> watches)
    {
        _plan = plan;
        for (var way = 0; way < _ways.Length; way++)
            if (watches[way] is { } watch && !_ways[way].Watches.Contains(watch)) _ways[way].Rebind([watch]);
    }

    public GroupTable Groups { get; } = new();

    /// <summary>Live edges of all ways.</summary>
    public int Edges { get; private set; }

    /// <summary>New edges that were refused because there were too many (L2).</summary>
    public long Refused { get; private set; }

    public EdgeTable Way(int way) => _ways[way];

    public void Attach(IGroupParts parts) => _parts.Add(parts);

    public void DetachAll() => _parts.Clear();

    public bool Has(IGroupParts parts) => _parts.Contains(parts);

    public long CellOf(long tau) => CellMath.Of(tau, _plan.Step);

    public long Step => _plan.Step;

    public bool IsTouched => _touched.Count > 0 || Edges > _plan.EdgeCap;

    /// <summary>Members that an event has brought into a group, with the id they had before it: −1 for none. Cleared by whoever reads it.</summary>
    public IReadOnlyDictionary<int, int> Joined => _joined;

    public void ForgetJoined() => _joined.Clear();

    /// <summary>The id of the member's group, −1 when it is linked to nobody (F5).</summary>
    public int GroupOf(int member) => Groups.Of(member) is not 0 and var group ? Groups[group].Handle : -1;

    /// <summary>The slot of a group by its id; 0 when it is no more, or was never one.</summary>
    public int SlotOf(int handle) => handle >= 0 && handle < _slots.Length ? _slots[handle] : 0;

    /// <summary>The group that an id means now: its own, or the one it was merged into (F6).</summary>
    public int Redirect(int handle)
    {
        while (_mergedInto.TryGetValue(handle, out var into)) handle = into;
        return handle;
    }

    public bool Enter(int way, int member, int value, long tau)
    {
        var cell = CellOf(tau);
        if (_ways[way].Refresh(member, value, (int)cell)) return false;
        if (Edges >= _plan.EdgeCap + (_plan.EdgeCap / 4L))
        {
            Refused++;
            return true;
        }
        var edge = _ways[way].Add(member, value, cell);
        Edges++;
        Join(way, edge, tau);
        return true;
    }

    private void Join(int way, int edge, long tau)
    {
        var table = _ways[way];
        var value = table[edge].Value;
        ref var state = ref table.StateOf(value);
        if (!state.IsPublic && IsAbove(way, value))
        {
            state.IsPublic = true;
            Touch(way, value);
        }
        var least = _plan.Ways[way].FewerThan ?? 1;
        if (state.IsPublic || state.Degree < least) return;
        if (state.Degree == least && least > 1)
        {
            // The value begins to link: all who bear it come together at once.
            _together.Clear();
            for (var e = state.First; e != 0; e = table[e].NextOfValue)
            {
                table.SetJoined(e, true);
                _together.Add(table[e].Member);
            }
            Unite(_together, tau, isEvent: true);
            return;
        }
        table.SetJoined(edge, true);
        var other = table[edge].NextOfValue;
        if (other != 0) Unite(table[edge].Member, table[other].Member, tau);
    }

    /// <summary>More members than the cap lets link: all, or those without the label (F13).</summary>
    private bool IsAbove(int way, int value) => _plan.Ways[way].MoreThan is { } most && Counted(way, value) > most;

    private int Counted(int way, int value)
    {
        var table = _ways[way];
        var degree = table.DegreeOf(value);
        return table.Watches.Count == 0 ? degree : degree - table.LabelledOf(value, 0);
    }

    private void Touch(int way, int value)
    {
        ref var state = ref _ways[way].StateOf(value);
        if (state.IsTouched) return;
        state.IsTouched = true;
        _touched.Add((way, value));
    }

    /// <summary>Two members come together by an event.</summary>
    private void Unite(int a, int b, long tau)
    {
        var (first, second) = (Groups.Of(a), Groups.Of(b));
        if (first == 0 && second == 0)
        {
            NoteJoin(a);
            NoteJoin(b);
            var group = Begin([a, b], tau);
            Add(group, a);
            Add(group, b);
        }
        else if (first == 0) AddJoining(second, a);
        else if (second == 0) AddJoining(first, b);
        else if (first != second)
        {
            var (winner, loser) = IsStronger(first, second) ? (first, second) : (second, first);
            for (var member = Groups[loser].First; member >= 0; member = Groups.NextMember(member)) NoteJoin(member);
            Merge(loser, winner);
        }
    }

    private void AddJoining(int group, int member)
    {
        NoteJoin(member);
        Add(group, member);
    }

    private void NoteJoin(int member) => _joined.TryAdd(member, GroupOf(member));

    /// <summary>Whose id lives on: the larger's, of equal ones the smaller id (F6).</summary>
    private bool IsStronger(int a, int b) => Groups[a].Size != Groups[b].Size
        ? Groups[a].Size > Groups[b].Size : _keys.Compare(_plan.GroupDomain, Groups[a].Handle, Groups[b].Handle) < 0;

    private int Begin(IReadOnlyList<int> members, long born)
    {
        var smallest = members[0];
        foreach (var member in members)
            if (_keys.Compare(_plan.MemberDomain, member, smallest) < 0) smallest = member;
        var id = GroupId.Of(_plan.ShortName, _keys[_plan.MemberDomain].Bytes(smallest), born);
        var handle = _keys[_plan.GroupDomain].Intern(Encoding.UTF8.GetBytes(id));
        var group = Groups.Begin(handle, born);
        EdgeTable.Reserve(ref _slots, handle);
        _slots[handle] = group;
        foreach (var part in _parts) part.Born(group);
        return group;
    }

    private void Add(int group, int member)
    {
        Groups.Add(group, member);
        foreach (var part in _parts) part.Added(group, member);
    }

    private void Merge(int from, int to)
    {
        foreach (var part in _parts) part.Merging(from, to);
        var (handle, kept) = (Groups[from].Handle, Groups[to].Handle);
        _slots[handle] = 0;
        _mergedInto[handle] = kept;
        Groups.Move(from, to);
        foreach (var part in _parts) part.Ended(from);
    }
}
