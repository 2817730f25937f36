namespace PolicyEngine.Runtime.Links;

/// <summary>
/// Cases that rules open for groups of one link (I8). A case belongs to a rule and a group and keeps the id that the group had when it
/// was opened; cases of one rule merge when their groups do, the younger into the older; a split leaves the case with the id.
/// </summary>
internal sealed class CaseStore(GroupTable groups) : IGroupParts
{
    private readonly List<Case> _cases = [];
    private readonly Dictionary<int, List<Case>> _atGroup = [];

    /// <summary>Told before each entry of the log: when a case that a merge closes is closed.</summary>
    public long Now { get; set; } = long.MinValue;

    /// <summary>In the order in which they were opened; a merged one stays, closed, with a reference.</summary>
    public IReadOnlyList<Case> All => _cases;

    /// <summary>Opens a case for a group, or gives the one that the rule has open there.</summary>
    /// <param name="group">Slot of the group.</param>
    public Case Open(string rule, int group, out bool isNew)
    {
        var here = At(group);
        isNew = here.Find(c => c.Rule == rule) is null;
        if (!isNew) return here.Find(c => c.Rule == rule)!;
        var opened = new Case(_cases.Count, rule, groups[group].Handle, Now);
        AddMembers(opened, group);
        _cases.Add(opened);
        here.Add(opened);
        return opened;
    }

    public void Added(int group, int member)
    {
        if (!_atGroup.TryGetValue(group, out var here)) return;
        foreach (var open in here) open.Members.Add(member);
    }

    public void Merging(int from, int to)
    {
        if (_atGroup.TryGetValue(to, out var there))
            foreach (var open in there) AddMembers(open, from);
        if (!_atGroup.Remove(from, out var here)) return;
        foreach (var open in here)
        {
            AddMembers(open, to);
            var twin = At(to).Find(c => c.Rule == open.Rule);
            if (twin is not null) At(to).Remove(twin);
            At(to).Add(twin is null ? open : Merge(open, twin));
        }
    }

    /// <summary>Nobody is left, and the slot may come to be another's: the case stays open and has no group.</summary>
    public void Ended(int group) => _atGroup.Remove(group);

    private List<Case> At(int group) => _atGroup.TryGetValue(group, out var here) ? here : _atGroup[group] = [];

    private Case Merge(Case first, Case second)
    {
        var (older, younger) = (first.Opened, first.Index).CompareTo((second.Opened, second.Index)) < 0 ? (first, second) : (second, first);
        older.Members.UnionWith(younger.Members);
        younger.MergedInto = older;
        younger.Closed = Now;
        return older;
    }

    private void AddMembers(Case open, int group)
    {
        for (var member = groups[group].First; member >= 0; member = groups.NextMember(member)) open.Members.Add(member);
    }
}

/// <summary>A case. Times in milliseconds since 1970-01-01 UTC.</summary>
/// <param name="rule">Id of the rule.</param>
/// <param name="group">Handle of the id that its group had when the case was opened.</param>
internal sealed class Case(int index, string rule, int group, long opened)
{
    public int Index { get; } = index;

    public string Rule { get; } = rule;

    public int Group { get; } = group;

    public long Opened { get; } = opened;

    /// <summary>Null while it is open.</summary>
    public long? Closed { get; set; }

    public Case? MergedInto { get; set; }

    /// <summary>All that were in its group while it was open.</summary>
    public HashSet<int> Members { get; } = [];
}
