using PolicyEngine.Runtime.Events;

namespace PolicyEngine.Runtime.Measures;

/// <summary>Many rows at once: the same steps as row by row, with memory asked for ahead and results written as columns.</summary>
public sealed partial class Family
{
    // Rows between asking and needing: headers first, then what the headers point to.
    private const int HeaderAhead = 14;
    private const int RingAhead = 7;
    // As many as leave the headers and records they touch in the nearest caches.
    private const int StepsAtOnce = 128;

    /// <summary>
    /// Counts the rows of a batch and writes every measure's value as each row sees it. Touches only the rows in
    /// <paramref name="order"/> that are fed or read.
    /// </summary>
    /// <param name="batch">Supplies the times at which events are applied.</param>
    /// <param name="order">Rows in the total order; times do not decrease.</param>
    /// <param name="results">By slot, of the kind of the measure's result.</param>
    public void Apply(EventBatch batch, ReadOnlySpan<int> order, in FamilyInput input, Vector[] results)
    {
        for (var slot = 0; slot < results.Length; slot++)
            _readers[slot].Target = results[slot];
        for (var from = 0; from < order.Length; from += StepsAtOnce)
        {
            FindKeys(batch.Taus, order.Slice(from, Math.Min(StepsAtOnce, order.Length - from)), input);
            Log(input);
            Play();
        }
        foreach (var reader in _readers)
            reader.Target = null;
    }

    private void FindKeys(long[] taus, ReadOnlySpan<int> order, in FamilyInput input)
    {
        _tape.Clear(order.Length);
        var handles = input.Key.Handles;
        foreach (var row in order)
        {
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
            _tape.Add(slot * _keys.Stride, row, taus[row], --_batchOrdinal, isFed);
        }
    }

    private void WriteMissing(int row)
    {
        foreach (var reader in _readers)
            reader.Put(row, MeasureValue.Missing);
    }
}
