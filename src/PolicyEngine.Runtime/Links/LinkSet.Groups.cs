using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.State;

namespace PolicyEngine.Runtime.Links;

/// <summary>What is kept beside the groups of the links: counters of labels, and which members ever had a group.</summary>
internal sealed partial class LinkSet
{
    private readonly List<GroupLabels> _groupLabels = [];
    private GroupLabels?[] _members = [];
    private readonly Dictionary<string, GroupMeasure> _perGroupByHash = [];
    private readonly Dictionary<LinkGraph, CaseStore> _cases = [];

    /// <summary>Of the group's members those with the measure's label, as it is now or was before the instant.</summary>
    public int LabelledMembers(int measure, int handle)
    {
        var plan = Plan.Members[measure];
        var graph = _graphs[plan.Link];
        var slot = graph.SlotOf(handle);
        var count = _members[measure]!.Of(slot);
        if (!plan.Had) return count;
        foreach (var (entity, by) in ChangedSince(plan.Label, plan.View))
            if (graph.Groups.Of(entity) == slot) count -= by;
        return count;
    }

    /// <summary>A measure of a group by its id; missing where there is no group.</summary>
    public MeasureValue PerGroup(int measure, int handle, long tau)
    {
        var slot = _graphs[Plan.GroupMeasures[measure].Link].SlotOf(handle);
        return slot == 0 ? MeasureValue.Missing : _perGroup[measure].Read(slot, tau);
    }

    /// <summary>Cases that rules opened for groups of a link.</summary>
    public CaseStore Cases(int link) => _cases[_graphs[link]];

    private void BindGroups(Plan plan, Func<LinkPlan, LinkGraph, IGroupParts> groupState)
    {
        foreach (var counter in _groupLabels) counter.Watch.Remove(counter);
        _groupLabels.Clear();
        foreach (var graph in _graphs) graph.DetachAll();
        foreach (var link in plan.Links)
        {
            var graph = _graphs[link.Index];
            Attach(graph, new GroupMarks(marks, link.MemberDomain));
            Attach(graph, groupState(link, graph));
            if (!_cases.TryGetValue(graph, out var cases)) _cases[graph] = cases = new CaseStore(graph.Groups);
            graph.Attach(cases);
        }
        BindPerGroup(plan);
        _members = [.. plan.Members.Select(m => m.Label < 0 ? null : CounterOf(m))];
    }

    private void BindPerGroup(Plan plan)
    {
        var kept = new Dictionary<string, GroupMeasure>(_perGroupByHash);
        _perGroupByHash.Clear();
        _perGroup = new GroupMeasure[plan.GroupMeasures.Count];
        foreach (var measure in plan.GroupMeasures)
        {
            var isNew = !_perGroupByHash.TryGetValue(measure.Hash, out var known);
            known ??= kept.GetValueOrDefault(measure.Hash) ?? new GroupMeasure(measure);
            _perGroupByHash[measure.Hash] = _perGroup[measure.Index] = known;
            if (!isNew) continue;
            known.Rebind(measure, _graphs[measure.Link].Groups);
            Attach(_graphs[measure.Link], known);
        }
        _plainPerGroup = [.. _perGroupByHash.Values.Where(m => !m.Plan.IsSequential).OrderBy(m => m.Plan.Index)];
    }

    private GroupLabels CounterOf(MembersPlan measure)
    {
        var graph = _graphs[measure.Link];
        var watch = _watches.Of(measure.Label, measure.View);
        if (_groupLabels.Find(c => c.Watch == watch && graph.Has(c)) is { } known) return known;
        var counter = new GroupLabels(graph.Groups, watch);
        Attach(graph, counter);
        watch.Add(counter);
        _groupLabels.Add(counter);
        return counter;
    }

    /// <summary>Tells a newcomer of the groups there are.</summary>
    private static void Attach(LinkGraph graph, IGroupParts parts)
    {
        graph.Attach(parts);
        for (var group = 1; group < graph.Groups.Slots; group++)
        {
            if (graph.Groups[group].Handle < 0) continue;
            parts.Born(group);
            for (var member = graph.Groups[group].First; member >= 0; member = graph.Groups.NextMember(member)) parts.Added(group, member);
        }
    }

    /// <summary>Marks whoever comes into a group: rules that ask for groups need not look at others.</summary>
    private sealed class GroupMarks(MarkSet marks, int domain) : IGroupParts
    {
        public void Added(int group, int member) => marks.Set(domain, member);
    }
}
