using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Measures;

/// <summary>Exact sum and sum of squares. Words: n, the sum (2), the squares (4); in units of 10⁻⁹ for numbers, in ones for integers.</summary>
internal sealed class VariationAccumulator(Window window, AmountColumn amount, FamilyCounters counters) : Accumulator(window, amount)
{
    private const long SmallLimit = 1L << 31;
    private const long ExactLimit = 1L << 53;
    private const long SquaredUnits = ScaledSum.UnitsPerOne * ScaledSum.UnitsPerOne;
    private readonly bool _isScaled = amount.Form == WordForm.Double;

    public override int Words => 7;

    public override bool Leaves => true;

    public override void Enter(long[] headers, int at, in Sample sample)
    {
        if (sample.HasValue)
            Enter(headers, at + Offset, sample.Value);
    }

    public override void Leave(long[] headers, int at, in Sample sample)
    {
        if (sample.HasValue)
            Leave(headers, at + Offset, sample.Value);
    }

    public override void Play(Tape tape, long[] headers)
    {
        if (!Window.IsPlain)
        {
            base.Play(tape, headers);
            return;
        }
        var (steps, ats, store, values, has) = (tape.Steps, tape.At, tape.Store, amount.Values, amount.Has);
        var (left, leaving, ends) = (0, Window.Leaving.Records, Window.Leaving.Ends);
        for (var step = 0; step < steps; step++)
        {
            var word = ats[step] + Offset;
            if (has[step])
                Enter(headers, word, values[step]);
            for (var end = ends[step]; left < end; left++)
            {
                if (amount.TryGet(store, leaving[left], out var value))
                    Leave(headers, word, value);
            }
            foreach (var reader in Readers)
            {
                if (reader.Target is not null)
                    Put(new ResultColumn(reader.Target), headers, word, tape.Rows[step]);
            }
        }
    }

    private void Put(ResultColumn column, long[] headers, int word, int row)
    {
        var value = TryReadSmall(headers, word, out var small) ? MeasureValue.Of(small) : Read(headers, word);
        if (value.IsPresent)
            column.Put(row, value.Double);
        else
            column.Clear(row);
    }

    private void Enter(long[] headers, int word, long value)
    {
        if (TryAddSmall(headers, word, value, 1))
            return;
        if (TryUnits(value, out var units))
            Enter(headers, word, units);
        else
            counters.Refused++;
    }

    private void Leave(long[] headers, int word, long value)
    {
        if (TryAddSmall(headers, word, value, -1) || !TryUnits(value, out var units))
            return;
        headers[word]--;
        WideWords.Set(headers, word + 1, WideWords.Get(headers, word + 1) - units);
        WideWords.SetDouble(headers, word + 3, WideWords.GetDouble(headers, word + 3) - Int256.Square(units));
    }

    public override MeasureValue Read(MeasureReader reader, long[] headers, int at, in Moment moment) => Read(headers, at + Offset);

    /// <summary>The usual case: squares of one word and a sum that a double holds. The same value as the general way gives.</summary>
    private bool TryReadSmall(long[] headers, int word, out double value)
    {
        var (n, sum, squares) = (headers[word], headers[word + 1], (ulong)headers[word + 3]);
        value = 0;
        if (_isScaled || n is < 3 or > int.MaxValue || sum is 0 or <= -ExactLimit or >= ExactLimit || headers[word + 2] != sum >> 63
            || (headers[word + 4] | headers[word + 5] | headers[word + 6]) != 0)
            return false;
        var high = Math.BigMul(squares, (ulong)n, out var low);
        var squareHigh = Math.BigMul((ulong)Math.Abs(sum), (ulong)Math.Abs(sum), out var squareLow);
        high -= squareHigh + (low < squareLow ? 1UL : 0);
        low -= squareLow;
        value = Math.Sqrt(ExactRatio.Product(high, low, SquaredUnits)) / ((double)sum * ScaledSum.UnitsPerOne);
        return true;
    }

    private MeasureValue Read(long[] headers, int word)
    {
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
