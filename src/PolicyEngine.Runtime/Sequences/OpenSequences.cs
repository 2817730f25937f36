using PolicyEngine.Runtime.Matching;

namespace PolicyEngine.Runtime.Sequences;

/// <summary>
/// One sequence over all keys (H1–H4): at most one partial per key and state, the newest wins. Events come in the order of A3.
/// </summary>
internal sealed class OpenSequences(SequenceShape shape, int kept)
{
    private const int SweepAtLeast = 1024;
    private readonly PartialTable _partials = new(shape.StepCount, kept);
    private readonly Dictionary<int, LeadingEvents> _leading = [];
    private int _kept = kept;
    private int _complete = -1;
    private int _sweepAt = SweepAtLeast;

    /// <summary>Keys for which an event that begins nothing is worth a look.</summary>
    public OpenKeys Open { get; } = new();

    /// <summary>Partials, those of a repeated first step as one an event.</summary>
    public int Count => _partials.Count + _leading.Values.Sum(l => l.Count);

    /// <summary>What was kept of the sequence that <see cref="Offer"/> completed; until the next offer.</summary>
    public ReadOnlySpan<Value> Kept => _partials.Kept(_complete);

    public ReadOnlySpan<byte> FirstId(int step) => _partials.FirstId(_complete, step).Bytes;

    public ReadOnlySpan<byte> LastId(int step) => _partials.LastId(_complete, step).Bytes;

    /// <summary>Shows the event to the states of its key, from the last to the first. True: it completed a sequence.</summary>
    public bool Offer(int key, IStepEvent e)
    {
        ReleaseComplete();
        if (Open.Has(key))
        {
            Drop(key, e);
            Advance(key, e);
        }
        if (e.Is(0)) Begin(key, e);
        UpdateOpen(key);
        return _complete >= 0;
    }

    /// <summary>States of the key that are occupied, highest first.</summary>
    public IEnumerable<int> StatesOf(int key)
    {
        for (var item = _partials.Head(key); item >= 0; item = _partials[item].Next) yield return _partials[item].State;
        if (!_leading.TryGetValue(key, out var leading)) yield break;
        for (var state = leading.Count; state > 0; state--) yield return state;
    }

    /// <summary>Forgets what no event from τ on could complete; changes nothing that can be seen. Costs little however often it is asked.</summary>
    public void Sweep(long tau)
    {
        ReleaseComplete();
        if (_partials.Count + _leading.Count < _sweepAt) return;
        for (var item = 0; item < _partials.Used; item++)
        {
            var key = _partials[item].Key;
            if (key < 0 || tau - _partials[item].First < shape.Within) continue;
            _partials.Remove(item);
            UpdateOpen(key);
        }
        foreach (var leading in _leading.Values) leading.Forget(tau, shape.Within);
        foreach (var key in _leading.Where(l => l.Value.Count == 0).Select(l => l.Key).ToList()) Close(key);
        _sweepAt = Math.Max(SweepAtLeast, (_partials.Count + _leading.Count) * 2);
    }

    /// <summary>Drops the keys whose newest event is oldest until no more than <paramref name="cap"/> partials are left (L2).</summary>
    public int Evict(int cap, Comparison<int> byBytes)
    {
        var left = Count;
        if (left <= cap) return 0;
        ReleaseComplete();
        var newest = new Dictionary<int, (long Tau, int Count)>();
        void Saw(int key, long tau, int count)
        {
            var (known, sum) = newest.GetValueOrDefault(key, (long.MinValue, 0));
            newest[key] = (Math.Max(known, tau), sum + count);
        }
        for (var item = 0; item < _partials.Used; item++)
            if (_partials[item].Key >= 0) Saw(_partials[item].Key, _partials[item].Last, 1);
        foreach (var leading in _leading.Values.Where(l => l.Count > 0)) Saw(leading.Key, leading.NewestTau, leading.Count);
        var evicted = left;
        foreach (var (key, seen) in newest.OrderBy(n => n.Value.Tau).ThenBy(n => n.Key, Comparer<int>.Create(byBytes)))
        {
            if (left <= cap) break;
            left -= seen.Count;
            RemoveKey(key);
        }
        return evicted - left;
    }

    /// <summary>A new plan keeps other values: what was at <c>from[i]</c> comes to i, −1: it was not kept before.</summary>
    public void Rearrange(IReadOnlyList<int> from)
    {
        ReleaseComplete();
        _partials.Rearrange(from);
        foreach (var leading in _leading.Values) leading.Kept = [.. from.Select(f => f >= 0 ? leading.Kept[f] : Value.Missing)];
        _kept = from.Count;
    }

