using System.Numerics;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Measures;

/// <summary>
/// The value of a measure straight from its definition: keeps every event and looks at all of them each time. Shares with the
/// families nothing but the rounding of single numbers.
/// </summary>
internal sealed class Recount(EngineLimits limits)
{
    private const long Day = 24 * 3_600_000L;
    private readonly Dictionary<int, List<(Happening Event, long Ordinal)>> _counted = [];

    public void Enter(Happening happening, long ordinal)
    {
        if (!_counted.TryGetValue(happening.Key, out var events))
            _counted.Add(happening.Key, events = []);
        events.Add((happening, ordinal));
    }

    public void Forget(int key) => _counted.Remove(key);

    public MeasureValue Read(MeasurePlan plan, int key, long time, long ordinal)
    {
        if (key < 0)
            return MeasureValue.Missing;
        var events = _counted.GetValueOrDefault(key, []);
        var from = IsBoundByEvents(plan) ? Math.Max(0, events.Count - limits.EventsPerKey) : 0;
        var inside = Inside(plan.Window, events, time).Where(i => i >= from).ToList();
        return plan.Aggregate switch
        {
            PlanAggregate.Count => MeasureValue.Of(inside.Count),
            PlanAggregate.Rate => MeasureValue.Of(inside.Count * 1000.0 / plan.Window.Length),
            PlanAggregate.Share => inside.Count == 0
                ? MeasureValue.Missing
                : MeasureValue.Of((double)inside.Count(i => events[i].Event.Numerator) / inside.Count),
            PlanAggregate.SinceFirst => inside.Count == 0 ? MeasureValue.Missing : MeasureValue.Of(time - events[inside[0]].Event.Time),
            PlanAggregate.SinceLast => inside.Where(i => ordinal < 0 || events[i].Ordinal != ordinal)
                .Select(i => MeasureValue.Of(time - events[i].Event.Time)).LastOrDefault(),
            PlanAggregate.Previous => inside.Where(i => ordinal < 0 || events[i].Ordinal != ordinal)
                .Select(i => Amount(plan, events, i)).LastOrDefault(v => v.IsPresent),
            _ => Aggregate(plan, [.. inside.Select(i => Amount(plan, events, i)).Where(v => v.IsPresent).Select(v => v.Bits)]),
        };
    }

    private static bool IsBoundByEvents(MeasurePlan plan) => plan.Window.Kind switch
    {
        PlanWindowKind.Forever => false,
        PlanWindowKind.Sliding => plan.Window.Ending > 0 || plan.Aggregate is not
            (PlanAggregate.Distinct or PlanAggregate.Latest or PlanAggregate.Previous or PlanAggregate.SinceLast),
        _ => plan.Aggregate is PlanAggregate.Percentile or PlanAggregate.Entropy or PlanAggregate.TopShare,
    };

    private static IEnumerable<int> Inside(PlanWindow window, List<(Happening Event, long Ordinal)> events, long time)
    {
        var end = time - window.Ending;
        var all = Enumerable.Range(0, events.Count);
        return window.Kind switch
        {
            PlanWindowKind.Forever => all,
            PlanWindowKind.Tumbling => all.Where(i => Cell(events[i].Event.Time, window.Length) == Cell(time, window.Length)),
            PlanWindowKind.Session => Session(window, events, time),
            _ when window.Step == 0 => all.Where(i => events[i].Event.Time > end - window.Length && events[i].Event.Time <= end),
            _ => all.Where(i => events[i].Event.Time <= end
                && Cell(events[i].Event.Time, window.Step) > Cell(end, window.Step) - window.Length / window.Step),
        };
    }

    private static IEnumerable<int> Session(PlanWindow window, List<(Happening Event, long Ordinal)> events, long time)
    {
        var first = 0;
        for (var i = 1; i <= events.Count; i++)
        {
            var now = i < events.Count ? events[i].Event.Time : time;
            if (events.Count > 0 && (now - events[i - 1].Event.Time >= window.Length || now - events[first].Event.Time >= Day))
                first = i;
        }
        return Enumerable.Range(first, events.Count - first);
    }

    private static long Cell(long time, long length) => (long)Math.Floor((decimal)time / length);

