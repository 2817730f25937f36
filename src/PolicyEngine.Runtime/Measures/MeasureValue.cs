namespace PolicyEngine.Runtime.Measures;

/// <summary>The value of a measure: a long, the bits of a double, or a handle, by the measure's result kind; or missing.</summary>
public readonly record struct MeasureValue(bool IsPresent, long Bits)
{
    public static readonly MeasureValue Missing;

    public double Double => BitConverter.Int64BitsToDouble(Bits);

    public static MeasureValue Of(long value) => new(true, value);

    public static MeasureValue Of(double value) => new(true, BitConverter.DoubleToInt64Bits(value));
}
