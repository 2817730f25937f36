using PolicyEngine.Runtime.Events;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// Measures that are made from the log when somebody asks. The rows of a batch may ask after all of it has been logged, so the log keeps
/// what was inside when the batch began: <see cref="_keptWord"/>, renewed when a batch first meets the key.
/// </summary>
public sealed partial class Family
{
    private const int NoKey = -1;
    private readonly int _keptWord;
    private readonly int _batchWord;
    private readonly int _hotWords;
    private LazyWindow[] _lazy = [];
    private int[] _atOfRow = [];
    private long[] _headOfRow = [];
    private long _batches;

    /// <summary>Slots whose values <see cref="ReadLazy"/> gives, and not <see cref="Apply"/>.</summary>
    public bool IsLazy(int slot) => _readers[slot].Window is LazyWindow;

    public bool HasLazy => _lazy.Length > 0;

    /// <summary>
    /// Begins to ask for the values of lazy measures on rows of the batch given to <see cref="Apply"/> last, each of which was fed or read.
    /// </summary>
    /// <param name="words">Words of a bitmap of rows.</param>
    public void AskNobody(int words)
    {
        foreach (var window in _lazy)
            window.ClearRows(words);
    }

    public void Ask(int slot, ReadOnlySpan<ulong> rows)
    {
        var asked = ((LazyWindow)_readers[slot].Window).Rows;
        for (var word = 0; word < rows.Length; word++)
            asked[word] |= rows[word];
    }

    /// <summary>Writes the values of lazy measures on the rows that were asked for, as each row sees them.</summary>
    public void ReadLazy(EventBatch batch, ReadOnlySpan<int> order, Vector[] results)
    {
        foreach (var window in _lazy)
        {
            var readers = Array.FindAll(_readers, r => r.Window == window);
            foreach (var reader in readers)
                reader.Target = results[Array.IndexOf(_readers, reader)];
            foreach (var row in order)
            {
                if ((window.Rows[row >> 6] >> (row & 63) & 1) != 0)
                    Read(window, readers, row, batch.Taus[row]);
            }
            foreach (var reader in readers)
                reader.Target = null;
        }
    }

    private void Read(LazyWindow window, MeasureReader[] readers, int row, long time)
    {
        var at = _atOfRow[row];
        if (at > 0)
            window.CatchUp(_keys.Headers, at, _keys.Headers[at + _keptWord], _headOfRow[row], time);
        foreach (var reader in readers)
            reader.Put(row, at == NoKey ? MeasureValue.Missing : reader.Read(_keys.Headers, at, time, -1));
    }

    /// <summary>The first step of a batch for a key: from here on the log keeps what is inside now.</summary>
    private void Hold(long[] headers, int at)
    {
        if (headers[at + _batchWord] == _batches || at == 0)
            return;
        headers[at + _batchWord] = _batches;
        var tail = Tail(headers, at);
        foreach (var window in _lazy)
            window.LeaveBefore(headers, at, tail);
        headers[at + _keptWord] = tail;
    }

    private void Remember(int row, int at, long head)
    {
        _atOfRow[row] = at;
        _headOfRow[row] = head;
    }

    private void BeginBatch(int capacity)
    {
        _batches++;
        if (_lazy.Length == 0 || _atOfRow.Length >= capacity)
            return;
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity);
        _atOfRow = new int[size];
        _headOfRow = new long[size];
    }
}
