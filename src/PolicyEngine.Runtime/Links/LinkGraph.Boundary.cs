namespace PolicyEngine.Runtime.Links;

/// <summary>
/// Boundaries: edges end, publicity is settled anew, and only groups that lost an edge are walked again (F12). First groups fall
/// apart, then what values link again comes together, all at once, so that no order of edges can matter.
/// </summary>
internal sealed partial class LinkGraph
{
    private readonly List<int> _ended = [];
    private readonly List<int> _together = [];
    private readonly List<(int Way, int Edge)> _opened = [];
    private readonly HashSet<int> _dirty = [];
    private readonly List<int> _members = [];
    private int[] _walks = [];
    private int _walk;

    public long? NextBoundary(long tau)
    {
        var cell = CellOf(tau);
        if (IsTouched) return (cell + 1) * _plan.Step;
        long? oldest = null;
        foreach (var way in _ways)
            if (way.OldestFiled(cell + 1 - _cells) is { } filed && (oldest is null || filed < oldest)) oldest = filed;
        return oldest is { } first ? (first + _cells) * _plan.Step : null;
    }

    public void Boundary(long tau)
    {
        var cell = CellOf(tau);
        for (var way = 0; way < _ways.Length; way++) Expire(way, cell - _cells, cell);
        for (var oldest = cell - _cells + 1; Edges > _plan.EdgeCap && oldest < cell; oldest++)
            for (var way = 0; way < _ways.Length; way++) Expire(way, oldest, cell);
        foreach (var (way, value) in _touched) Settle(way, value);
        _touched.Clear();
        foreach (var group in _dirty) FallApart(group, tau);
        _dirty.Clear();
        ComeTogether(tau);
    }

    private void Expire(int way, long cell, long now)
    {
        _ended.Clear();
        var table = _ways[way];
        table.TakeExpired(cell, now, _ended);
        foreach (var edge in _ended)
        {
            if (table[edge].IsJoined) MarkDirty(table[edge].Member);
            Touch(way, table[edge].Value);
            table.Remove(edge);
            Edges--;
        }
    }

    private void MarkDirty(int member)
    {
        if (Groups.Of(member) is not 0 and var group) _dirty.Add(group);
    }

    /// <summary>Whether a value links from this boundary on; all its live edges are in the graph then, or none.</summary>
    private void Settle(int way, int value)
    {
        var table = _ways[way];
        ref var state = ref table.StateOf(value);
        state.IsTouched = false;
        var plan = _plan.Ways[way];
        if (plan.MoreThan is { } most)
        {
            var counted = Counted(way, value);
            state.IsPublic = counted > most || (state.IsPublic && counted * 2L > most);
        }
        var links = !state.IsPublic && state.Degree >= (plan.FewerThan ?? 1);
        if (state.Joined == (links ? state.Degree : 0)) return;
        for (var edge = state.First; edge != 0; edge = table[edge].NextOfValue)
        {
            if (table[edge].IsJoined == links) continue;
            if (links) _opened.Add((way, edge));
            else
            {
                table.SetJoined(edge, false);
                MarkDirty(table[edge].Member);
            }
        }
    }

    /// <summary>Walks a group that lost edges. The largest part keeps the id, of equal ones that with the smallest key (F6).</summary>
    private void FallApart(int group, long tau)
    {
        _members.Clear();
        for (var member = Groups[group].First; member >= 0; member = Groups.NextMember(member)) _members.Add(member);
        var parts = Parts(_members);
        if (parts.Count == 1) return;
        _members.Clear();
        Groups.Clear(group, _members);
        foreach (var part in _parts) part.Emptied(group);
        var kept = parts[0];
        foreach (var part in parts)
            if (part.Members.Count > kept.Members.Count
                || (part.Members.Count == kept.Members.Count && _keys.Compare(_plan.MemberDomain, part.Smallest, kept.Smallest) < 0)) kept = part;
        foreach (var part in parts)
        {
            if (part.Members.Count < 2 || part == kept) continue;
            var born = Begin([part.Smallest], tau);
            foreach (var listener in _parts) listener.Split(group, born);
            foreach (var member in part.Members) Add(born, member);
        }
        if (kept.Members.Count < 2) End(group);
        else
            foreach (var member in kept.Members) Add(group, member);
    }

    private void End(int group)
    {
        _slots[Groups[group].Handle] = 0;
        foreach (var part in _parts) part.Ended(group);
        Groups.End(group);
    }

    private List<Part> Parts(List<int> members)
    {
        var parts = new List<Part>();
        _walk++;
        foreach (var member in members)
            if (Sees(member)) parts.Add(Walk(member));
        return parts;
    }

    /// <summary>Whether this walk comes to the member for the first time.</summary>
    private bool Sees(int member)
    {
        EdgeTable.Reserve(ref _walks, member);
        if (_walks[member] == _walk) return false;
        _walks[member] = _walk;
        return true;
    }

    private Part Walk(int start)
    {
        var part = new Part([start], start);
        for (var i = 0; i < part.Members.Count; i++)
        {
            var member = part.Members[i];
            if (_keys.Compare(_plan.MemberDomain, member, part.Smallest) < 0) part = part with { Smallest = member };
            for (var way = 0; way < _ways.Length; way++)
                for (var edge = _ways[way].FirstOfMember(member); edge != 0; edge = _ways[way][edge].NextOfMember)
                    if (_ways[way][edge].IsJoined) Reach(way, _ways[way][edge].Value, part);
        }
        return part;
    }

    private void Reach(int way, int value, Part part)
    {
        var table = _ways[way];
        if (table.StateOf(value).Walk == _walk) return;
        table.StateOf(value).Walk = _walk;
        for (var edge = table.FirstOfValue(value); edge != 0; edge = table[edge].NextOfValue)
            if (table[edge].IsJoined && Sees(table[edge].Member)) part.Members.Add(table[edge].Member);
    }

    /// <summary>Values that link again join their bearers; whole chains of groups become one at once.</summary>
    private void ComeTogether(long tau)
    {
        if (_opened.Count == 0) return;
        foreach (var (way, edge) in _opened) _ways[way].SetJoined(edge, true);
        _members.Clear();
        foreach (var (way, edge) in _opened) _members.Add(_ways[way][edge].Member);
        _opened.Clear();
        foreach (var part in Parts([.. _members])) Unite(part.Members, tau, isEvent: false);
    }

    /// <summary>All of these belong together now: the largest group's id lives on, of equal ones the smaller (F6).</summary>
    private void Unite(List<int> members, long tau, bool isEvent)
    {
        if (members.Count < 2) return;
        var winner = 0;
        foreach (var member in members)
            if (Groups.Of(member) is not 0 and var group && group != winner && (winner == 0 || IsStronger(group, winner))) winner = group;
        var before = winner;
        if (winner == 0)
        {
            if (isEvent)
                foreach (var member in members) NoteJoin(member);
            winner = Begin(members, tau);
        }
        foreach (var member in members)
        {
            var group = Groups.Of(member);
            if (group == winner) continue;
            if (group == 0)
            {
                if (isEvent && before != 0) NoteJoin(member);
                Add(winner, member);
                continue;
            }
            for (var other = Groups[group].First; isEvent && other >= 0; other = Groups.NextMember(other)) NoteJoin(other);
            Merge(group, winner);
        }
    }

    private sealed record Part(List<int> Members, int Smallest);
}
