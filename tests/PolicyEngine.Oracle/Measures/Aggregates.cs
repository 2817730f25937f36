using System.Numerics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Oracle.Values;
using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Oracle.Measures;

/// <summary>The aggregates of D5 over the events of one window, each from its definition; null is missing.</summary>
internal static class Aggregates
{
    private const double EntropyUnits = 1 << 20;

    public static object? Compute(MeasureSymbol measure, List<Counted> window, long now, int position)
    {
        var values = window.Where(c => !Value.IsMissing(c.Amount)).Select(c => c.Amount!).ToList();
        return measure.Aggregate switch
        {
            Aggregate.Count => (long)window.Count,
            Aggregate.Rate => window.Count * 1000L / (double)measure.Window.Length,
            Aggregate.Share => window.Count == 0 ? null : window.Count(c => c.Numerator) / (double)window.Count,
            Aggregate.Distinct => (long)values.Select(Value.Canonical).Distinct().Count(),
            Aggregate.Sum => Sum(measure, values),
            Aggregate.Average => Average(measure, values),
            Aggregate.Min => values.Aggregate((object?)null, (least, v) => least is null || Value.CompareNumbers(v, least) < 0 ? v : least),
            Aggregate.Max => values.Aggregate((object?)null, (most, v) => most is null || Value.CompareNumbers(v, most) > 0 ? v : most),
            Aggregate.Percentile => Percentile(measure.Percentile, values),
            Aggregate.Variation => Variation(values),
            Aggregate.Entropy => Entropy(Frequencies(values)),
            Aggregate.TopShare => values.Count == 0 ? null : Frequencies(values).Max() / (double)values.Count,
            Aggregate.First => values.FirstOrDefault(),
            Aggregate.Latest => values.LastOrDefault(),
            Aggregate.Previous => window.LastOrDefault(c => c.Position < position && !Value.IsMissing(c.Amount))?.Amount,
            Aggregate.SinceFirst => window.Count == 0 ? null : now - window[0].Time,
            Aggregate.SinceLast => window.LastOrDefault(c => c.Position < position) is { } last ? now - last.Time : null,
            _ => throw new NotSupportedException($"aggregate {measure.Aggregate}"),
        };
    }

    private static List<long> Frequencies(List<object> values) => [.. values.GroupBy(Value.Canonical).Select(g => g.LongCount())];

    private static (BigInteger Sum, List<BigInteger> Taken) Total(List<object> values)
    {
        var taken = values.Select(ExactNumber.ToUnits).OfType<BigInteger>().ToList();
        return (taken.Aggregate(BigInteger.Zero, (a, b) => a + b), taken);
    }

    private static object? Sum(MeasureSymbol measure, List<object> values)
    {
        var (sum, _) = Total(values);
        return measure.Type.Kind is TypeKind.Integer or TypeKind.Duration ? ExactNumber.ToInteger(sum) : ExactNumber.FromUnits(sum);
    }

    private static object? Average(MeasureSymbol measure, List<object> values)
    {
        var (sum, taken) = Total(values);
        if (taken.Count == 0) return null;
        var average = ExactNumber.FromUnits(sum) / taken.Count;
        return measure.Type.Kind is TypeKind.Duration or TypeKind.Time ? (object)(long)Math.Round(average, MidpointRounding.ToEven) : average;
    }

    private static object? Percentile(double p, List<object> values)
    {
        if (values.Count == 0) return null;
        var ranked = values.Order(Comparer<object>.Create(Value.CompareNumbers)).ToList();
        return ranked[(int)Math.Ceiling((decimal)p * ranked.Count / 100) - 1];
    }

    private static object? Variation(List<object> values)
    {
        var (sum, taken) = Total(values);
        if (taken.Count < 3 || sum.IsZero) return null;
        var squares = taken.Aggregate(BigInteger.Zero, (total, x) => total + x * x);
        var spread = taken.Count * squares - sum * sum;
        return Math.Sqrt(ExactNumber.Nearest(spread, 1)) / ExactNumber.Nearest(sum, 1);
    }

    private static object? Entropy(List<long> frequencies)
    {
        var n = frequencies.Sum();
        if (n == 0) return null;
        if (frequencies.Count == 1) return 0.0;
        var terms = frequencies.Sum(c => (long)Math.Round(c * FixedMath.Log2(c) * EntropyUnits, MidpointRounding.ToEven));
        return Math.Max(0, FixedMath.Log2(n) - terms / EntropyUnits / n);
    }
}
