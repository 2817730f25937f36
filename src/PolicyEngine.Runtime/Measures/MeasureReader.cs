using System.Runtime.CompilerServices;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>One measure of a family: which window and which words its value is made of, and the column it is written to.</summary>
internal sealed class MeasureReader(MeasurePlan plan, Window window, Accumulator? accumulator)
{
    public string Hash => plan.Hash;

    public PlanAggregate Aggregate { get; } = plan.Aggregate;

    public Window Window => window;

    public Accumulator? Accumulator => accumulator;

    public NumeratorColumn? Numerator { get; init; }

    public AmountColumn? Amount { get; init; }

    public WordForm Form { get; } = AmountSource.FormOf(plan.Result, -1);

    public long PercentileUnits { get; } = PercentileAccumulator.UnitsOf(plan.Percentile);

    /// <summary>Set while a batch is applied.</summary>
    public Vector? Target { get; set; }

    /// <summary>The same measure at another slot.</summary>
    public MeasureReader Twin() => new(plan, window, accumulator) { Numerator = Numerator, Amount = Amount };

    public MeasureValue Read(long[] headers, int at, long time, long ordinal)
    {
        var moment = new Moment(time, ordinal, headers[at + window.LeftWord], headers[at + window.EnteredWord]);
        return accumulator is null ? OfCount(moment.Count) : accumulator.Read(this, headers, at, moment);
    }

    /// <summary>Count, or rate per second: both its numbers are exact, so the quotient is rounded once.</summary>
    public MeasureValue OfCount(long count) =>
        Aggregate == PlanAggregate.Count ? MeasureValue.Of(count) : MeasureValue.Of(count * 1000.0 / plan.Window.Length);

    public void PutCounts(ReadOnlySpan<int> rows, long[] counts)
    {
        var column = new ResultColumn(Target!);
        if (Form == WordForm.Long)
        {
            for (var step = 0; step < rows.Length; step++)
                column.Put(rows[step], counts[step]);
            return;
        }
        for (var step = 0; step < rows.Length; step++)
            column.Put(rows[step], OfCount(counts[step]).Double);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(int row, MeasureValue value)
    {
        var target = Target!;
        ref var present = ref target.Present[row >> 6];
        var bit = 1UL << (row & 63);
        present = value.IsPresent ? present | bit : present & ~bit;
        if (Form == WordForm.Handle)
            target.Handles[row] = value.IsPresent ? (int)value.Bits : -1;
        else if (Form == WordForm.Double)
            target.Doubles[row] = value.Double;
        else
            target.Longs[row] = value.Bits;
    }
}
