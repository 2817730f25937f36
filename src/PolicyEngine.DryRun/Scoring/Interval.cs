namespace PolicyEngine.DryRun.Scoring;

/// <summary>A share with the bounds between which the true one lies in 95 of 100 samples; all 0..1.</summary>
public readonly record struct Interval(double Share, double Low, double High)
{
    private const double Z = 1.959963984540054;

    /// <summary>The Wilson score interval: right at both ends and for small numbers. Null when there is nothing to count.</summary>
    public static Interval? Of(long hits, long all)
    {
        if (all == 0) return null;
        var (n, p) = ((double)all, (double)hits / all);
        var middle = p + Z * Z / (2 * n);
        var half = Z * Math.Sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        var scale = 1 + Z * Z / n;
        return new Interval(p, Math.Max(0, (middle - half) / scale), Math.Min(1, (middle + half) / scale));
    }
}
