using System.Runtime.InteropServices;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Links;

/// <summary>A value that is counted: a long, a handle, or the bits of a double.</summary>
internal readonly record struct Amount(bool IsPresent, long Bits, bool IsDouble);

/// <summary>Values taken together in any order (D5, E7): what the aggregates of members and of groups are read from.</summary>
internal sealed class Tally
{
    private readonly Dictionary<long, long> _frequencies = [];
    private readonly List<(long Bits, bool IsDouble)> _values = [];
    private Int128 _sum;
    private long _summed;

    public void Take(Amount amount)
    {
        if (!amount.IsPresent) return;
        _values.Add((amount.Bits, amount.IsDouble));
        CollectionsMarshal.GetValueRefOrAddDefault(_frequencies, amount.Bits, out _)++;
        var fits = amount.IsDouble
            ? ScaledSum.TryScale(BitConverter.Int64BitsToDouble(amount.Bits), out var units) : ScaledSum.TryScale(amount.Bits, out units);
        if (!fits) return;
        _sum += units;
        _summed++;
    }

    public MeasureValue Read(PlanAggregate aggregate, ValueKind result, double percentile)
    {
        switch (aggregate)
        {
            case PlanAggregate.Distinct:
                return MeasureValue.Of(_frequencies.Count);
            case PlanAggregate.Sum:
                return OfUnits(_sum, result);
            case PlanAggregate.Average when _summed > 0:
                return Whole(result) ? MeasureValue.Of((long)Math.Round(ScaledSum.Average(_sum, _summed), MidpointRounding.ToEven))
                    : MeasureValue.Of(ScaledSum.Average(_sum, _summed));
            case PlanAggregate.Min when _values.Count > 0:
                return new MeasureValue(true, Sorted()[0].Bits);
            case PlanAggregate.Max when _values.Count > 0:
                return new MeasureValue(true, Sorted()[^1].Bits);
            case PlanAggregate.Percentile when _values.Count > 0:
                return new MeasureValue(true, Sorted()[(int)Math.Ceiling((decimal)percentile * _values.Count / 100) - 1].Bits);
            case PlanAggregate.TopShare when _values.Count > 0:
                return MeasureValue.Of(_frequencies.Values.Max() / (double)_values.Count);
            case PlanAggregate.Entropy when _values.Count > 0:
                return MeasureValue.Of(FixedMath.Entropy(_values.Count, _frequencies.Values.Sum(FixedMath.EntropyTerm)));
            default:
                return MeasureValue.Missing;
        }
    }

    internal static MeasureValue OfUnits(Int128 units, ValueKind result)
    {
        if (!Whole(result)) return MeasureValue.Of(ScaledSum.ToDouble(units));
        return ScaledSum.TryToInteger(units, out var whole) ? MeasureValue.Of(whole) : MeasureValue.Missing;
    }

    internal static bool Whole(ValueKind kind) => kind is not (ValueKind.Number or ValueKind.Share or ValueKind.Rate);

    private List<(long Bits, bool IsDouble)> Sorted()
    {
        _values.Sort((a, b) => a.IsDouble
            ? BitConverter.Int64BitsToDouble(a.Bits).CompareTo(BitConverter.Int64BitsToDouble(b.Bits)) : a.Bits.CompareTo(b.Bits));
        return _values;
    }
}
