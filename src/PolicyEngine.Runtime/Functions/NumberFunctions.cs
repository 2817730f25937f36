namespace PolicyEngine.Runtime.Functions;

/// <summary>`abs`, `round`, `smaller`, `larger` and what every number result passes through.</summary>
public static class NumberFunctions
{
    /// <summary>False for the one integer without an opposite.</summary>
    public static bool TryAbs(long value, out long result)
    {
        result = value < 0 ? unchecked(-value) : value;
        return result >= 0;
    }

    public static double Abs(double value) => Math.Abs(value);

    /// <summary>To a whole number, half away from zero; never −0.</summary>
    public static double Round(double value) => Math.Round(value, MidpointRounding.AwayFromZero) + 0.0;

    public static long Smaller(long a, long b) => a < b ? a : b;

    public static double Smaller(double a, double b) => a < b ? a : b;

    public static long Larger(long a, long b) => a > b ? a : b;

    public static double Larger(double a, double b) => a > b ? a : b;

    /// <summary>A result of arithmetic as a value of the language: −0 is 0, and what is not finite is missing (false).</summary>
    public static bool TryFinite(double computed, out double value)
    {
        var isFinite = double.IsFinite(computed);
        value = isFinite ? computed + 0.0 : 0;
        return isFinite;
    }
}
