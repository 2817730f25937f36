using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// The state of all measures that count the same events under the same key. Every key has one header and, where a window needs single
/// events, one ring of them; each window is a cursor into the ring and each measure a few words that change when an event comes or
/// goes. Times given to one family never run backwards.
/// </summary>
public sealed partial class Family
{
    private readonly FamilyCounters _counters = new();
    private readonly FamilyKeys _keys = new();
    private readonly RecordLayout _record;
    private readonly EventLog _log;
    private readonly Tape _tape = new();
    private long[] _loose = [];
    private Window[] _windows = [];
    private LoggedWindow[] _logged = [];
    private Accumulator[] _playing = [];
    private MeasureReader[] _known = [];
    private MeasureReader[] _readers = [];
    // Ordinals of batch rows run downwards from −2: unlike any of the caller's, and unlike "nobody".
    private long _batchOrdinal = -2;

    /// <param name="measures">Measures with equal feed and key; their positions are the slots.</param>
    /// <param name="limits">Bounds per key (L2).</param>
    public Family(IReadOnlyList<MeasurePlan> measures, EngineLimits limits)
    {
        var layout = new FamilyLayout(measures, limits, _keys, _counters);
        _record = layout.Record;
        _log = layout.Log;
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

    /// <summary>Counts one event.</summary>
    /// <param name="key">Handle of the key, −1 where it is missing.</param>
    /// <param name="tau">When it is applied.</param>
    /// <param name="ordinal">Names the event, from 0, so that it does not see itself where a value is "before this event".</param>
    /// <param name="row">Where its amounts are in <paramref name="input"/>.</param>
    public void Enter(int key, long tau, long ordinal, int row, in FamilyInput input)
    {
        if (key < 0)
        {
            _counters.MissingKeys++;
            return;
        }
        var at = SlotOf(key) * _keys.Stride;
        Step(at, row, new Sight(tau, ordinal), true);
        PrepareStore(1);
        Log(0, input);
        Play();
    }

    /// <summary>The value at <paramref name="tau"/> (not before any time given earlier) as event <paramref name="ordinal"/> sees it.</summary>
    /// <param name="slot">The measure.</param>
    /// <param name="key">Handle of the key; −1: the value is missing.</param>
    /// <param name="ordinal">−1: seen by no event.</param>
    public MeasureValue Read(int slot, int key, long tau, long ordinal)
    {
        if (key < 0)
            return MeasureValue.Missing;
        var sight = new Sight(tau, ordinal);
        var at = _keys.Find(key) * _keys.Stride;
        if (at != 0)
            Advance(at, sight);
        return _readers[slot].Read(_keys.Headers, at, sight);
    }

    private void Advance(int at, in Sight sight)
    {
        Step(at, 0, sight, false);
        if (_logged.Length > 0)
            _tape.Heads[0] = _keys.Headers[at + _log.HeadWord];
        Play();
    }

    private void Step(int at, int row, in Sight sight, bool isFed)
    {
        _tape.Clear(1);
        _tape.Add(at, row, sight.Time, sight.Ordinal, isFed);
    }

    private int SlotOf(int handle)
    {
        var slot = _keys.Find(handle);
        return slot != 0 ? slot : _keys.Add(handle);
    }

    /// <summary>Where no window needs the log, the records of the steps live as long as the tape.</summary>
    private void PrepareStore(int steps)
    {
        if (_logged.Length == 0 && _loose.Length < steps * _record.Words)
            _loose = new long[steps * _record.Words];
        _tape.Store = _loose;
    }

    /// <summary>Writes down the step's own event.</summary>
    private void Log(int step, in FamilyInput input)
    {
        var headers = _keys.Headers;
        var at = _tape.At[step];
        var isLogged = _logged.Length > 0;
        if (_tape.IsFed[step])
        {
            var time = _tape.Sights[step].Time;
            ref var last = ref headers[at + FamilyKeys.LastTime];
            var gap = last == FamilyKeys.Never ? MeasureValue.Missing : MeasureValue.Of(time - last);
            last = time;
            var record = isLogged ? _log.Append(headers, at, Tail(headers, at)) : step * _record.Words;
            _record.Fill(isLogged ? _log.Store : _loose, record, time, input, _tape.Rows[step], gap);
            _tape.Records[step] = record;
        }
        if (isLogged)
            _tape.Heads[step] = headers[at + _log.HeadWord];
    }

    private long Tail(long[] headers, int at)
    {
        var tail = long.MaxValue;
        foreach (var window in _logged)
            tail = Math.Min(tail, headers[at + window.LeftWord]);
        return tail;
    }

    /// <summary>Windows, then accumulators, over the steps that the tape holds.</summary>
    private void Play()
    {
        var headers = _keys.Headers;
        if (_logged.Length > 0)
            _tape.Store = _log.Store;
        foreach (var window in _windows)
            window.Walk(_tape, headers);
        foreach (var accumulator in _playing)
            accumulator.Play(_tape, headers);
    }

    /// <summary>Finds the steps' records again after a ring has moved.</summary>
    private void Locate(long[] headers)
    {
        for (var step = 0; step < _tape.Steps; step++)
        {
            if (_tape.IsFed[step])
                _tape.Records[step] = _log.Position(headers, _tape.At[step], _tape.Heads[step] - 1);
        }
    }
}
