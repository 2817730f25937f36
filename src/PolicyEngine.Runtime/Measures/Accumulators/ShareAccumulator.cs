namespace PolicyEngine.Runtime.Measures;

/// <summary>Events with the numerator true; the window counts all of them.</summary>
internal sealed class ShareAccumulator(Window window, NumeratorColumn numerator) : Accumulator(window, numerator)
{
    private long[] _true = [];

    public override int Words => 1;

    public override bool Leaves => true;

    public override void Enter(long[] headers, int at, in Sample sample) => headers[at + Offset] += sample.Value;

    public override void Leave(long[] headers, int at, in Sample sample) => headers[at + Offset] -= sample.Value;

    public override MeasureValue Read(MeasureReader reader, long[] headers, int at, in Moment moment) =>
        moment.Count == 0 ? MeasureValue.Missing : MeasureValue.Of((double)headers[at + Offset] / moment.Count);

    public override void Play(Tape tape, long[] headers)
    {
        if (!Window.IsPlain)
        {
            base.Play(tape, headers);
            return;
        }
        if (_true.Length < tape.Steps)
            _true = new long[tape.Capacity];
        Count(tape, headers);
        foreach (var reader in Readers)
        {
            if (reader.Target is not null)
                Put(new ResultColumn(reader.Target), tape);
        }
    }

    private void Count(Tape tape, long[] headers)
    {
        var (steps, ats, store, values, has) = (tape.Steps, tape.At, tape.Store, numerator.Values, numerator.Has);
        var (left, leaving, ends, bit, found) = (0, Window.Leaving.Records, Window.Leaving.Ends, numerator.Bit, _true);
        for (var step = 0; step < steps; step++)
        {
            ref var count = ref headers[ats[step] + Offset];
            var now = count;
            if (has[step])
                now += values[step];
            for (var end = ends[step]; left < end; left++)
                now -= store[leaving[left] + bit.Word] >> bit.Shift & 1;
            found[step] = now;
            count = now;
        }
    }

    private void Put(ResultColumn column, Tape tape)
    {
        var (steps, rows, counts, found) = (tape.Steps, tape.Rows, Window.Counts, _true);
        for (var step = 0; step < steps; step++)
        {
            if (counts[step] == 0)
                column.Clear(rows[step]);
            else
                column.Put(rows[step], (double)found[step] / counts[step]);
        }
    }
}
