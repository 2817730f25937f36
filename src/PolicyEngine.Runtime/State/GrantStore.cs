using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.State;

/// <summary>
/// Responses in force, per entity: what may override or be renewed (I5). Ends are exclusive. They outlive plans: entities go by the
/// name of their domain, responses by their own.
/// </summary>
internal sealed class GrantStore
{
    public const long Never = long.MaxValue;
    private const string Allow = "allow";
    private const int BelowAll = int.MaxValue;

    private readonly Dictionary<(int Domain, int Entity), int> _heads = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<int> _ranks = [];
    private int[] _domains = [];
    private int[] _responses = [];
    private int _allow = -1;
    private Grant[] _grants = [];
    private int _free = -1;
    private int _count;

    public void Bind(Plan plan)
    {
        _domains = [.. plan.Domains.Select(d => NumberOf($"{d.Kind} {d.Name}"))];
        for (var i = 0; i < _ranks.Count; i++) _ranks[i] = BelowAll;
        _responses = [.. plan.Responses.Select(r => NumberOf($"response {r.Name}"))];
        foreach (var response in plan.Responses.Where(r => !r.Also)) _ranks[_responses[response.Index]] = response.Rank;
        _allow = plan.Responses.FirstOrDefault(r => r.Name == Allow && !r.Also) is { } allow ? _responses[allow.Index] : -1;
    }

    /// <summary>
    /// Whether a stronger response on the entity, in force at τ, ends no earlier than <paramref name="end"/>; an `allow` that is in
    /// force overrides every weaker one that begins.
    /// </summary>
    public bool IsOverridden(Holder holder, int response, long tau, long end)
    {
        var rank = _ranks[_responses[response]];
        for (var i = Head(holder); i >= 0; i = _grants[i].Next)
        {
            ref var grant = ref _grants[i];
            if (_ranks[grant.Response] >= rank || grant.End <= tau) continue;
            if (grant.Response == _allow || grant.End >= end) return true;
        }
        return false;
    }

    /// <summary>The end of the same response with the same arguments if it is in force at τ.</summary>
    public bool TryFind(Holder holder, int response, long arguments, long tau, out long end)
    {
        var i = Find(holder, _responses[response], arguments);
        end = i < 0 ? 0 : _grants[i].End;
        return i >= 0 && end > tau;
    }

    public void Put(Holder holder, int response, long arguments, long tau, long end)
    {
        DropEnded(holder, tau);
        var number = _responses[response];
        var i = Find(holder, number, arguments);
        if (i >= 0)
        {
            _grants[i].End = Math.Max(_grants[i].End, end);
            return;
        }
        i = Take();
        _grants[i] = new Grant { Response = number, Arguments = arguments, End = end, Next = Head(holder) };
        _heads[KeyOf(holder)] = i;
    }

    /// <summary>What was done to the event itself ends with its instant.</summary>
    public void ForgetEvent() => DropEnded(Holder.Event, Never);

    private int NumberOf(string name)
    {
        if (_numbers.TryGetValue(name, out var number)) return number;
        _ranks.Add(BelowAll);
        return _numbers[name] = _numbers.Count;
    }

    private (int, int) KeyOf(Holder holder) => (holder.Domain < 0 ? -1 : _domains[holder.Domain], holder.Entity);

    private int Head(Holder holder) => _heads.TryGetValue(KeyOf(holder), out var head) ? head : -1;

    private int Find(Holder holder, int response, long arguments)
    {
        for (var i = Head(holder); i >= 0; i = _grants[i].Next)
            if (_grants[i].Response == response && _grants[i].Arguments == arguments) return i;
        return -1;
    }

    private void DropEnded(Holder holder, long tau)
    {
        var head = -1;
        for (var i = Head(holder); i >= 0;)
        {
            var next = _grants[i].Next;
            if (_grants[i].End > tau) (_grants[i].Next, head) = (head, i);
            else (_grants[i].Next, _free) = (_free, i);
            i = next;
        }
        if (head >= 0) _heads[KeyOf(holder)] = head;
        else _heads.Remove(KeyOf(holder));
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
        public long Arguments;
        public long End;
        public int Next;
    }
}

/// <summary>Upon whom a response is in force: an entity by its handle in a domain of the plan, or the event in hand.</summary>
internal readonly record struct Holder(int Domain, int Entity)
{
    public static readonly Holder Event = new(-1, -1);
}
