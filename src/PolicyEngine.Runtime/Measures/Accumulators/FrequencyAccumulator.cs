using System.Runtime.InteropServices;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// How often each value is there, for entropy and top share. Words: values taken, sum of the entropy terms, greatest frequency, and
/// (for top share) the block that counts the values of each frequency, with its power in the upper half.
/// </summary>
internal sealed class FrequencyAccumulator(Window window, AmountColumn amount, FamilyKeys keys, RecordLayout layout)
    : Accumulator(window)
{
    private const int Terms = 1;
    private const int Greatest = 2;
    private const int Block = 3;
    private const int BucketAhead = 8;
    private const int PairAhead = 4;
    private readonly PairTable _pairs = new();
    private readonly BlockArena _histograms = new(1);
    // The pair of an event is written into its record, so that leaving needs no search.
    private readonly int _place = layout.ReserveHalf();

    public override long Bytes => _pairs.Bytes + _histograms.Bytes;

    public override int Words => 4;

    public override bool Leaves => true;

    public override void Enter(long[] headers, int at, in Sample sample)
    {
        if (!amount.TryGet(sample.Store, sample.Record, out var value))
            return;
        var key = keys.SlotAt(at);
        var pair = _pairs.Find(key, value);
        if (pair == 0)
            pair = _pairs.Add(key, value);
        layout.ReservedHalf(_place).Set(sample.Store, sample.Record, pair);

        var count = ++_pairs[pair].Data;
        var word = at + Offset;
        headers[word]++;
        headers[word + Terms] += FixedMath.EntropyTerm(count) - FixedMath.EntropyTerm(count - 1);
        if (count > headers[word + Greatest])
            headers[word + Greatest] = count;
        Grow(ref headers[word + Block], count);
        var histogram = Histogram(headers[word + Block]);
        histogram[(int)count]++;
        histogram[(int)count - 1]--;
    }

    public override void Leave(long[] headers, int at, in Sample sample)
    {
        if (!amount.TryGet(sample.Store, sample.Record, out _))
            return;
        var pair = layout.ReservedHalf(_place).Get(sample.Store, sample.Record);
        var count = _pairs[pair].Data--;
        var word = at + Offset;
        headers[word]--;
        headers[word + Terms] -= FixedMath.EntropyTerm(count) - FixedMath.EntropyTerm(count - 1);
        var histogram = Histogram(headers[word + Block]);
        histogram[(int)count - 1]++;
        if (--histogram[(int)count] == 0 && headers[word + Greatest] == count)
            headers[word + Greatest]--;
        if (count == 1)
            _pairs.Remove(pair);
        if (headers[word] == 0)
            Free(ref headers[word + Block]);
    }

    protected override void AskAhead(Tape tape, int step)
    {
        // First the bucket, and when that has come, the pair it names.
        if (step + BucketAhead < tape.Steps && tape.IsFed[step + BucketAhead] && TryPeek(tape, step + BucketAhead, out var value))
            _pairs.AskForBucket(keys.SlotAt(tape.At[step + BucketAhead]), value);
        if (step + PairAhead < tape.Steps && tape.IsFed[step + PairAhead] && TryPeek(tape, step + PairAhead, out value))
            _pairs.AskForFirst(keys.SlotAt(tape.At[step + PairAhead]), value);
    }

    public override MeasureValue Read(MeasureReader reader, long[] headers, int at, in Moment moment)
    {
        var word = at + Offset;
        var n = headers[word];
        if (n == 0)
            return MeasureValue.Missing;
        return MeasureValue.Of(reader.Aggregate == PlanAggregate.Entropy
            ? FixedMath.Entropy(n, headers[word + Terms])
            : (double)headers[word + Greatest] / n);
    }

    /// <summary>The number of values by frequency; the cell of frequency 0 is of no meaning.</summary>
    private Span<int> Histogram(long block) =>
        MemoryMarshal.Cast<long, int>(_histograms.Words.AsSpan((int)block, 1 << (int)(block >> 32)));

    private void Grow(ref long block, long frequency)
    {
        var power = (int)(block >> 32);
        if (block != 0 && frequency < 2L << power)
            return;
        var newPower = block == 0 ? 0 : power + 1;
        var grown = (long)newPower << 32 | (uint)_histograms.Allocate(newPower);
        var cells = Histogram(grown);
        cells.Clear();
        if (block != 0)
        {
            Histogram(block).CopyTo(cells);
            _histograms.Free((int)block, power);
        }
        block = grown;
    }

    private void Free(ref long block)
    {
        _histograms.Free((int)block, (int)(block >> 32));
        block = 0;
    }

    private bool TryPeek(Tape tape, int step, out long value) => amount.TryGet(tape.Store, tape.Records[step], out value);
}
