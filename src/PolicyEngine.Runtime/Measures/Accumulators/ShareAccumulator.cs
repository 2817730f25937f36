namespace PolicyEngine.Runtime.Measures;

/// <summary>Events with the numerator true; the window counts all of them.</summary>
internal sealed class ShareAccumulator(Window window, NumeratorColumn numerator) : Accumulator(window)
{
    public override int Words => 1;

    public override bool Leaves => true;

    public override void Enter(long[] headers, int at, in Sample sample)
    {
        if (numerator.Bit.Get(sample.Store, sample.Record))
            headers[at + Offset]++;
    }

    public override void Leave(long[] headers, int at, in Sample sample)
    {
        if (numerator.Bit.Get(sample.Store, sample.Record))
            headers[at + Offset]--;
    }

    public override MeasureValue Read(MeasureReader reader, long[] headers, int at, in Moment moment) =>
        moment.Count == 0 ? MeasureValue.Missing : MeasureValue.Of((double)headers[at + Offset] / moment.Count);
}
