using PolicyEngine.Runtime.Events;

namespace PolicyEngine.Runtime.Measures;

/// <summary>Many rows at once: the same steps as row by row, with memory asked for ahead and results written as columns.</summary>
public sealed partial class Family
{
    // Rows between asking for a key's slot and needing it.
    private const int SlotAhead = 16;
    // As many as leave the headers and records they touch in the nearest cache.
    private const int StepsAtOnce = 64;
    private int[] _rows = [];
    private bool _isAnyFed;
    private bool _lastsForever;

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
        var rows = Select(order, input);
        if (!_isAnyFed && _lastsForever)
            ReadOnly(rows, batch.Taus, input);
        for (var from = 0; from < rows.Length && (_isAnyFed || !_lastsForever); from += StepsAtOnce)
        {
            FindKeys(batch.Taus, rows.Slice(from, Math.Min(StepsAtOnce, rows.Length - from)), input);
            AskAhead();
            Log(input);
            Play();
        }
        foreach (var reader in _readers)
            reader.Target = null;
    }

    /// <summary>The rows that are fed or read.</summary>
    private ReadOnlySpan<int> Select(ReadOnlySpan<int> order, in FamilyInput input)
    {
        if (_rows.Length < order.Length)
            _rows = new int[order.Length];
        var (feed, readers, rows, count, fed) = (input.Feed, input.Readers, _rows, 0, 0UL);
        foreach (var row in order)
        {
            var isFed = feed[row >> 6] >> (row & 63) & 1;
            rows[count] = row;
            count += (int)(isFed | (readers[row >> 6] >> (row & 63) & 1));
            fed |= isFed;
        }
        _isAnyFed = fed != 0;
        return rows.AsSpan(0, count);
    }

    /// <summary>No event comes and none ever goes: all keys are as they were.</summary>
    private void ReadOnly(ReadOnlySpan<int> rows, long[] taus, in FamilyInput input)
    {
        var (handles, present) = (input.Key.Handles, input.Key.Present);
        foreach (var row in rows)
        {
            var isPresent = (present[row >> 6] >> (row & 63) & 1) != 0 && handles[row] >= 0;
            var at = isPresent ? _keys.Find(handles[row]) * _keys.Stride : 0;
            foreach (var reader in _readers)
                reader.Put(row, isPresent ? reader.Read(_keys.Headers, at, taus[row], -1) : MeasureValue.Missing);
        }
    }

    private void FindKeys(long[] taus, ReadOnlySpan<int> rows, in FamilyInput input)
    {
        _tape.Clear(rows.Length);
        var (handles, headers) = (input.Key.Handles, _keys.Headers);
        for (var i = 0; i < rows.Length; i++)
        {
            if (i + SlotAhead < rows.Length)
                _keys.AskFor(handles[rows[i + SlotAhead]]);
            var row = rows[i];
            var word = row >> 6;
            var bit = 1UL << (row & 63);
            var isFed = (input.Feed[word] & bit) != 0;
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
