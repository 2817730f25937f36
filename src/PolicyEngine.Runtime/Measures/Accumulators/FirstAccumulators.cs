namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// The oldest value (or, without an amount, the oldest time) where nothing leaves alone. Words: whether there is one, the value.
/// </summary>
internal sealed class RunningFirst(Window window, AmountColumn? amount) : Accumulator(window, amount)
{
    public override int Words => 2;

    public override void Enter(long[] headers, int at, in Sample sample)
    {
        if (headers[at + Offset] != 0 || !sample.HasValue)
            return;
        headers[at + Offset] = 1;
        headers[at + Offset + 1] = sample.Value;
    }

    public override MeasureValue Read(MeasureReader reader, long[] headers, int at, in Moment moment)
    {
        if (headers[at + Offset] == 0)
            return MeasureValue.Missing;
        var value = headers[at + Offset + 1];
        return MeasureValue.Of(amount is null ? moment.Time - value : value);
    }
}

/// <summary>The oldest value (or time) of a logged window. Word: how far the search for a present value has come.</summary>
internal sealed class SlidingFirst(Window window, AmountColumn? amount, EventLog log) : Accumulator(window, amount)
{
    public override int Words => 1;

    public override void Enter(long[] headers, int at, in Sample sample)
    {
    }

    public override MeasureValue Read(MeasureReader reader, long[] headers, int at, in Moment moment)
    {
        var index = Math.Max(headers[at + Offset], moment.Left);
        while (index < moment.Entered)
        {
            var position = log.Position(headers, at, index);
            if (amount is null)
                return MeasureValue.Of(moment.Time - log.Store[position + RecordLayout.Time]);
            if (amount.TryGet(log.Store, position, out var value))
            {
                headers[at + Offset] = index;
                return MeasureValue.Of(value);
            }
            index++;
        }
        headers[at + Offset] = index;
        return MeasureValue.Missing;
    }
}
