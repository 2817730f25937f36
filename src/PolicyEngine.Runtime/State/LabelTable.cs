namespace PolicyEngine.Runtime.State;

/// <summary>One label as enforced: per entity when it was added and ends, now and as it was before the instant in hand (B4).</summary>
internal sealed class LabelTable
{
    private readonly SlotIndex _index = new();
    private Interval[] _now = [];
    private Interval[] _before = [];
    private long[] _changedAt = [];

    /// <param name="had">As it was before <paramref name="instant"/>.</param>
    public Interval Of(int entity, bool had, long instant)
    {
        var slot = _index.Find(entity);
        if (slot < 0) return Interval.Never;
        return had && _changedAt[slot] == instant ? _before[slot] : _now[slot];
    }

    public void Grant(int entity, long tau, long end, long instant)
    {
        var slot = Touch(entity, instant);
        _now[slot] = _now[slot].Grant(tau, end);
    }

    public void Remove(int entity, long tau, long instant)
    {
        if (_index.Find(entity) < 0) return;
        var slot = Touch(entity, instant);
        if (_now[slot].Holds(tau, 0)) _now[slot] = _now[slot] with { End = tau };
    }

    public void Unite(int from, int to, long tau, long instant)
    {
        var given = Of(from, had: false, instant);
        if (!given.Holds(tau, 0)) return;
        var slot = Touch(to, instant);
        _now[slot] = _now[slot].Unite(given, tau);
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
}