    /// <summary>`until` and absent steps drop what they concern before any step sees the event (H3).</summary>
    private void Drop(int key, IStepEvent e)
    {
        if (shape.Until >= 0 && e.Is(shape.Until))
        {
            DropWhere(key, e, shape.Until, state: 0);
            if (_leading.TryGetValue(key, out var leading) && leading.Count > 0 && e.Fits(shape.Until, leading.Kept)) leading.Clear();
        }
        foreach (var (step, state) in shape.Absent)
            if (e.Is(step)) DropWhere(key, e, step, state);
    }

    /// <param name="state">Only partials in this state; 0: in any.</param>
    private void DropWhere(int key, IStepEvent e, int step, int state)
    {
        for (var item = _partials.Head(key); item >= 0;)
        {
            var next = _partials[item].Next;
            if ((state == 0 || _partials[item].State == state) && e.Fits(step, _partials.Kept(item))) _partials.Remove(item);
            item = next;
        }
    }

    private void Advance(int key, IStepEvent e)
    {
        var above = -1;
        for (var item = _partials.Head(key); item >= 0;)
        {
            var next = _partials[item].Next;
            if (e.Tau - _partials[item].First >= shape.Within) _partials.Remove(item);
            else
            {
                if (GoesOn(item, e)) Move(item, above, e);
                if (item != _complete) above = item;
            }
            item = next;
        }
    }

    private bool GoesOn(int item, IStepEvent e)
    {
        ref readonly var partial = ref _partials[item];
        var state = partial.State + 1;
        var isLater = e.Tau > partial.Last || (e.Tau == partial.Last && e.Sequence > partial.LastSequence);
        if (!isLater && !shape.IsRepeat(state)) return false;
        var step = shape.StepInto(state);
        return e.Is(step) && e.Fits(step, _partials.Kept(item));
    }

    /// <param name="above">The partial in the next higher occupied state, which has seen the event already.</param>
    private void Move(int item, int above, IStepEvent e)
    {
        ref var partial = ref _partials[item];
        var state = ++partial.State;
        var step = shape.StepInto(state);
        (partial.Last, partial.LastSequence) = (e.Tau, e.Sequence);
        if (!shape.IsRepeat(state)) _partials.FirstId(item, step).Set(e.Id);
        _partials.LastId(item, step).Set(e.Id);
        e.Keep(step, _partials.Kept(item));
        if (state == shape.States)
        {
            _partials.Unlink(item);
            _complete = item;
        }
        else if (above >= 0 && _partials[above].State == state) _partials.Remove(above);
    }

    private void Begin(int key, IStepEvent e)
    {
        if (shape.Leading == 1)
        {
            Place(key, e, e.Tau, e.Id);
            return;
        }
        if (!_leading.TryGetValue(key, out var leading))
            _leading[key] = leading = new LeadingEvents(shape.Leading - 1, _kept) { Key = key };
        leading.Forget(e.Tau, shape.Within);
        e.Keep(0, leading.Kept);
        if (leading.IsFull) Place(key, e, leading.OldestTau, leading.OldestId);
        leading.Add(e.Tau, e.Id);
    }

    /// <summary>A partial that has met the whole first step; it replaces the one that stands there.</summary>
    private void Place(int key, IStepEvent e, long first, ReadOnlySpan<byte> firstId)
    {
        var item = _partials.Head(key);
        while (item >= 0 && _partials[item].State > shape.Leading) item = _partials[item].Next;
        if (item < 0) item = _partials.Add(key, shape.Leading);
        ref var partial = ref _partials[item];
        (partial.First, partial.Last, partial.LastSequence) = (first, e.Tau, e.Sequence);
        _partials.FirstId(item, 0).Set(firstId);
        _partials.LastId(item, 0).Set(e.Id);
        _partials.Kept(item).Clear();
        e.Keep(0, _partials.Kept(item));
    }

    private void UpdateOpen(int key)
    {
        var isOpen = _partials.Head(key) >= 0 || (shape.Until >= 0 && _leading.TryGetValue(key, out var leading) && leading.Count > 0);
        Open.Set(key, isOpen);
    }

    private void ReleaseComplete()
    {
        if (_complete >= 0) _partials.Release(_complete);
        _complete = -1;
    }

    private void Close(int key)
    {
        _leading.Remove(key);
        UpdateOpen(key);
    }

    private void RemoveKey(int key)
    {
        while (_partials.Head(key) is >= 0 and var item) _partials.Remove(item);
        Close(key);
    }
}
