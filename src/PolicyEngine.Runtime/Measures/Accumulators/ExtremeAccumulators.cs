namespace PolicyEngine.Runtime.Measures;

/// <summary>Least or greatest value where nothing leaves alone. Words: whether there is one, its order word.</summary>
internal sealed class RunningExtreme(Window window, AmountColumn amount, bool isMax) : Accumulator(window, amount)
{
    public override int Words => 2;

    public override void Enter(long[] headers, int at, in Sample sample)
    {
        if (!sample.HasValue)
            return;
        var value = sample.Value;
        var order = WordOrder.Flip(value, amount.Form);
        ref var kept = ref headers[at + Offset + 1];
        if (headers[at + Offset] == 0 || (isMax ? order > kept : order < kept))
            kept = order;
        headers[at + Offset] = 1;
    }

    public override MeasureValue Read(MeasureReader reader, long[] headers, int at, in Moment moment) =>
        headers[at + Offset] == 0
            ? MeasureValue.Missing
            : MeasureValue.Of(WordOrder.Flip(headers[at + Offset + 1], amount.Form));
}

/// <summary>
/// Least or greatest value of a logged window: the events that no later one beats, as a list that runs through a word of their own
/// records (older and newer neighbour). Words: length of the list, index of its oldest, index of its newest.
/// </summary>
internal sealed class SlidingExtreme(Window window, AmountColumn amount, bool isMax, EventLog log, RecordLayout layout)
    : Accumulator(window, amount)
{
    private readonly int _link = layout.ReserveWord();

    public override int Words => 3;

    public override bool Leaves => true;

    public override void Enter(long[] headers, int at, in Sample sample)
    {
        if (!sample.HasValue)
            return;
        var value = sample.Value;
        var word = at + Offset;
        var length = headers[word];
        var newest = headers[word + 2];
        var link = layout.ReservedWord(_link);
        var order = WordOrder.Flip(value, amount.Form);
        while (length > 0 && !Beats(headers, at, newest, order))
        {
            newest = (uint)sample.Store[log.Position(headers, at, newest) + link];
            length--;
        }
        if (length == 0)
            headers[word + 1] = (uint)sample.Index;
        else
            SetNewer(sample.Store, log.Position(headers, at, newest) + link, sample.Index);
        sample.Store[sample.Record + link] = (uint)newest;
        headers[word + 2] = (uint)sample.Index;
        headers[word] = length + 1;
    }

    public override void Leave(long[] headers, int at, in Sample sample)
    {
        var word = at + Offset;
        if (headers[word] == 0 || headers[word + 1] != (uint)sample.Index)
            return;
        headers[word]--;
        headers[word + 1] = (long)((ulong)sample.Store[sample.Record + layout.ReservedWord(_link)] >> 32);
    }

    public override MeasureValue Read(MeasureReader reader, long[] headers, int at, in Moment moment)
    {
        if (headers[at + Offset] == 0)
            return MeasureValue.Missing;
        amount.TryGet(log.Store, log.Position(headers, at, headers[at + Offset + 1]), out var value);
        return MeasureValue.Of(value);
    }

    /// <summary>An older event stays in the list only while it is strictly better than all newer ones.</summary>
    private bool Beats(long[] headers, int at, long index, long order)
    {
        amount.TryGet(log.Store, log.Position(headers, at, index), out var value);
        var older = WordOrder.Flip(value, amount.Form);
        return isMax ? older > order : older < order;
    }

    // Indices are kept modulo 2³²: rings are far smaller, so the place in the ring stays right.
    private static void SetNewer(long[] store, int position, long index) =>
        store[position] = (store[position] & uint.MaxValue) | index << 32;
}
