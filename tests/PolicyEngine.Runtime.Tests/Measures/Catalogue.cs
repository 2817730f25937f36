using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Measures;

/// <summary>Measures to test with: every aggregate over every amount that it takes, over short windows of every kind.</summary>
internal static class Catalogue
{
    public const int NumeratorNode = 10;
    public const int IntegerNode = 20;
    /// <summary>Feeds with the events whose numerator is true.</summary>
    public const int PartNode = 11;
    public const int NumberNode = 21;
    public const int TextNode = 22;
    public const int GapArithmeticNode = 23;

    public static readonly PlanWindow Forever = new(PlanWindowKind.Forever, 0, 0, 0);

    public static readonly IReadOnlyList<PlanWindow> Windows =
    [
        new(PlanWindowKind.Sliding, 10, 0, 0), new(PlanWindowKind.Sliding, 4, 0, 0), new(PlanWindowKind.Sliding, 1, 0, 0),
        new(PlanWindowKind.Sliding, 10, 2, 0), new(PlanWindowKind.Sliding, 12, 4, 0), new(PlanWindowKind.Sliding, 6, 6, 0),
        new(PlanWindowKind.Sliding, 6, 0, 5), new(PlanWindowKind.Sliding, 4, 0, 10), new(PlanWindowKind.Sliding, 8, 4, 6),
        new(PlanWindowKind.Tumbling, 8, 0, 0), new(PlanWindowKind.Tumbling, 3, 0, 0),
        new(PlanWindowKind.Session, 4, 0, 0), new(PlanWindowKind.Session, 2, 0, 0),
        Forever,
    ];

    public static readonly IReadOnlyList<MeasurePlan> All = [.. Windows.SelectMany(OverWindow)];

    public static MeasurePlan Plan(PlanAggregate aggregate, PlanWindow window, ValueKind amount = ValueKind.Missing, double percentile = 0)
    {
        var node = amount switch
        {
            ValueKind.Integer => IntegerNode,
            ValueKind.Number => NumberNode,
            ValueKind.Text => TextNode,
            _ => -1,
        };
        var name = $"{aggregate} {amount} {percentile} {window}";
        return new MeasurePlan(0, name, name, "family", aggregate, window, 0, 1)
        {
            Percentile = percentile,
            Numerator = aggregate == PlanAggregate.Share ? NumeratorNode : -1,
            Amount = node,
            AmountIsGap = amount == ValueKind.Duration,
            AmountKind = amount,
            AmountDomain = amount == ValueKind.Text ? 3 : -1,
            Result = ResultOf(aggregate, amount),
        };
    }

    /// <summary>The amount is 2·gap + 1 (or 7 without a gap), of integer kind.</summary>
    public static MeasurePlan OverGapArithmetic(PlanAggregate aggregate, PlanWindow window)
    {
        var plan = Plan(aggregate, window, ValueKind.Integer);
        return plan with { Hash = plan.Hash + " gap", Name = plan.Name + " gap", Amount = GapArithmeticNode, AmountReadsGap = true };
    }

    private static ValueKind ResultOf(PlanAggregate aggregate, ValueKind amount) => aggregate switch
    {
        PlanAggregate.Count or PlanAggregate.Distinct => ValueKind.Integer,
        PlanAggregate.Rate => ValueKind.Rate,
        PlanAggregate.Share or PlanAggregate.TopShare => ValueKind.Share,
        PlanAggregate.Average => amount == ValueKind.Duration ? ValueKind.Duration : ValueKind.Number,
        PlanAggregate.Variation or PlanAggregate.Entropy => ValueKind.Number,
        PlanAggregate.SinceFirst or PlanAggregate.SinceLast => ValueKind.Duration,
        _ => amount,
    };

    private static IEnumerable<MeasurePlan> OverWindow(PlanWindow window)
    {
        var isForever = window.Kind == PlanWindowKind.Forever;
        yield return Plan(PlanAggregate.Count, window);
        yield return Plan(PlanAggregate.Share, window);
        yield return Plan(PlanAggregate.SinceFirst, window);
        yield return Plan(PlanAggregate.SinceLast, window);
        if (!isForever)
            yield return Plan(PlanAggregate.Rate, window);
        foreach (var amount in (ValueKind[])[ValueKind.Integer, ValueKind.Number, ValueKind.Duration])
        {
            foreach (var aggregate in (PlanAggregate[])[
                PlanAggregate.Sum, PlanAggregate.Average, PlanAggregate.Min, PlanAggregate.Max, PlanAggregate.Variation])
                yield return Plan(aggregate, window, amount);
        }
        yield return OverGapArithmetic(PlanAggregate.Sum, window);
        yield return OverGapArithmetic(PlanAggregate.Max, window);
        foreach (var amount in (ValueKind[])[ValueKind.Integer, ValueKind.Number, ValueKind.Text])
        {
            foreach (var aggregate in (PlanAggregate[])[PlanAggregate.First, PlanAggregate.Latest, PlanAggregate.Previous])
                yield return Plan(aggregate, window, amount);
            if (isForever)
                continue;
            foreach (var aggregate in (PlanAggregate[])[PlanAggregate.Distinct, PlanAggregate.Entropy, PlanAggregate.TopShare])
                yield return Plan(aggregate, window, amount);
        }
        if (isForever || window.Step > 0)
            yield break;
        foreach (var amount in (ValueKind[])[ValueKind.Integer, ValueKind.Number])
        {
            foreach (var percentile in (double[])[0.1, 50, 95, 99.9, 100])
                yield return Plan(PlanAggregate.Percentile, window, amount, percentile);
        }
    }
}
