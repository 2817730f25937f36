namespace PolicyEngine.Runtime.Measures;

/// <summary>Units of 10⁻⁹ for everyday numbers, without wide integers.</summary>
internal static class SmallUnits
{
    private const double UnitsPerOne = 1e9;
    private const double Largest = 1L << 50;
    private const double Half = 0.499;

    /// <summary>
    /// The same integer that the exact conversion gives, where plain arithmetic can prove it: the product, its nearest integer, and
    /// what the product lost to rounding. False near a tie and for large values.
    /// </summary>
    public static bool TryScale(long bits, out long units)
    {
        var value = BitConverter.Int64BitsToDouble(bits);
        var product = value * UnitsPerOne;
        if (!(Math.Abs(product) < Largest))
        {
            units = 0;
            return false;
        }
        var nearest = Math.Round(product);
        units = (long)nearest;
        return Math.Abs(product - nearest + Math.FusedMultiplyAdd(value, UnitsPerOne, -product)) < Half;
    }
}
