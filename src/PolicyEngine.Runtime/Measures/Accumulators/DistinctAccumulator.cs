namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// How many different values, each with its newest time: memory is per value and not per event. The newest value lies in the header, so
/// one that comes again and again, as most do, touches nothing else; the others lie in a short array, or beyond
/// <see cref="FewPairs.Most"/> in a list through a hash table. Words: where the others are, how many values (all; <see cref="Many"/> set
/// where they are listed), a time that none is older than, time and value of the newest.
/// </summary>
internal sealed class DistinctAccumulator(Window window, AmountColumn amount, int cap, FamilyCounters counters)
    : Accumulator(window, amount)
{
    private const int Length = 1;
    private const int Oldest = 2;
    private const int NewestTime = 3;
    private const int NewestValue = 4;
    private const int PairAhead = 4;
    private const long Many = 1L << 40;
    private readonly FewPairs _few = new();
    private readonly RecentPairs _many = new();
    private long[] _lengths = [];

    public override long Bytes => _few.Bytes + _many.Bytes;

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
        if (headers[word + Oldest] <= floor && headers[word + Length] != 0)
            ExpireOldest(headers, word, floor);
    }

    public override void Reset(long[] headers, int at)
    {
        if (headers[at + Offset + Length] != 0)
            ExpireOldest(headers, at + Offset, long.MaxValue);
    }

    public override MeasureValue Read(MeasureReader reader, long[] headers, int at, in Moment moment) =>
        MeasureValue.Of(Count(headers[at + Offset + Length]));

    public override void Play(Tape tape, long[] headers)
    {
        if (!Window.IsPlain)
        {
            base.Play(tape, headers);
            return;
        }
        if (_lengths.Length < tape.Steps)
            _lengths = new long[tape.Capacity];
        AskForOthers(tape, headers);
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
            lengths[step] = Count(headers[at + Offset + Length]);
        }
    }

    private void AskForOthers(Tape tape, long[] headers)
    {
        var (steps, ats, values, has) = (tape.Steps, tape.At, amount.Values, amount.Has);
        for (var step = 0; step < steps; step++)
        {
            var word = ats[step] + Offset;
            if (!has[step] || IsNewest(headers, word, values[step]))
                continue;
            if (headers[word + Length] < Many)
                _few.AskFor(headers[word], (int)headers[word + Length]);
            else
                _many.AskForBucket(ats[step], values[step]);
        }
    }

    private void AskForPair(Tape tape, long[] headers, int step)
    {
        if (step < tape.Steps && headers[tape.At[step] + Offset + Length] >= Many && amount.Has[step]
            && !IsNewest(headers, tape.At[step] + Offset, amount.Values[step]))
            _many.AskForPair(tape.At[step], amount.Values[step]);
    }

    private static long Count(long length) => length & (Many - 1);

    private static bool IsNewest(long[] headers, int word, long value) =>
        headers[word + NewestValue] == value && headers[word + Length] > 0;

    private void Enter(long[] headers, int at, long value, long time)
    {
        var word = at + Offset;
        if (IsNewest(headers, word, value))
            headers[word + NewestTime] = time;
        else if (headers[word + Length] == 0)
            Begin(headers, word, value, time);
        else
            EnterAnother(headers, at, value, time);
    }

    private static void Begin(long[] headers, int word, long value, long time)
    {
        headers[word + Length] = 1;
        headers[word + Oldest] = headers[word + NewestTime] = time;
        headers[word + NewestValue] = value;
    }

    private void EnterAnother(long[] headers, int at, long value, long time)
    {
        var word = at + Offset;
        ref var others = ref headers[word];
        ref var length = ref headers[word + Length];
        var (oldValue, oldTime) = (headers[word + NewestValue], headers[word + NewestTime]);
        headers[word + NewestTime] = time;
        headers[word + NewestValue] = value;
        if (length <= FewPairs.Most)
        {
            var count = (int)length - 1;
            var index = _few.Find(others, count, value);
            if (index >= 0)
            {
                _few[others, index] = (oldValue, oldTime);
                return;
            }
            _few.Append(ref others, count, oldValue, oldTime);
        }
        else
        {
            // The newest is listed as well; its time is written down when another takes its place.
            if (length < Many)
                List(headers, at, oldValue, oldTime);
            else
                _many.SetNewest(others, oldTime);
            if (!_many.Touch(ref others, at, value, time))
                return;
        }
        length++;
        if (Count(length) > cap)
            GiveUpOldest(headers, word);
    }

    /// <summary>From the array to the list, which must run from the oldest time to the newest.</summary>
    private void List(long[] headers, int at, long newestValue, long newestTime)
    {
        ref var others = ref headers[at + Offset];
        Span<(long Time, int Place, long Value)> pairs = stackalloc (long, int, long)[(int)headers[at + Offset + Length] - 1];
        for (var index = 0; index < pairs.Length; index++)
        {
            var (value, time) = _few[others, index];
            pairs[index] = (time, index, value);
        }
        pairs.Sort();
        _few.Release(ref others);
        foreach (var (time, _, value) in pairs)
            _many.Touch(ref others, at, value, time);
        _many.Touch(ref others, at, newestValue, newestTime);
        headers[at + Offset + Length] |= Many;
    }

    private void GiveUpOldest(long[] headers, int word)
    {
        ref var length = ref headers[word + Length];
        counters.CappedValues++;
        length--;
        if (length >= Many)
        {
            _many.DropOldest(ref headers[word]);
            return;
        }
        var (others, count) = (headers[word], (int)length);
        var oldest = _few.Oldest(others, count);
        for (var index = oldest + 1; index < count; index++)
            _few[others, index - 1] = _few[others, index];
    }

    private void ExpireOldest(long[] headers, int word, long floor)
    {
        if (headers[word + NewestTime] <= floor)
            Clear(headers, word);
        else if (headers[word + Length] < Many)
            ExpireFew(headers, word, floor);
        else
            ExpireMany(headers, word, floor);
    }

    private void ExpireFew(long[] headers, int word, long floor)
    {
        var (count, oldest) = _few.Purge(headers[word], (int)headers[word + Length] - 1, floor);
        headers[word + Length] = count + 1;
        headers[word + Oldest] = Math.Min(oldest, headers[word + NewestTime]);
    }

    private void ExpireMany(long[] headers, int word, long floor)
    {
        while (Count(headers[word + Length]) > 1)
        {
            var time = _many.OldestTime(headers[word]);
            if (time > floor)
            {
                headers[word + Oldest] = time;
                return;
            }
            _many.DropOldest(ref headers[word]);
            headers[word + Length]--;
        }
        headers[word + Oldest] = headers[word + NewestTime];
    }

    private void Clear(long[] headers, int word)
    {
        if (headers[word + Length] < Many)
        {
            _few.Release(ref headers[word]);
        }
        else
        {
            for (var left = Count(headers[word + Length]); left > 0; left--)
                _many.DropOldest(ref headers[word]);
        }
        headers.AsSpan(word, Words).Clear();
    }
}
