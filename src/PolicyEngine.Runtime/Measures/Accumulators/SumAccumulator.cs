using System.Runtime.CompilerServices;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// The exact sum of an amount and how many were taken: 128 bits, in units of 10⁻⁹ for numbers and in ones for integers. Doubles that
/// are added and removed would leave a trace of what has gone (E7).
/// </summary>
internal sealed class SumAccumulator(Window window, AmountColumn amount, FamilyCounters counters) : Accumulator(window, amount)
{
    private const long ExactLimit = 1L << 53;
    private readonly bool _isScaled = amount.Form == WordForm.Double;

    public override int Words => 3;

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

    public override MeasureValue Read(MeasureReader reader, long[] headers, int at, in Moment moment)
    {
        var sum = WideWords.Get(headers, at + Offset);
        return reader.Aggregate == PlanAggregate.Sum ? Sum(sum) : Average(sum, headers[at + Offset + 2], reader.Form);
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
            Put(headers, word, tape.Rows[step]);
        }
    }

    private void Put(long[] headers, int word, int row)
    {
        foreach (var reader in Readers)
        {
            if (reader.Target is null)
                continue;
            if (reader.Aggregate == PlanAggregate.Sum && !_isScaled && headers[word + 1] == headers[word] >> 63)
                new ResultColumn(reader.Target).Put(row, headers[word]);
            else
                reader.Put(row, Read(reader, headers, word - Offset, default));
        }
    }

    private void Enter(long[] headers, int word, long value)
    {
        if (!_isScaled)
            WideWords.Add(headers, word, value);
        else if (SmallUnits.TryScale(value, out var units))
            WideWords.Add(headers, word, units);
        else if (!TryAddWide(headers, word, value))
        {
            counters.Refused++;
            return;
        }
        headers[word + 2]++;
    }

    private void Leave(long[] headers, int word, long value)
    {
        if (!_isScaled && value != long.MinValue)
            WideWords.Add(headers, word, -value);
        else if (_isScaled && SmallUnits.TryScale(value, out var units))
            WideWords.Add(headers, word, -units);
        else if (!TryTakeWide(headers, word, value))
            return;
        headers[word + 2]--;
    }

    // Apart from the usual way, which is compiled ahead of time and may therefore not meet numbers of 128 bits.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryAddWide(long[] headers, int word, long value)
    {
        if (!ScaledSum.TryScale(BitConverter.Int64BitsToDouble(value), out var units)) return false;
        WideWords.Set(headers, word, WideWords.Get(headers, word) + units);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryTakeWide(long[] headers, int word, long value)
    {
        Int128 units = value;
        if (_isScaled && !ScaledSum.TryScale(BitConverter.Int64BitsToDouble(value), out units)) return false;
        WideWords.Set(headers, word, WideWords.Get(headers, word) - units);
        return true;
    }

    private MeasureValue Sum(Int128 sum)
    {
        if (_isScaled)
            return MeasureValue.Of(ToDouble(sum));
        return sum >= long.MinValue && sum <= long.MaxValue ? MeasureValue.Of((long)sum) : MeasureValue.Missing;
    }

    private MeasureValue Average(Int128 sum, long n, WordForm form)
    {
        if (n == 0)
            return MeasureValue.Missing;
        if (_isScaled)
            return MeasureValue.Of(ToDouble(sum) / n);
        return form == WordForm.Double ? MeasureValue.Of(ExactRatio.Divide(sum, n)) : MeasureValue.Of(NearestEven(sum, n));
    }

    // Below 2⁵³ both parts are exact, so the plain quotient is the same and much cheaper.
    private static double ToDouble(Int128 sum) =>
        sum > -ExactLimit && sum < ExactLimit ? (double)(long)sum / ScaledSum.UnitsPerOne : ScaledSum.ToDouble(sum);

    private static long NearestEven(Int128 sum, long n)
    {
        // So far below 2⁵³ the rounding of the quotient cannot reach a half.
        if (sum > -ExactLimit / 8 && sum < ExactLimit / 8)
            return (long)Math.Round((double)(long)sum / n);
        var (quotient, rest) = Int128.DivRem(sum, n);
        if (rest < 0)
        {
            quotient--;
            rest += n;
        }
        var up = rest * 2 > n || (rest * 2 == n && !Int128.IsEvenInteger(quotient));
        return (long)(up ? quotient + 1 : quotient);
    }
}
