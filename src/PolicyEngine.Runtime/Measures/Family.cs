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
    private Window[] _windows = [];
    private Window[] _walking = [];
    private LoggedWindow[] _logged = [];
    private int[] _leftWords = [];
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
        (_keptWord, _batchWord, _hotWords) = (layout.KeptWord, layout.BatchWord, layout.HotWords);
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
        BeginBatch(row + 1);
        Step(at, row, tau, ordinal, true);
        Log(input);
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
        var at = _keys.Find(key) * _keys.Stride;
        if (at != 0)
            Advance(at, tau, ordinal);
        if (at != 0 && _readers[slot].Window is LazyWindow lazy)
            lazy.CatchUp(_keys.Headers, at, _keys.Headers[at + _keptWord], _keys.Headers[at + _log.HeadWord], tau);
        return _readers[slot].Read(_keys.Headers, at, tau, ordinal);
    }

    private void Advance(int at, long time, long ordinal)
    {
        Step(at, 0, time, ordinal, false);
        _record.Silence();
        if (_logged.Length > 0)
            _tape.Heads[0] = _keys.Headers[at + _log.HeadWord];
        Play();
    }

    private void Step(int at, int row, long time, long ordinal, bool isFed)
    {
        _tape.Clear(1);
        _tape.Add(at, row, time, ordinal, isFed);
    }

    private int SlotOf(int handle)
    {
        var slot = _keys.Find(handle);
        return slot != 0 ? slot : _keys.Add(handle);
    }

    /// <summary>Takes what the steps bring and writes down their events.</summary>
    private void Log(in FamilyInput input)
    {
        var isLogged = _logged.Length > 0;
        if (isLogged)
        {
            var moves = _log.Moves;
            Append();
            if (_log.Moves != moves)
                Locate(_keys.Headers);
            _tape.Store = _log.Store;
        }
        else
        {
            TakeGaps();
        }
        _record.Fill(_tape, input, isLogged);
    }

    private void TakeGaps()
    {
        var (headers, steps, ats, isFed, times, gaps) = (_keys.Headers, _tape.Steps, _tape.At, _tape.IsFed, _tape.Times, _tape.Gaps);
        for (var step = 0; step < steps; step++)
        {
            if (isFed[step])
                gaps[step] = Touch(ref headers[ats[step] + FamilyKeys.LastTime], times[step]);
        }
    }

    private void Append()
    {
        var (headers, steps, isHeld) = (_keys.Headers, _tape.Steps, _lazy.Length > 0);
        var (ats, isFed, times, gaps, records, heads) =
            (_tape.At, _tape.IsFed, _tape.Times, _tape.Gaps, _tape.Records, _tape.Heads);
        for (var step = 0; step < steps; step++)
        {
            var at = ats[step];
            if (isHeld)
                Hold(headers, at);
            if (isFed[step])
            {
                gaps[step] = Touch(ref headers[at + FamilyKeys.LastTime], times[step]);
                records[step] = _log.Append(headers, at, isHeld ? headers[at + _keptWord] : Tail(headers, at));
            }
            heads[step] = headers[at + _log.HeadWord];
            if (isHeld)
                Remember(_tape.Rows[step], at, heads[step]);
        }
    }

    private static long Touch(ref long last, long time)
    {
        var gap = last == FamilyKeys.Never ? Tape.NoGap : time - last;
        last = time;
        return gap;
    }

    private long Tail(long[] headers, int at)
    {
        var tail = long.MaxValue;
        foreach (var word in _leftWords)
            tail = Math.Min(tail, headers[at + word]);
        return tail;
    }

    /// <summary>Windows, then accumulators, over the steps that the tape holds.</summary>
    private void Play()
    {
        var headers = _keys.Headers;
        if (_logged.Length > 0)
            _tape.Store = _log.Store;
        foreach (var window in _walking)
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
