using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Measures;

/// <summary>Exact sum and sum of squares. Words: n, the sum (2), the squares (4); in units of 10⁻⁹ for numbers, in ones for integers.</summary>
internal sealed class VariationAccumulator(Window window, AmountColumn amount, FamilyCounters counters) : Accumulator(window)
{
    private const long SmallLimit = 1L << 31;
    private const long SquaredUnits = ScaledSum.UnitsPerOne * ScaledSum.UnitsPerOne;
    private readonly bool _isScaled = amount.Form == WordForm.Double;

    public override int Words => 7;

    public override bool Leaves => true;

    public override void Enter(long[] headers, int at, in Sample sample)
    {
        if (!amount.TryGet(sample.Store, sample.Record, out var value) || TryAddSmall(headers, at + Offset, value, 1))
            return;
        if (TryUnits(value, out var units))
            Enter(headers, at + Offset, units);
        else
            counters.Refused++;
    }

    public override void Leave(long[] headers, int at, in Sample sample)
    {
        if (!amount.TryGet(sample.Store, sample.Record, out var value)
            || TryAddSmall(headers, at + Offset, value, -1) || !TryUnits(value, out var units))
            return;
        var word = at + Offset;
        headers[word]--;
        WideWords.Set(headers, word + 1, WideWords.Get(headers, word + 1) - units);
        WideWords.SetDouble(headers, word + 3, WideWords.GetDouble(headers, word + 3) - Int256.Square(units));
    }

    public override MeasureValue Read(MeasureReader reader, long[] headers, int at, in Moment moment)
    {
        var word = at + Offset;
        var n = headers[word];
        var sum = WideWords.Get(headers, word + 1);
        if (n < 3 || sum == 0)
            return MeasureValue.Missing;
        var squares = WideWords.GetDouble(headers, word + 3);
        // n·Σx² − (Σx)² is never negative. In ones it almost always fits 128 bits, and the units can be put on afterwards.
        var spread = squares.High == 0 && squares.Low >> 96 == 0 && n < int.MaxValue && Int128.Abs(sum) >> 62 == 0
            ? (Int256)((Int128)(squares.Low * (ulong)n) - sum * sum)
            : Int256.Multiply(squares, n) - Int256.Square(sum);
        if (!_isScaled)
        {
            spread = Int256.Multiply(spread, SquaredUnits);
            sum *= ScaledSum.UnitsPerOne;
        }
        return MeasureValue.Of(Math.Sqrt(spread.ToDouble()) / ((Int256)sum).ToDouble());
    }

    /// <summary>Gaps and other everyday integers: their square is one word, and the sum of squares stays within two.</summary>
    private bool TryAddSmall(long[] headers, int word, long value, int sign)
    {
        if (_isScaled || value is < -SmallLimit or > SmallLimit || headers[word + 5] != 0 || headers[word + 4] >> 32 != 0)
            return false;
        headers[word] += sign;
        WideWords.Add(headers, word + 1, sign * value);
        WideWords.Add(headers, word + 3, sign * value * value);
        return true;
    }

    private static void Enter(long[] headers, int word, Int128 units)
    {
        headers[word]++;
        WideWords.Set(headers, word + 1, WideWords.Get(headers, word + 1) + units);
        WideWords.SetDouble(headers, word + 3, WideWords.GetDouble(headers, word + 3) + Int256.Square(units));
    }

    // Integers beyond the limit would let the sum of a million squares leave its bounds.
    private bool TryUnits(long value, out Int128 units)
    {
        if (_isScaled)
            return ScaledSum.TryScale(BitConverter.Int64BitsToDouble(value), out units);
        units = value;
        return value is >= -ScaledSum.Limit and <= ScaledSum.Limit;
    }
}
