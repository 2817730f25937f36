using PolicyEngine.Runtime.Matching;

namespace PolicyEngine.Runtime.Sequences;

/// <summary>
/// Deadlines of one rule `on T … not followed by U within D` (H5): one per key, the oldest pending stands. Step 0 is T, step 1 is U,
/// step 2 is `until`. Deadlines come in the order in which they were set, since all are as far away.
/// </summary>
internal sealed class OpenAbsences(SequenceShape shape, int kept)
{
    private const int Waiting = 1;
    private const int Collected = 2;
    private readonly Queue<(long Due, int Key)> _queue = new();
    private readonly PartialTable _pending = new(1, kept);
    /// <summary>What cancelled at <see cref="_toldTau"/>: it also cancels what comes behind it at the same time.</summary>
    private readonly List<(int Key, int Step, Value[] Told)> _told = [];
    private long _toldTau = long.MinValue;
    private int _due = -1;

    /// <summary>Keys with something pending.</summary>
    public OpenKeys Open { get; } = new();

    public int Count => _pending.Count;

    /// <summary>The earliest deadline that may still stand; null when there is none.</summary>
    public long? NextDue
    {
        get
        {
            while (_queue.TryPeek(out var next))
            {
                if (IsPending(next)) return next.Due;
                _queue.Dequeue();
            }
            return null;
        }
    }

    /// <summary>What was kept of the event whose deadline was taken.</summary>
    public ReadOnlySpan<Value> Kept => _pending.Kept(_due);

    public ReadOnlySpan<byte> Id => _pending.FirstId(_due, 0).Bytes;

    /// <summary>An event of the key: it may cancel what is pending, and set a deadline. It does not cancel its own.</summary>
    public void Offer(int key, IStepEvent e)
    {
        for (var step = 1; step <= 2; step++)
            if (Cancels(e, step) && _pending.Head(key) is >= 0 and var item && e.Fits(step, _pending.Kept(item))) Remove(item);
        if (e.Is(0) && _pending.Head(key) < 0 && !IsCancelled(key, e)) Set(key, e);
        for (var step = 1; step <= 2; step++)
            if (Cancels(e, step)) Remember(key, step, e.Tau, e.Tell(step));
    }

    /// <summary>An event that can do no more than cancel, of a key with nothing pending.</summary>
    public void Remember(int key, int step, long tau, Value[] told)
    {
        if (tau != _toldTau) _told.Clear();
        _toldTau = tau;
        _told.Add((key, step, told));
    }

    /// <summary>The keys whose deadline is τ or earlier, in no order; each is to be taken once by <see cref="Take"/>.</summary>
    public void CollectDue(long tau, List<int> keys)
    {
        while (NextDue is { } due && due <= tau)
        {
            var key = _queue.Dequeue().Key;
            // A key that was cancelled and set again at one time stands in the queue twice.
            _pending[_pending.Head(key)].State = Collected;
            keys.Add(key);
        }
    }

    /// <summary>Takes what is pending for a key off; its id and values can be read until the next call.</summary>
    public void Take(int key)
    {
        Release();
        _due = _pending.Head(key);
        _pending.Unlink(_due);
        Open.Set(key, false);
    }

    /// <summary>The latest deadline; null when nothing is pending.</summary>
    public long? LastDue()
    {
        long? last = null;
        for (var item = 0; item < _pending.Used; item++)
            if (_pending[item] is { Key: >= 0, State: Waiting } pending) last = Math.Max(last ?? long.MinValue, pending.First + shape.Within);
        return last;
    }

    /// <summary>When the key's deadline is; null when nothing is pending.</summary>
    public long? DueOf(int key) => _pending.Head(key) is >= 0 and var item ? _pending[item].First + shape.Within : null;

    /// <summary>Drops the keys that have been pending longest until no more than <paramref name="cap"/> are left (L2).</summary>
    public int Evict(int cap, Comparison<int> byBytes)
    {
        Release();
        var surplus = _pending.Count - cap;
        if (surplus <= 0) return 0;
        var oldest = Enumerable.Range(0, _pending.Used).Where(i => _pending[i].Key >= 0)
            .OrderBy(i => _pending[i].First).ThenBy(i => _pending[i].Key, Comparer<int>.Create(byBytes)).Take(surplus).ToList();
        foreach (var item in oldest) Remove(item);
        return surplus;
    }

    /// <summary>A new plan keeps other values: what was at <c>from[i]</c> comes to i, −1: it was not kept before.</summary>
    public void Rearrange(IReadOnlyList<int> from)
    {
        Release();
        _pending.Rearrange(from);
    }

    private bool Cancels(IStepEvent e, int step) => (step == 1 || shape.Until == step) && e.Is(step);

    private bool IsPending((long Due, int Key) entry) =>
        _pending.Head(entry.Key) is >= 0 and var item && _pending[item].State == Waiting && _pending[item].First + shape.Within == entry.Due;

    private bool IsCancelled(int key, IStepEvent e)
    {
        if (_toldTau != e.Tau) return false;
        foreach (var (other, step, told) in _told)
            if (other == key && e.IsCancelledBy(step, told)) return true;
        return false;
    }

    private void Set(int key, IStepEvent e)
    {
        Release();
        var item = _pending.Add(key, Waiting);
        _pending[item].First = e.Tau;
        _pending.FirstId(item, 0).Set(e.Id);
        e.Keep(0, _pending.Kept(item));
        _queue.Enqueue((e.Tau + shape.Within, key));
        Open.Set(key, true);
    }

    private void Remove(int item)
    {
        Open.Set(_pending[item].Key, false);
        _pending.Remove(item);
    }

    private void Release()
    {
        if (_due >= 0) _pending.Release(_due);
        _due = -1;
    }
}
