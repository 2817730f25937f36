using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>One measure of a family: which window and which words its value is made of.</summary>
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

    public MeasureValue Read(long[] headers, int at, in Sight sight)
    {
        if (accumulator is not null)
            return accumulator.Read(this, headers, at, sight);
        var count = window.Count(headers, at);
        // Per second; both numbers are exact, so the quotient is rounded once.
        return Aggregate == PlanAggregate.Count ? MeasureValue.Of(count) : MeasureValue.Of(count * 1000.0 / plan.Window.Length);
    }
}
