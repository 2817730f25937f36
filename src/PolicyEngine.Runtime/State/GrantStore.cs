namespace PolicyEngine.Runtime.State;

/// <summary>Ordered responses in force, per entity: what may override or be renewed (I5). Ends are exclusive.</summary>
internal sealed class GrantStore
{
    public const long Never = long.MaxValue;

    private readonly Dictionary<long, int> _heads = [];
    private Grant[] _grants = [];
    private int _free = -1;
    private int _count;

    /// <summary>
    /// Whether a stronger response on the entity, in force at τ, ends no earlier than <paramref name="end"/>; an `allow` that is in
    /// force overrides every weaker one that begins.
    /// </summary>
    public bool IsOverridden(long entity, int rank, long tau, long end, int allowRank)
    {
        for (var i = Head(entity); i >= 0; i = _grants[i].Next)
        {
            ref var grant = ref _grants[i];
            if (grant.Rank >= rank || grant.End <= tau) continue;
            if (grant.Rank == allowRank || grant.End >= end) return true;
        }
        return false;
    }

    /// <summary>The end of the same response with the same arguments if it is in force at τ.</summary>
    public bool TryFind(long entity, int response, long arguments, long tau, out long end)
    {
        var i = Find(entity, response, arguments);
        end = i < 0 ? 0 : _grants[i].End;
        return i >= 0 && end > tau;
    }

    public void Put(long entity, int response, int rank, long arguments, long tau, long end)
    {
        DropEnded(entity, tau);
        var i = Find(entity, response, arguments);
        if (i >= 0)
        {
            _grants[i].End = Math.Max(_grants[i].End, end);
            return;
        }
        i = Take();
        _grants[i] = new Grant { Response = response, Rank = rank, Arguments = arguments, End = end, Next = Head(entity) };
        _heads[entity] = i;
    }

    private int Head(long entity) => _heads.TryGetValue(entity, out var head) ? head : -1;

    private int Find(long entity, int response, long arguments)
    {
        for (var i = Head(entity); i >= 0; i = _grants[i].Next)
            if (_grants[i].Response == response && _grants[i].Arguments == arguments) return i;
        return -1;
    }

    private void DropEnded(long entity, long tau)
    {
        var head = -1;
        for (var i = Head(entity); i >= 0;)
        {
            var next = _grants[i].Next;
            if (_grants[i].End > tau) (_grants[i].Next, head) = (head, i);
            else (_grants[i].Next, _free) = (_free, i);
            i = next;
        }
        if (head >= 0) _heads[entity] = head;
        else _heads.Remove(entity);
    }

    private int Take()
    {
        if (_free >= 0)
        {
            var taken = _free;
            _free = _grants[taken].Next;
            return taken;
        }
        if (_count == _grants.Length) Array.Resize(ref _grants, Math.Max(16, _count * 2));
        return _count++;
    }

    private struct Grant
    {
        public int Response;
        public int Rank;
        public long Arguments;
        public long End;
        public int Next;
    }
}
