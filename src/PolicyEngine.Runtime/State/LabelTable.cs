namespace PolicyEngine.Runtime.State;

/// <summary>One label in one view: [added, end) per entity, now and as it was before the instant in hand (B4).</summary>
internal sealed class LabelTable
{
    private readonly SlotIndex _index = new();
    private Interval[] _now = [];
    private Interval[] _before = [];
    private long[] _changedAt = [];

    /// <summary>Entities that ever had it.</summary>
    public int Count => _index.Count;

    public bool Has(int entity, long tau, long olderThan)
    {
        var slot = _index.Find(entity);
        return slot >= 0 && _now[slot].Holds(tau, olderThan);
    }

    /// <summary>As <see cref="Has"/>, but as it was before <paramref name="instant"/>.</summary>
    public bool Had(int entity, long tau, long olderThan, long instant)
    {
        var slot = _index.Find(entity);
        if (slot < 0) return false;
        return (_changedAt[slot] == instant ? _before[slot] : _now[slot]).Holds(tau, olderThan);
    }

    /// <summary>Whether it lasted up to exactly τ.</summary>
    public bool EndsAt(int entity, long tau)
    {
        var slot = _index.Find(entity);
        return slot >= 0 && _now[slot].End == tau && _now[slot].Added < tau;
    }

    /// <summary>Adds or renews: the later end stays, and so does the first adding while it lasts (I1).</summary>
    public void Grant(int entity, long tau, long end, long instant)
    {
        var slot = Touch(entity, instant);
        ref var now = ref _now[slot];
        now = now.Holds(tau, 0) ? now with { End = Math.Max(now.End, end) } : new Interval(tau, end);
    }

    public void Remove(int entity, long tau, long instant)
    {
        if (_index.Find(entity) < 0) return;
        var slot = Touch(entity, instant);
        if (_now[slot].Holds(tau, 0)) _now[slot] = _now[slot] with { End = tau };
    }

    private int Touch(int entity, long instant)
    {
        var slot = _index.Add(entity, out var isNew);
        if (slot >= _now.Length) Grow();
        if (isNew) _now[slot] = Interval.Never;
        if (_changedAt[slot] == instant && !isNew) return slot;
        _before[slot] = _now[slot];
        _changedAt[slot] = instant;
        return slot;
    }

    private void Grow()
    {
        var size = Math.Max(16, _now.Length * 2);
        Array.Resize(ref _now, size);
        Array.Resize(ref _before, size);
        Array.Resize(ref _changedAt, size);
    }

    private readonly record struct Interval(long Added, long End)
    {
        public static readonly Interval Never = new(long.MinValue, long.MinValue);

        public bool Holds(long tau, long olderThan) => Added <= tau && tau < End && tau - Added >= olderThan;
    }
}
