namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// How many different values, each with its newest time, in a list from the one seen longest ago to the one seen last: memory is per
/// value and not per event. A value that comes again and again, as most do, touches the header only: it knows the newest value, and its
/// time is written to the pair when another takes its place. Words: the list's ends (oldest low, newest high), its length, a time that
/// none in it is older than, time and value of the newest.
/// </summary>
internal sealed class DistinctAccumulator(Window window, AmountColumn amount, int cap, FamilyCounters counters)
    : Accumulator(window, amount)
{
    private const int Length = 1;
    private const int Oldest = 2;
    private const int NewestTime = 3;
    private const int NewestValue = 4;
    private const int PairAhead = 4;
    private readonly PairTable _pairs = new();
    private long[] _lengths = [];

    public override long Bytes => _pairs.Bytes;

    public override int Words => 5;

    public override bool Expires => true;

    public override void Enter(long[] headers, int at, in Sample sample)
    {
        if (sample.HasValue)
            Enter(headers, at, sample.Value, sample.Time);
    }

    public override void Expire(long[] headers, int at, long floor)
    {
        var word = at + Offset;
        if (headers[word + Oldest] <= floor)
            ExpireOldest(headers, at, floor);
    }

    public override void Reset(long[] headers, int at)
    {
        while (headers[at + Offset + Length] > 0)
            DropOldest(headers, at);
        headers.AsSpan(at + Offset, Words).Clear();
    }

    public override MeasureValue Read(MeasureReader reader, long[] headers, int at, in Moment moment) =>
        MeasureValue.Of(headers[at + Offset + Length]);

    public override void Play(Tape tape, long[] headers)
    {
        if (!Window.IsPlain)
        {
            base.Play(tape, headers);
            return;
        }
        if (_lengths.Length < tape.Steps)
            _lengths = new long[tape.Capacity];
        AskForBuckets(tape, headers);
        PlayPlain(tape, headers);
        foreach (var reader in Readers)
        {
            if (reader.Target is not null)
                reader.PutCounts(tape.Rows.AsSpan(0, tape.Steps), _lengths);
        }
    }

    private void PlayPlain(Tape tape, long[] headers)
    {
        var (steps, ats, times, values, has, floors, lengths) =
            (tape.Steps, tape.At, tape.Times, amount.Values, amount.Has, Window.Floors, _lengths);
        for (var step = 0; step < steps; step++)
        {
            AskForPair(tape, headers, step + PairAhead);
            var at = ats[step];
            if (has[step])
                Enter(headers, at, values[step], times[step]);
            Expire(headers, at, floors[step]);
            lengths[step] = headers[at + Offset + Length];
        }
    }

    private void AskForBuckets(Tape tape, long[] headers)
    {
        var (steps, ats, values, has) = (tape.Steps, tape.At, amount.Values, amount.Has);
        for (var step = 0; step < steps; step++)
        {
            if (has[step] && !IsNewest(headers, ats[step] + Offset, values[step]))
                _pairs.AskForBucket(ats[step], values[step]);
        }
    }

    private void AskForPair(Tape tape, long[] headers, int step)
    {
        if (step < tape.Steps && amount.Has[step] && !IsNewest(headers, tape.At[step] + Offset, amount.Values[step]))
            _pairs.AskForFirst(tape.At[step], amount.Values[step]);
    }

    private static bool IsNewest(long[] headers, int word, long value) =>
        headers[word + NewestValue] == value && headers[word + Length] > 0;

    private void Enter(long[] headers, int at, long value, long time)
    {
        var word = at + Offset;
        if (IsNewest(headers, word, value))
            headers[word + NewestTime] = time;
        else
            EnterAnother(headers, at, value, time);
    }

    private void EnterAnother(long[] headers, int at, long value, long time)
    {
        var word = at + Offset;
        var newest = (int)(headers[word] >> 32);
        if (newest != 0)
            _pairs[newest].Data = headers[word + NewestTime];
        var pair = _pairs.Find(at, value);
        var isNew = pair == 0;
        if (isNew)
            pair = _pairs.Add(at, value);
        else
            Unlink(ref headers[word], pair);
        Append(ref headers[word], pair);
        headers[word + NewestTime] = time;
        headers[word + NewestValue] = value;
        if (!isNew)
            return;
        if (++headers[word + Length] == 1)
            headers[word + Oldest] = time;
        if (headers[word + Length] <= cap)
            return;
        DropOldest(headers, at);
        counters.CappedValues++;
    }

    private void ExpireOldest(long[] headers, int at, long floor)
    {
        var word = at + Offset;
        while (headers[word + Length] > 0)
        {
            var (oldest, newest) = ((int)headers[word], (int)(headers[word] >> 32));
            var time = oldest == newest ? headers[word + NewestTime] : _pairs[oldest].Data;
            if (time > floor)
            {
                headers[word + Oldest] = time;
                return;
            }
            DropOldest(headers, at);
        }
    }

    private void DropOldest(long[] headers, int at)
    {
        var pair = (int)headers[at + Offset];
        Unlink(ref headers[at + Offset], pair);
        _pairs.Remove(pair);
        headers[at + Offset + Length]--;
    }

    private void Append(ref long ends, int pair)
    {
        var newest = (int)(ends >> 32);
        _pairs[pair].Older = newest;
        _pairs[pair].Newer = 0;
        if (newest != 0)
            _pairs[newest].Newer = pair;
        ends = (long)pair << 32 | (newest == 0 ? (uint)pair : (uint)ends);
    }

    private void Unlink(ref long ends, int pair)
    {
        var (older, newer) = (_pairs[pair].Older, _pairs[pair].Newer);
        if (older != 0)
            _pairs[older].Newer = newer;
        if (newer != 0)
            _pairs[newer].Older = older;
        var oldest = older == 0 ? (uint)newer : (uint)ends;
        var newest = newer == 0 ? older : (int)(ends >> 32);
        ends = (long)newest << 32 | oldest;
    }
}
