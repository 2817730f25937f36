namespace PolicyEngine.Runtime.Measures;

/// <summary>The values of a logged window in order. Word: the root of their tree.</summary>
internal sealed class PercentileAccumulator(Window window, AmountColumn amount) : Accumulator(window, amount)
{
    private const long Billion = 1_000_000_000;
    private readonly OrderedValues _values = new();

    public override long Bytes => _values.Bytes;

    public override int Words => 1;

    public override bool Leaves => true;

    public override void Enter(long[] headers, int at, in Sample sample)
    {
        if (sample.HasValue)
            headers[at + Offset] = _values.Add((int)headers[at + Offset], WordOrder.Flip(sample.Value, amount.Form));
    }

    public override void Leave(long[] headers, int at, in Sample sample)
    {
        if (sample.HasValue)
            headers[at + Offset] = _values.Remove((int)headers[at + Offset], WordOrder.Flip(sample.Value, amount.Form));
    }

    public override MeasureValue Read(MeasureReader reader, long[] headers, int at, in Moment moment)
    {
        var root = (int)headers[at + Offset];
        var n = _values.Size(root);
        if (n == 0)
            return MeasureValue.Missing;
        return MeasureValue.Of(WordOrder.Flip(_values.Select(root, Rank(reader.PercentileUnits, n)), amount.Form));
    }

    /// <summary>A percentile in units of 10⁻⁹, so that 99.9 of 1 000 is rank 999 and not the one after it.</summary>
    public static long UnitsOf(double percentile) => (long)Math.Round(percentile * Billion);

    /// <summary>Nearest rank: ⌈p·n/100⌉.</summary>
    private static long Rank(long units, long n)
    {
        var rank = ((Int128)units * n + 100 * Billion - 1) / (100 * Billion);
        return Math.Clamp((long)rank, 1, n);
    }
}
