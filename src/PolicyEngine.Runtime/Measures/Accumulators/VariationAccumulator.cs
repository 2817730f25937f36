using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Measures;

/// <summary>Exact sum and sum of squares. Words: n, the sum (2), the squares (4); in units of 10⁻⁹ for numbers, in ones for integers.</summary>
internal sealed class VariationAccumulator(Window window, AmountColumn amount, FamilyCounters counters) : Accumulator(window)
{
    private readonly bool _isScaled = amount.Form == WordForm.Double;

    public override int Words => 7;

    public override bool Leaves => true;

    public override void Enter(long[] headers, int at, in Sample sample)
    {
        if (!amount.TryGet(sample.Store, sample.Record, out var value))
            return;
        if (TryUnits(value, out var units))
            Enter(headers, at + Offset, units);
        else
            counters.Refused++;
    }

    public override void Leave(long[] headers, int at, in Sample sample)
    {
        if (!amount.TryGet(sample.Store, sample.Record, out var value) || !TryUnits(value, out var units))
            return;
        var word = at + Offset;
        headers[word]--;
        WideWords.Set(headers, word + 1, WideWords.Get(headers, word + 1) - units);
        WideWords.SetDouble(headers, word + 3, WideWords.GetDouble(headers, word + 3) - Int256.Square(units));
    }

    public override MeasureValue Read(MeasureReader reader, long[] headers, int at, in Sight sight)
    {
        var word = at + Offset;
        var sum = WideWords.Get(headers, word + 1);
        var squares = WideWords.GetDouble(headers, word + 3);
        if (headers[word] < 3)
            return MeasureValue.Missing;
        if (!_isScaled)
        {
            sum *= ScaledSum.UnitsPerOne;
            squares = Int256.Multiply(Int256.Multiply(squares, ScaledSum.UnitsPerOne), ScaledSum.UnitsPerOne);
        }
        return ScaledSum.TryVariation(headers[word], sum, squares, out var variation)
            ? MeasureValue.Of(variation)
            : MeasureValue.Missing;
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
