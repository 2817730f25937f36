namespace PolicyEngine.Runtime.Measures;

/// <summary>The newest value. Words: whether there is one, its time, itself.</summary>
internal sealed class LatestAccumulator(Window window, AmountColumn amount) : Accumulator(window, amount)
{
    public override int Words => 3;

    public override bool Expires => true;

    public override void Enter(long[] headers, int at, in Sample sample)
    {
        if (!sample.HasValue)
            return;
        headers[at + Offset] = 1;
        headers[at + Offset + 1] = sample.Time;
        headers[at + Offset + 2] = sample.Value;
    }

    public override void Expire(long[] headers, int at, long floor)
    {
        if (headers[at + Offset + 1] <= floor)
            headers[at + Offset] = 0;
    }

    public override MeasureValue Read(MeasureReader reader, long[] headers, int at, in Moment moment) =>
        headers[at + Offset] == 0 ? MeasureValue.Missing : MeasureValue.Of(headers[at + Offset + 2]);
}

/// <summary>
/// The two newest values (or, without an amount, times), since the event in hand must not see its own. Words: how many, then time and
/// value of the newest, its ordinal, time and value of the one before.
/// </summary>
internal sealed class PreviousAccumulator(Window window, AmountColumn? amount) : Accumulator(window, amount)
{
    private const int NewestTime = 1;
    private const int NewestValue = 2;
    private const int NewestOrdinal = 3;
    private const int OlderTime = 4;
    private const int OlderValue = 5;

    public override int Words => 6;

    public override bool Expires => true;

    public override void Enter(long[] headers, int at, in Sample sample)
    {
        if (!sample.HasValue)
            return;
        var word = at + Offset;
        headers[word] = headers[word] == 0 ? 1 : 2;
        headers[word + OlderTime] = headers[word + NewestTime];
        headers[word + OlderValue] = headers[word + NewestValue];
        headers[word + NewestTime] = sample.Time;
        headers[word + NewestValue] = sample.Value;
        headers[word + NewestOrdinal] = sample.Ordinal;
    }

    public override void Expire(long[] headers, int at, long floor)
    {
        var word = at + Offset;
        if (headers[word + NewestTime] <= floor)
            headers[word] = 0;
        else if (headers[word] == 2 && headers[word + OlderTime] <= floor)
            headers[word] = 1;
    }

    public override MeasureValue Read(MeasureReader reader, long[] headers, int at, in Moment moment)
    {
        var word = at + Offset;
        var isOwn = moment.Ordinal != -1 && headers[word + NewestOrdinal] == moment.Ordinal;
        if (headers[word] < (isOwn ? 2 : 1))
            return MeasureValue.Missing;
        var value = headers[word + (isOwn ? OlderValue : NewestValue)];
        return MeasureValue.Of(amount is null ? moment.Time - value : value);
    }
}
