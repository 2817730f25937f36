namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// How many different values, each with its newest time, in a list from the one seen longest ago to the one seen last: memory is per
/// value and not per event. Words: the list's ends (oldest low, newest high), its length.
/// </summary>
internal sealed class DistinctAccumulator(Window window, AmountColumn amount, int cap, FamilyKeys keys, FamilyCounters counters)
    : Accumulator(window)
{
    private const int BucketAhead = 8;
    private const int PairAhead = 4;
    private readonly PairTable _pairs = new();

    public override long Bytes => _pairs.Bytes;

    public override int Words => 2;

    public override bool Expires => true;

    public override void Enter(long[] headers, int at, in Sample sample)
    {
        if (!amount.TryGet(sample.Store, sample.Record, out var value))
            return;
        var key = keys.SlotAt(at);
        var pair = _pairs.Find(key, value);
        if (pair != 0)
        {
            if ((int)(headers[at + Offset] >> 32) != pair)
            {
                Unlink(ref headers[at + Offset], pair);
                Append(ref headers[at + Offset], pair);
            }
            _pairs[pair].Data = sample.Time;
            return;
        }
        pair = _pairs.Add(key, value);
        _pairs[pair].Data = sample.Time;
        Append(ref headers[at + Offset], pair);
        if (++headers[at + Offset + 1] <= cap)
            return;
        DropOldest(headers, at);
        counters.CappedValues++;
    }

    public override void Expire(long[] headers, int at, long floor)
    {
        while (headers[at + Offset + 1] > 0 && _pairs[(int)headers[at + Offset]].Data <= floor)
            DropOldest(headers, at);
    }

    public override void Reset(long[] headers, int at)
    {
        while (headers[at + Offset + 1] > 0)
            DropOldest(headers, at);
    }

    protected override void AskAhead(Tape tape, int step)
    {
        // First the bucket, and when that has come, the pair it names.
        if (step + BucketAhead < tape.Steps && tape.IsFed[step + BucketAhead] && TryPeek(tape, step + BucketAhead, out var value))
            _pairs.AskForBucket(keys.SlotAt(tape.At[step + BucketAhead]), value);
        if (step + PairAhead < tape.Steps && tape.IsFed[step + PairAhead] && TryPeek(tape, step + PairAhead, out value))
            _pairs.AskForFirst(keys.SlotAt(tape.At[step + PairAhead]), value);
    }

    public override MeasureValue Read(MeasureReader reader, long[] headers, int at, in Moment moment) =>
        MeasureValue.Of(headers[at + Offset + 1]);

    private void DropOldest(long[] headers, int at)
    {
        var pair = (int)headers[at + Offset];
        Unlink(ref headers[at + Offset], pair);
        _pairs.Remove(pair);
        headers[at + Offset + 1]--;
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

    private bool TryPeek(Tape tape, int step, out long value) => amount.TryGet(tape.Store, tape.Records[step], out value);
}
