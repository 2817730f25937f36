namespace PolicyEngine.Runtime.Links;

/// <summary>Cells of the epoch, before it too.</summary>
internal static class CellMath
{
    public static long Of(long tau, long step) => tau >= 0 ? tau / step : ((tau + 1) / step) - 1;

    /// <summary>The first multiple of the step after τ.</summary>
    public static long Next(long tau, long step) => (Of(tau, step) + 1) * step;
}
