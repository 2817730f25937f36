using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// The state of all measures that count the same events under the same key. Every key has one header and, where a window needs single
/// events, one ring of them; each window is a cursor into the ring and each measure a few words that change when an event comes or
/// goes. Times given to one family never run backwards.
/// </summary>
public sealed partial class Family
{
    private const long NoOrdinal = -1;
    private readonly EngineLimits _limits;
    private readonly FamilyCounters _counters = new();
    private readonly FamilyKeys _keys = new();
    private readonly RecordLayout _record;
    private readonly EventLog _log;
    private readonly long[] _scratch;
    private Window[] _windows = [];
    private LoggedWindow[] _logged = [];
    private MeasureReader[] _known = [];
    private MeasureReader[] _readers = [];
    // Ordinals of batch rows run downwards from −2: unlike any of the caller's, and unlike "nobody".
    private long _batchOrdinal = -2;

    /// <param name="measures">Measures with equal feed and key; their positions are the slots.</param>
    /// <param name="limits">Bounds per key (L2).</param>
    public Family(IReadOnlyList<MeasurePlan> measures, EngineLimits limits)
    {
        _limits = limits;
        var layout = new FamilyLayout(measures, limits, _keys, _counters);
        _record = layout.Record;
        _log = layout.Log;
        _scratch = new long[_record.Words];
        _windows = [.. layout.Windows];
        _known = [.. layout.Readers];
        Rebind(measures);
    }

    /// <summary>Keys with state.</summary>
    public int Keys => _keys.Count;

    /// <summary>Fed events without a key; they are not counted (D1).</summary>
    public long MissingKeys => _counters.MissingKeys;

    /// <summary>Events given up because a key had too many.</summary>
    public long CappedEvents => _counters.CappedEvents;

    /// <summary>Distinct values given up because a key had too many.</summary>
    public long CappedValues => _counters.CappedValues;

    /// <summary>Values too large for an exact sum (E7), once per measure.</summary>
    public long Refused => _counters.Refused;

    /// <summary>Keys dropped by <see cref="Evict"/>.</summary>
    public long Evicted => _counters.Evicted;

    /// <summary>
    /// Counts the rows of a batch and writes every measure's value as each row sees it. Touches only the rows in
    /// <paramref name="order"/> that are fed or read.
    /// </summary>
    /// <param name="batch">Supplies the times at which events are applied.</param>
    /// <param name="order">Rows in the total order; times do not decrease.</param>
    /// <param name="results">By slot, of the kind of the measure's result.</param>
    public void Apply(EventBatch batch, ReadOnlySpan<int> order, in FamilyInput input, Vector[] results)
    {
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
                if (isFed)
                    _counters.MissingKeys++;
                WriteMissing(row, results);
                continue;
            }
            var sight = new Sight(batch.Taus[row], --_batchOrdinal);
            var slot = isFed ? Enter(handle, sight, row, input) : Touch(handle, sight.Time);
            Write(slot * _keys.Stride, sight, row, results);
        }
    }

    /// <summary>Counts one event.</summary>
    /// <param name="key">Handle of the key, −1 where it is missing.</param>
    /// <param name="tau">When it is applied.</param>
    /// <param name="ordinal">Names the event, from 0, so that it does not see itself where a value is "before this event".</param>
    /// <param name="row">Where its amounts are in <paramref name="input"/>.</param>
    public void Enter(int key, long tau, long ordinal, int row, in FamilyInput input)
    {
        if (key < 0)
            _counters.MissingKeys++;
        else
            Enter(key, new Sight(tau, ordinal), row, input);
    }

    /// <summary>The value at <paramref name="tau"/> (not before any time given earlier) as event <paramref name="ordinal"/> sees it.</summary>
    /// <param name="slot">The measure.</param>
    /// <param name="key">Handle of the key; −1: the value is missing.</param>
    /// <param name="ordinal">−1: seen by no event.</param>
    public MeasureValue Read(int slot, int key, long tau, long ordinal)
    {
        if (key < 0)
            return MeasureValue.Missing;
        var at = Touch(key, tau) * _keys.Stride;
        return _readers[slot].Read(_keys.Headers, at, new Sight(tau, ordinal));
    }

    /// <summary>Brings the key's windows to a time; returns its slot.</summary>
    private int Touch(int handle, long time)
    {
        var slot = _keys.Find(handle);
        if (slot != 0)
            Advance(slot, time);
        return slot;
    }

    private void Advance(int slot, long time)
    {
        var headers = _keys.Headers;
        var at = slot * _keys.Stride;
        foreach (var window in _windows)
            window.Advance(headers, at, time);
    }

    private int Enter(int handle, in Sight sight, int row, in FamilyInput input)
    {
        var slot = Touch(handle, sight.Time);
        var isFirst = slot == 0;
        if (isFirst)
            slot = _keys.Add(handle);
        var headers = _keys.Headers;
        var at = slot * _keys.Stride;

        var gap = isFirst ? MeasureValue.Missing : MeasureValue.Of(sight.Time - headers[at + FamilyKeys.LastTime]);
        _record.Fill(_scratch, sight.Time, input, row, gap);
        headers[at + FamilyKeys.LastTime] = sight.Time;

        var sample = _logged.Length == 0 ? new Sample(_scratch, 0, -1, sight.Ordinal) : Log(headers, at, sight.Ordinal);
        foreach (var window in _windows)
            window.Enter(headers, at, sample);
        return slot;
    }

    private Sample Log(long[] headers, int at, long ordinal)
    {
        var index = headers[at + _log.HeadWord];
        var tail = Tail(headers, at);
        if (index - tail >= _limits.EventsPerKey)
        {
            foreach (var window in _logged)
                window.Drop(headers, at, tail);
            tail++;
            _counters.CappedEvents++;
        }
        var position = _log.Append(headers, at, tail, _scratch);
        return new Sample(_log.Store, position, index, ordinal);
    }

    private long Tail(long[] headers, int at)
    {
        var tail = long.MaxValue;
        foreach (var window in _logged)
            tail = Math.Min(tail, headers[at + window.LeftWord]);
        return tail;
    }

    private void Write(int at, in Sight sight, int row, Vector[] results)
    {
        var readers = _readers;
        for (var slot = 0; slot < readers.Length; slot++)
        {
            var reader = readers[slot];
            Put(results[slot], row, reader.Read(_keys.Headers, at, sight), reader.Form);
        }
    }

    private void WriteMissing(int row, Vector[] results)
    {
        for (var slot = 0; slot < _readers.Length; slot++)
            Put(results[slot], row, MeasureValue.Missing, _readers[slot].Form);
    }

    private static void Put(Vector result, int row, MeasureValue value, WordForm form)
    {
        if (form == WordForm.Handle)
            result.Handles[row] = value.IsPresent ? (int)value.Bits : -1;
        if (!value.IsPresent)
        {
            result.Present[row >> 6] &= ~(1UL << (row & 63));
            return;
        }
        result.SetPresent(row);
        if (form == WordForm.Double)
            result.Doubles[row] = value.Double;
        else if (form == WordForm.Long)
            result.Longs[row] = value.Bits;
    }
}
