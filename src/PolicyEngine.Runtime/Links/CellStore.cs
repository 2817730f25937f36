using System.Runtime.InteropServices;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Links;

/// <summary>What one event adds to a measure.</summary>
internal readonly record struct Share(long Time, bool Numerator, Amount Amount);

/// <summary>What somebody's events came to, by cell: an account's, or all of a group's members' together, which is their sum.</summary>
internal sealed class CellStore
{
    private readonly List<Cell> _cells = [];
    private readonly Dictionary<(long Cell, long Value), long> _values = [];

    /// <summary>The newest cell that anything was added to.</summary>
    public long Newest => _cells.Count == 0 ? long.MinValue : _cells[^1].Index;

    public void Add(GroupMeasurePlan plan, long cell, in Share share)
    {
        ref var sum = ref Of(cell);
        switch (plan.Aggregate)
        {
            case PlanAggregate.Count:
                sum.Count++;
                break;
            case PlanAggregate.Share:
                sum.Count++;
                sum.Other += share.Numerator ? 1 : 0;
                break;
            case PlanAggregate.Sum or PlanAggregate.Average:
                AddUnits(ref sum, share.Amount);
                break;
            case PlanAggregate.Min or PlanAggregate.Max:
                if (share.Amount.IsPresent) Keep(ref sum, plan, share.Amount.Bits);
                break;
            default:
                if (share.Amount.IsPresent) CollectionsMarshal.GetValueRefOrAddDefault(_values, (cell, share.Amount.Bits), out _)++;
                break;
        }
    }

    /// <summary>Adds all of another's.</summary>
    public void Add(GroupMeasurePlan plan, CellStore other)
    {
        foreach (ref readonly var cell in CollectionsMarshal.AsSpan(other._cells))
        {
            ref var sum = ref Of(cell.Index);
            if (plan.Aggregate is PlanAggregate.Min or PlanAggregate.Max)
            {
                if (cell.Count > 0) Keep(ref sum, plan, cell.Other);
                continue;
            }
            sum.Count += cell.Count;
            sum.Other += cell.Other;
            sum.Units += cell.Units;
        }
        foreach (var (key, count) in other._values) CollectionsMarshal.GetValueRefOrAddDefault(_values, key, out _) += count;
    }

    /// <summary>Forgets cells up to <paramref name="last"/>.</summary>
    public void DropUpTo(long last)
    {
        if (_cells.Count == 0 || _cells[0].Index > last) return;
        _cells.RemoveAll(c => c.Index <= last);
        if (_values.Count == 0) return;
        foreach (var key in _values.Keys.Where(k => k.Cell <= last).ToList()) _values.Remove(key);
    }

    public void Clear()
    {
        _cells.Clear();
        _values.Clear();
    }

    /// <summary>The value over the cells after <paramref name="after"/>.</summary>
    public MeasureValue Read(GroupMeasurePlan plan, long after)
    {
        if (plan.Aggregate is PlanAggregate.Distinct or PlanAggregate.TopShare or PlanAggregate.Entropy) return ReadValues(plan, after);
        long count = 0, other = 0;
        Int128 units = 0;
        var best = new Cell();
        foreach (ref readonly var cell in CollectionsMarshal.AsSpan(_cells))
        {
            if (cell.Index <= after) continue;
            count += cell.Count;
            other += cell.Other;
            units += cell.Units;
            if (plan.Aggregate is PlanAggregate.Min or PlanAggregate.Max && cell.Count > 0) Keep(ref best, plan, cell.Other);
        }
        return plan.Aggregate switch
        {
            PlanAggregate.Count => MeasureValue.Of(count),
            PlanAggregate.Sum => Tally.OfUnits(units, plan.Result),
            _ when count == 0 => MeasureValue.Missing,
            PlanAggregate.Share => MeasureValue.Of(other / (double)count),
            PlanAggregate.Average when Tally.Whole(plan.Result) =>
                MeasureValue.Of((long)Math.Round(ScaledSum.Average(units, count), MidpointRounding.ToEven)),
            PlanAggregate.Average => MeasureValue.Of(ScaledSum.Average(units, count)),
            _ => new MeasureValue(true, best.Other),
        };
    }

    private MeasureValue ReadValues(GroupMeasurePlan plan, long after)
    {
        var frequencies = new Dictionary<long, long>();
        long taken = 0;
        foreach (var ((cell, value), count) in _values)
        {
            if (cell <= after) continue;
            CollectionsMarshal.GetValueRefOrAddDefault(frequencies, value, out _) += count;
            taken += count;
        }
        if (plan.Aggregate == PlanAggregate.Distinct) return MeasureValue.Of(frequencies.Count);
        if (taken == 0) return MeasureValue.Missing;
        return MeasureValue.Of(plan.Aggregate == PlanAggregate.TopShare
            ? frequencies.Values.Max() / (double)taken : FixedMath.Entropy(taken, frequencies.Values.Sum(FixedMath.EntropyTerm)));
    }

    /// <summary>Cells come in order but for those of newcomers to a group, which may lie before its newest.</summary>
    private ref Cell Of(long index)
    {
        var at = _cells.Count;
        while (at > 0 && _cells[at - 1].Index > index) at--;
        if (at > 0 && _cells[at - 1].Index == index) at--;
        else _cells.Insert(at, new Cell { Index = index });
        return ref CollectionsMarshal.AsSpan(_cells)[at];
    }

    private static void AddUnits(ref Cell cell, Amount amount)
    {
        if (!amount.IsPresent) return;
        var fits = amount.IsDouble
            ? ScaledSum.TryScale(BitConverter.Int64BitsToDouble(amount.Bits), out var units) : ScaledSum.TryScale(amount.Bits, out units);
        if (!fits) return;
        cell.Units += units;
        cell.Count++;
    }

    /// <summary>The least or greatest of what a cell has seen; Count says that it has seen any.</summary>
    private static void Keep(ref Cell cell, GroupMeasurePlan plan, long bits)
    {
        var order = cell.Count == 0 ? 0 : Tally.Whole(plan.AmountKind) ? bits.CompareTo(cell.Other)
            : BitConverter.Int64BitsToDouble(bits).CompareTo(BitConverter.Int64BitsToDouble(cell.Other));
        if (cell.Count == 0 || (plan.Aggregate == PlanAggregate.Min ? order < 0 : order > 0)) cell.Other = bits;
        cell.Count = 1;
    }

    private struct Cell
    {
        public long Index;
        public long Count;
        /// <summary>Numerator of a share; the least or greatest value.</summary>
        public long Other;
        public Int128 Units;
    }
}
