using System.Runtime.InteropServices;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// How often each value is there, for entropy and top share. Words: values taken, sum of the entropy terms, the pair found last and its
/// value (most events repeat it, which saves a search), and for top share the greatest frequency and the block that counts the values
/// of each frequency, with its power in the upper half.
/// </summary>
internal sealed class FrequencyAccumulator(Window window, AmountColumn amount, bool needsGreatest, RecordLayout layout)
    : Accumulator(window, amount)
{
    private const int Terms = 1;
    private const int LastPair = 2;
    private const int LastValue = 3;
    private const int Greatest = 4;
    private const int Block = 5;
    private const int PairAhead = 4;
    private readonly PairTable _pairs = new();
    private readonly BlockArena _histograms = new(1);
    // The pair of an event is written into its record, so that leaving needs no search.
    private readonly int _place = layout.ReserveHalf();
    private long[] _taken = [];
    private long[] _terms = [];
    private long[] _greatest = [];

    public override long Bytes => _pairs.Bytes + _histograms.Bytes;

    public override int Words => needsGreatest ? 6 : 4;

    public override bool Leaves => true;

    public override void Enter(long[] headers, int at, in Sample sample)
    {
        if (sample.HasValue)
            layout.ReservedHalf(_place).Set(sample.Store, sample.Record, Enter(headers, at, sample.Value));
    }

    public override void Leave(long[] headers, int at, in Sample sample)
    {
        var pair = layout.ReservedHalf(_place).Get(sample.Store, sample.Record);
        if (pair != 0)
            Leave(headers, at, pair);
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

    public override void Play(Tape tape, long[] headers)
    {
        if (!Window.IsPlain)
        {
            base.Play(tape, headers);
            return;
        }
        if (_taken.Length < tape.Steps)
            (_taken, _terms, _greatest) = (new long[tape.Capacity], new long[tape.Capacity], new long[tape.Capacity]);
        AskAhead(tape, headers);
        PlayPlain(tape, headers);
        foreach (var reader in Readers)
        {
            if (reader.Target is not null)
                Put(new ResultColumn(reader.Target), reader.Aggregate == PlanAggregate.Entropy, tape);
        }
    }

    private void PlayPlain(Tape tape, long[] headers)
    {
        var (steps, ats, store, records, values, has) = (tape.Steps, tape.At, tape.Store, tape.Records, amount.Values, amount.Has);
        var (left, leaving, ends, place) = (0, Window.Leaving.Records, Window.Leaving.Ends, layout.ReservedHalf(_place));
        for (var step = 0; step < steps; step++)
        {
            AskForPair(tape, headers, step + PairAhead);
            var at = ats[step];
            // A record begins with its bits and halves clear, and 0 is no pair.
            if (has[step])
                store[records[step] + place.Word] |= (long)Enter(headers, at, values[step]) << place.Shift;
            for (var end = ends[step]; left < end; left++)
            {
                var pair = place.Get(store, leaving[left]);
                if (pair != 0)
                    Leave(headers, at, pair);
            }
            _taken[step] = headers[at + Offset];
            _terms[step] = headers[at + Offset + Terms];
            if (needsGreatest)
                _greatest[step] = headers[at + Offset + Greatest];
        }
    }

    private void Put(ResultColumn column, bool isEntropy, Tape tape)
    {
        var (steps, rows, taken, terms, greatest) = (tape.Steps, tape.Rows, _taken, _terms, _greatest);
        for (var step = 0; step < steps; step++)
        {
            if (taken[step] == 0)
                column.Clear(rows[step]);
            else
                column.Put(rows[step], isEntropy ? FixedMath.Entropy(taken[step], terms[step]) : (double)greatest[step] / taken[step]);
        }
    }

    /// <summary>The value's pair.</summary>
    private int Enter(long[] headers, int at, long value)
    {
        var word = at + Offset;
        var pair = (int)headers[word + LastPair];
        if (pair == 0 || headers[word + LastValue] != value)
        {
            pair = _pairs.Find(at, value);
            if (pair == 0)
                pair = _pairs.Add(at, value);
            headers[word + LastPair] = pair;
            headers[word + LastValue] = value;
        }
        var count = ++_pairs[pair].Data;
        headers[word]++;
        headers[word + Terms] += FixedMath.EntropyStep(count);
        if (needsGreatest)
            Raise(headers, word, count);
        return pair;
    }

    private void Leave(long[] headers, int at, int pair)
    {
        var word = at + Offset;
        var count = _pairs[pair].Data--;
        headers[word]--;
        headers[word + Terms] -= FixedMath.EntropyStep(count);
        if (needsGreatest)
            Lower(headers, word, count);
        if (count > 1)
            return;
        if ((int)headers[word + LastPair] == pair)
            headers[word + LastPair] = 0;
        _pairs.Remove(pair);
    }

    private void Raise(long[] headers, int word, long count)
    {
        if (count > headers[word + Greatest])
            headers[word + Greatest] = count;
        Grow(ref headers[word + Block], count);
        var histogram = Histogram(headers[word + Block]);
        histogram[(int)count]++;
        histogram[(int)count - 1]--;
    }

    private void Lower(long[] headers, int word, long count)
    {
        var histogram = Histogram(headers[word + Block]);
        histogram[(int)count - 1]++;
        if (--histogram[(int)count] == 0 && headers[word + Greatest] == count)
            headers[word + Greatest]--;
        if (headers[word] == 0)
            Free(ref headers[word + Block]);
    }

    /// <summary>First the buckets of values to come and the pairs of those that go; when a bucket is there, the pair it names.</summary>
    private void AskAhead(Tape tape, long[] headers)
    {
        var (steps, ats, values, has) = (tape.Steps, tape.At, amount.Values, amount.Has);
        for (var step = 0; step < steps; step++)
        {
            var word = ats[step] + Offset;
            if (!has[step])
                continue;
            if (headers[word + LastValue] == values[step])
                _pairs.AskFor((int)headers[word + LastPair]);
            else
                _pairs.AskForBucket(ats[step], values[step]);
        }
        var (store, leaving, count, place) = (tape.Store, Window.Leaving.Records, Window.Leaving.Count, layout.ReservedHalf(_place));
        for (var left = 0; left < count; left++)
            _pairs.AskFor(place.Get(store, leaving[left]));
    }

    private void AskForPair(Tape tape, long[] headers, int step)
    {
        if (step < tape.Steps && amount.Has[step] && headers[tape.At[step] + Offset + LastValue] != amount.Values[step])
            _pairs.AskForFirst(tape.At[step], amount.Values[step]);
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
}
