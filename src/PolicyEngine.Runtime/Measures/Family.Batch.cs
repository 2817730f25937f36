using PolicyEngine.Runtime.Events;

namespace PolicyEngine.Runtime.Measures;

/// <summary>Many rows at once: the same steps as row by row, with memory asked for ahead and results written as columns.</summary>
public sealed partial class Family
{
    // Rows between asking for a key's slot and needing it.
    private const int SlotAhead = 16;
    // As many as leave the headers and records they touch in the nearest cache.
    private const int StepsAtOnce = 64;

    /// <summary>
    /// Counts the rows of a batch and writes every measure's value as each row sees it, except for lazy ones. Touches only the rows
    /// in <paramref name="order"/> that are fed or read.
    /// </summary>
    /// <param name="batch">Supplies the times at which events are applied.</param>
    /// <param name="order">Rows in the total order; times do not decrease.</param>
    /// <param name="results">By slot, of the kind of the measure's result.</param>
    public void Apply(EventBatch batch, ReadOnlySpan<int> order, in FamilyInput input, Vector[] results)
    {
        BeginBatch(batch.Taus.Length);
        for (var slot = 0; slot < results.Length; slot++)
            _readers[slot].Target = IsLazy(slot) ? null : results[slot];
        for (var from = 0; from < order.Length; from += StepsAtOnce)
        {
            FindKeys(batch.Taus, order.Slice(from, Math.Min(StepsAtOnce, order.Length - from)), input);
            AskAhead();
            Log(input);
            Play();
        }
        foreach (var reader in _readers)
            reader.Target = null;
    }

    private void FindKeys(long[] taus, ReadOnlySpan<int> order, in FamilyInput input)
    {
        _tape.Clear(order.Length);
        var (handles, headers) = (input.Key.Handles, _keys.Headers);
        for (var i = 0; i < order.Length; i++)
        {
            if (i + SlotAhead < order.Length)
                _keys.AskFor(handles[order[i + SlotAhead]]);
            var row = order[i];
            var word = row >> 6;
            var bit = 1UL << (row & 63);
            var isFed = (input.Feed[word] & bit) != 0;
            if (!isFed && (input.Readers[word] & bit) == 0)
                continue;
            var handle = (input.Key.Present[word] & bit) != 0 ? handles[row] : -1;
            if (handle < 0)
            {
                _counters.MissingKeys += isFed ? 1 : 0;
                WriteMissing(row);
                continue;
            }
            var slot = isFed ? SlotOf(handle) : _keys.Find(handle);
            var at = slot * _keys.Stride;
            for (var line = 0; line < _hotWords; line += 8)
                Prefetch.Line(headers, at + line);
            _tape.Add(at, row, taus[row], --_batchOrdinal, isFed);
        }
    }

    /// <summary>The headers are on their way: asks for what they point to.</summary>
    private void AskAhead()
    {
        if (_logged.Length == 0)
            return;
        var (headers, steps, ats) = (_keys.Headers, _tape.Steps, _tape.At);
        for (var step = 0; step < steps; step++)
            _log.AskForHead(headers, ats[step]);
        foreach (var window in _logged)
            window.AskAhead(_tape, headers);
    }

    private void WriteMissing(int row)
    {
        foreach (var reader in _readers)
        {
            if (reader.Target is not null)
                reader.Put(row, MeasureValue.Missing);
        }
        if (_lazy.Length > 0)
            Remember(row, NoKey, 0);
    }
}