    private static MeasureValue Amount(MeasurePlan plan, List<(Happening Event, long Ordinal)> events, int i)
    {
        var happening = events[i].Event;
        if (plan.Feed == Catalogue.PartNode && !happening.Numerator)
            return default;
        long? gap = i > 0 ? happening.Time - events[i - 1].Event.Time : null;
        if (plan.Window.Kind != PlanWindowKind.Forever && gap >= plan.Window.Length)
            gap = null;
        if (plan.AmountReadsGap)
            return TwiceTheGap.Of(gap);
        return plan.AmountKind switch
        {
            ValueKind.Duration => gap is { } g ? MeasureValue.Of(g) : default,
            ValueKind.Integer => happening.Integer is { } v ? MeasureValue.Of(v) : default,
            ValueKind.Number => happening.Number is { } v ? MeasureValue.Of(v == 0 ? 0.0 : v) : default,
            _ => happening.Text is { } v ? MeasureValue.Of((long)v) : default,
        };
    }

    private MeasureValue Aggregate(MeasurePlan plan, List<long> values)
    {
        var isNumber = plan.AmountKind == ValueKind.Number;
        switch (plan.Aggregate)
        {
            case PlanAggregate.Distinct:
                return MeasureValue.Of((long)Math.Min(values.Distinct().Count(), limits.DistinctPerKey));
            case PlanAggregate.Sum or PlanAggregate.Average or PlanAggregate.Variation:
                return Arithmetic(plan, isNumber, values);
            case var _ when values.Count == 0:
                return MeasureValue.Missing;
            case PlanAggregate.First:
                return MeasureValue.Of(values[0]);
            case PlanAggregate.Latest:
                return MeasureValue.Of(values[^1]);
            case PlanAggregate.TopShare:
                return MeasureValue.Of((double)values.CountBy(v => v).Max(p => p.Value) / values.Count);
            case PlanAggregate.Entropy:
                return MeasureValue.Of(FixedMath.Entropy(values.Count, values.CountBy(v => v).Sum(p => FixedMath.EntropyTerm(p.Value))));
        }
        var sorted = isNumber
            ? values.OrderBy(BitConverter.Int64BitsToDouble).ToList()
            : [.. values.Order()];
        return MeasureValue.Of(plan.Aggregate switch
        {
            PlanAggregate.Min => sorted[0],
            PlanAggregate.Max => sorted[^1],
            _ => sorted[(int)Math.Ceiling((decimal)plan.Percentile * sorted.Count / 100) - 1],
        });
    }

    private static MeasureValue Arithmetic(MeasurePlan plan, bool isNumber, List<long> values)
    {
        var unit = isNumber || plan.Aggregate == PlanAggregate.Variation ? BigInteger.Pow(10, 9) : BigInteger.One;
        var taken = values.Select(v => Units(v, isNumber, unit)).OfType<BigInteger>().ToList();
        var (n, sum) = (taken.Count, taken.Aggregate(BigInteger.Zero, (a, b) => a + b));
        if (plan.Aggregate == PlanAggregate.Variation)
        {
            var spread = n * taken.Aggregate(BigInteger.Zero, (a, b) => a + b * b) - sum * sum;
            return n < 3 || sum == 0 ? MeasureValue.Missing : MeasureValue.Of(Math.Sqrt(Nearest(spread)) / Nearest(sum));
        }
        if (plan.Aggregate == PlanAggregate.Sum)
        {
            return isNumber ? MeasureValue.Of(ScaledSum.ToDouble((Int128)sum))
                : sum >= long.MinValue && sum <= long.MaxValue ? MeasureValue.Of((long)sum) : MeasureValue.Missing;
        }
        if (n == 0)
            return MeasureValue.Missing;
        if (isNumber)
            return MeasureValue.Of(ScaledSum.ToDouble((Int128)sum) / n);
        return plan.Result == ValueKind.Duration
            ? MeasureValue.Of((long)Math.Round((decimal)sum / n, MidpointRounding.ToEven))
            : MeasureValue.Of(ExactRatio.Divide((Int128)sum, n));
    }

    private static BigInteger? Units(long value, bool isNumber, BigInteger unit)
    {
        if (isNumber)
            return ScaledSum.TryScale(BitConverter.Int64BitsToDouble(value), out var units) ? (BigInteger)units : null;
        return unit == 1 || Math.Abs((decimal)value) <= ScaledSum.Limit ? value * unit : null;
    }

    /// <summary>Correctly rounded by way of the decimal digits, which the library parses exactly.</summary>
    private static double Nearest(BigInteger value) =>
        double.Parse(value.ToString(System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
