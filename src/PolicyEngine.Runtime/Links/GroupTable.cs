namespace PolicyEngine.Runtime.Links;

/// <summary>Who belongs to which group: members in a list of their group, groups in slots that are used again.</summary>
internal sealed class GroupTable
{
    private MemberState[] _members = [];
    private Group[] _groups = new Group[16];
    private int _used = 1;
    private int _free;

    /// <summary>Groups there are now.</summary>
    public int Count { get; private set; }

    /// <summary>One more than the greatest slot.</summary>
    public int Slots => _used;

    /// <summary>Slots are greater than 0.</summary>
    public ref Group this[int group] => ref _groups[group];

    /// <summary>0: the member belongs to no group.</summary>
    public int Of(int member) => member < _members.Length ? _members[member].Group : 0;

    public int NextMember(int member) => _members[member].Next;

    public int Begin(int handle, long born)
    {
        var group = _free != 0 ? _free : _used++;
        if (group == _free) _free = _groups[group].First;
        if (_used > _groups.Length) Array.Resize(ref _groups, _groups.Length * 2);
        _groups[group] = new Group { Handle = handle, Born = born, First = -1, Last = -1 };
        Count++;
        return group;
    }

    public void End(int group)
    {
        _groups[group] = new Group { Handle = -1, First = _free };
        _free = group;
        Count--;
    }

    public void Add(int group, int member)
    {
        EdgeTable.Reserve(ref _members, member);
        ref var state = ref _groups[group];
        _members[member] = new MemberState { Group = group, Next = state.First };
        if (state.First < 0) state.Last = member;
        state.First = member;
        state.Size++;
    }

    /// <summary>All members of one group go to another; the first one's slot is free after it.</summary>
    public void Move(int from, int to)
    {
        ref var source = ref _groups[from];
        ref var target = ref _groups[to];
        for (var member = source.First; member >= 0; member = _members[member].Next) _members[member].Group = to;
        _members[source.Last].Next = target.First;
        if (target.First < 0) target.Last = source.Last;
        target.First = source.First;
        target.Size += source.Size;
        End(from);
    }

    /// <summary>Takes all members out of the group; they belong to none then.</summary>
    public void Clear(int group, List<int> into)
    {
        ref var state = ref _groups[group];
        for (var member = state.First; member >= 0;)
        {
            var next = _members[member].Next;
            into.Add(member);
            _members[member] = default;
            member = next;
        }
        (state.First, state.Last, state.Size) = (-1, -1, 0);
    }

    private struct MemberState
    {
        public int Group;
        public int Next;
    }
}

internal struct Group
{
    /// <summary>Its id in the domain of groups; −1: the slot is free.</summary>
    public int Handle;
    public int Size;
    public int First;
    public int Last;
    /// <summary>When its id was given.</summary>
    public long Born;
}
