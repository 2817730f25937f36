using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Links;

/// <summary>What conditions and texts read of links.</summary>
internal sealed partial class LinkSet
{
    /// <summary>More members are too many to look at one by one: a fault (L3).</summary>
    public int MostLookedAt => Plan.Limits.MembersLookedAt;

    /// <summary>Members that the event in hand brought into a group of the link, in the order of their keys (F10).</summary>
    public IReadOnlyList<int> Joined(int link)
    {
        var graph = _graphs[link];
        if (graph.Joined.Count == 0) return [];
        var domain = Plan.Links[link].MemberDomain;
        var joined = graph.Joined.Where(j => graph.GroupOf(j.Key) is >= 0 and var now && now != j.Value).Select(j => j.Key).ToList();
        joined.Sort((a, b) => tables.Compare(domain, a, b));
        return joined;
    }

    public bool AnyJoined
    {
        get
        {
            foreach (var graph in _graphs)
                if (graph.Joined.Count > 0) return true;
            return false;
        }
    }

    /// <summary>The group of a member by its id, −1 when it is linked to nobody.</summary>
    public int GroupOf(int link, int member) => _graphs[link].GroupOf(member);

    public bool TryGroup(int link, int handle, out Group group)
    {
        var graph = _graphs[link];
        var slot = graph.SlotOf(handle);
        group = slot == 0 ? default : graph.Groups[slot];
        return slot != 0;
    }

    /// <summary>Ids of all groups, in their order.</summary>
    public IReadOnlyList<int> GroupsOf(int link)
    {
        var groups = _graphs[link].Groups;
        var handles = new List<int>();
        for (var slot = 1; slot < groups.Slots; slot++)
            if (groups[slot].Handle >= 0) handles.Add(groups[slot].Handle);
        handles.Sort((a, b) => tables.Compare(Plan.Links[link].GroupDomain, a, b));
        return handles;
    }

    /// <summary>A rule opens a case for a group of some link (I8).</summary>
    public void OpenCase(string rule, int domain, int handle)
    {
        foreach (var link in Plan.Links)
            if (link.GroupDomain == domain && _graphs[link.Index].SlotOf(handle) is not 0 and var slot) _cases[_graphs[link.Index]].Open(rule, slot, out _);
    }

    /// <summary>Members of a group in no order that may be seen.</summary>
    public void MembersOf(int link, int handle, List<int> into)
    {
        into.Clear();
        var groups = _graphs[link].Groups;
        if (_graphs[link].SlotOf(handle) is var slot && slot == 0) return;
        for (var member = groups[slot].First; member >= 0; member = groups.NextMember(member)) into.Add(member);
    }

    /// <summary>Members tied to the value of a measure around values.</summary>
    public int DegreeAround(int around, int value) => _arounds[around].Table.Table.DegreeOf(value);

    public void MembersAround(int around, int value, List<int> into)
    {
        into.Clear();
        var table = _arounds[around].Table.Table;
        for (var edge = table.FirstOfValue(value); edge != 0; edge = table[edge].NextOfValue) into.Add(table[edge].Member);
    }

    /// <summary>Of the members around the value those with the measure's label, as it is now or was before the instant.</summary>
    public int LabelledAround(int around, int value)
    {
        var (unit, watch) = _arounds[around];
        var plan = Plan.Arounds[around];
        var count = unit.Table.LabelledOf(value, watch);
        if (!plan.Had) return count;
        foreach (var (entity, by) in ChangedSince(plan.Label, plan.View))
            if (unit.Table.Contains(entity, value)) count -= by;
        return count;
    }

    /// <summary>Who has come to bear the label in this instant (+1), or bears it no more (−1).</summary>
    private List<(int Entity, int By)> ChangedSince(int label, View view)
    {
        var changed = new List<(int, int)>();
        foreach (var change in labels.Changes)
        {
            if (change.Label != label || changed.Exists(c => c.Item1 == change.Entity)) continue;
            var by = (labels.Has(label, change.Entity, view, had: false, 0, labels.Clock) ? 1 : 0)
                - (labels.Has(label, change.Entity, view, had: true, 0, labels.Clock) ? 1 : 0);
            changed.Add((change.Entity, by));
        }
        return changed;
    }

    private void ForgetJoined()
    {
        foreach (var graph in _graphs)
            if (graph.Joined.Count > 0) graph.ForgetJoined();
    }
}
