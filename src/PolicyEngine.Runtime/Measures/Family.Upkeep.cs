using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>What happens to a family at certain places of the log only: sweeping, eviction, reload.</summary>
public sealed partial class Family
{
    private const int SlotsPerSweep = 1024;
    private int _sweepAt = 1;
    private long _retention;

    /// <summary>Bytes held in arrays, used or not.</summary>
    public long Bytes => _keys.Bytes + _log.Bytes + _windows.Sum(w => w.Bytes);

    /// <summary>
    /// Gives back memory of keys that have gone quiet, a bounded number of them per call. Changes no value at
    /// <paramref name="tau"/> or later. To be called at places of the log, not of the machine (M1).
    /// </summary>
    public void Sweep(long tau)
    {
        var visits = Math.Min(SlotsPerSweep, _keys.End - 1);
        for (var visit = 0; visit < visits; visit++)
        {
            if (_sweepAt >= _keys.End)
                _sweepAt = 1;
            var slot = _sweepAt++;
            if (_keys.HandleOf(slot) >= 0)
                Sweep(slot, tau);
        }
    }

    /// <summary>
    /// Drops the keys whose last counted event is oldest until <paramref name="cap"/> are left (L2).
    /// </summary>
    /// <param name="byBytes">Orders two handles by the bytes of their keys, for keys that were last counted in the same instant.</param>
    public void Evict(int cap, Comparison<int> byBytes)
    {
        var excess = _keys.Count - cap;
        if (excess <= 0)
            return;
        // The heap holds the oldest keys found so far, the youngest of them on top.
        var youngestFirst = Comparer<(long Last, int Handle)>.Create((a, b) =>
            a.Last != b.Last ? b.Last.CompareTo(a.Last) : byBytes(b.Handle, a.Handle));
        var oldest = new PriorityQueue<int, (long Last, int Handle)>(youngestFirst);
        for (var slot = 1; slot < _keys.End; slot++)
        {
            if (_keys.HandleOf(slot) < 0)
                continue;
            var age = (_keys.Headers[slot * _keys.Stride + FamilyKeys.LastTime], _keys.HandleOf(slot));
            if (oldest.Count < excess)
                oldest.Enqueue(slot, age);
            else
                oldest.EnqueueDequeue(slot, age);
        }
        while (oldest.TryDequeue(out var slot, out _))
            Forget(slot);
        _counters.Evicted += excess;
    }

    /// <summary>
    /// New numbers after a reload: measures keep their state by <see cref="MeasurePlan.Hash"/>; those that are not in the list are
    /// forgotten. A measure that is new to the policy starts empty and so belongs to a family of its own.
    /// </summary>
    /// <exception cref="ArgumentException">A measure is not one of this family.</exception>
    public void Rebind(IReadOnlyList<MeasurePlan> measures)
    {
        var readers = measures.Select(m => Array.Find(_known, r => r.Hash == m.Hash)
            ?? throw new ArgumentException($"measure `{m.Name}` is not kept by this family", nameof(measures))).ToArray();
        for (var slot = 1; slot < readers.Length; slot++)
        {
            if (readers.AsSpan(0, slot).Contains(readers[slot]))
                readers[slot] = readers[slot].Twin();
        }
        _readers = readers;
        _known = [.. readers.DistinctBy(r => r.Hash)];
        _lazy = [.. _windows.OfType<LazyWindow>().Where(w => _known.Any(r => r.Window == w))];
        // A lazy window needs another that says how long the log must remember.
        _windows = [.. _windows.Where(w => _known.Any(r => r.Window == w) || (w is LoggedWindow && _lazy.Length > 0))];
        _walking = [.. _windows.Where(w => w is not LazyWindow)];
        _lastsForever = _windows.All(w => w.Plan.Kind == PlanWindowKind.Forever);
        _logged = [.. _windows.OfType<LoggedWindow>()];
        _leftWords = [.. _logged.Select(w => w.LeftWord)];
        var accumulators = _known.Select(r => r.Accumulator).OfType<Accumulator>().Distinct().ToList();
        foreach (var window in _windows)
            window.Use(accumulators, readers);
        foreach (var accumulator in accumulators)
            accumulator.Readers = [.. readers.Where(r => r.Accumulator == accumulator)];
        _playing = [.. accumulators.Where(a => a.Window is not LazyWindow)];

        foreach (var column in _record.Numerators)
            column.Slot = Array.FindIndex(readers, r => r.Numerator == column);
        foreach (var column in _record.Amounts)
            column.Slot = Array.FindIndex(readers, r => r.Amount == column);
        _retention = measures.Count == 0 ? 0 : measures.Max(m => Retention(m.Window));
    }

    /// <summary>A key whose last event is this old has no values but those of an empty one.</summary>
    private static long Retention(PlanWindow window) =>
        window.Kind == PlanWindowKind.Forever ? long.MaxValue : window.Length + window.Ending;

    private void Sweep(int slot, long time)
    {
        var at = slot * _keys.Stride;
        if (time - _keys.Headers[at + FamilyKeys.LastTime] >= _retention)
        {
            Forget(slot);
            return;
        }
        Advance(at, time, -1);
        if (_logged.Length == 0)
            return;
        BeginBatch(0);
        if (_lazy.Length > 0)
            Hold(_keys.Headers, at);
        _log.Trim(_keys.Headers, at, Tail(_keys.Headers, at));
    }

    private void Forget(int slot)
    {
        var at = slot * _keys.Stride;
        foreach (var window in _windows)
            window.Release(_keys.Headers, at);
        _log.Release(_keys.Headers, at);
        _keys.Remove(slot);
    }
}
