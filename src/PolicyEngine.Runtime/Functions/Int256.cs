namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// A signed integer of 256 bits for sums of squares: one value may have 90 bits (10¹⁸ in units of 10⁻⁹), its square 180, and a
/// million of them 200, times their number 220. Arithmetic wraps; these bounds keep it from doing so.
/// </summary>
public readonly record struct Int256(UInt128 High, UInt128 Low) : IComparable<Int256>
{
    public static readonly Int256 Zero;

    public bool IsNegative => (High >> 127) != 0;

    public static Int256 operator +(Int256 a, Int256 b)
    {
        var low = unchecked(a.Low + b.Low);
        var carry = low < a.Low ? UInt128.One : UInt128.Zero;
        return new Int256(unchecked(a.High + b.High + carry), low);
    }

    public static Int256 operator -(Int256 a, Int256 b)
    {
        var borrow = a.Low < b.Low ? UInt128.One : UInt128.Zero;
        return new Int256(unchecked(a.High - b.High - borrow), unchecked(a.Low - b.Low));
    }

    public static Int256 operator -(Int256 a) => Zero - a;

    public static implicit operator Int256(Int128 value) => new(value < 0 ? UInt128.MaxValue : UInt128.Zero, (UInt128)value);

    /// <summary>The exact product of two 128-bit integers.</summary>
    public static Int256 Multiply(Int128 a, Int128 b)
    {
        var product = Multiply(ExactRatio.Magnitude(a), ExactRatio.Magnitude(b));
        return a < 0 != b < 0 ? -product : product;
    }

    public static Int256 Square(Int128 value) => Multiply(value, value);

    /// <summary>The product with an integer that is not negative.</summary>
    public static Int256 Multiply(Int256 a, long factor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(factor);
        var size = a.IsNegative ? -a : a;
        var low = Multiply(size.Low, (UInt128)factor);
        var product = new Int256(unchecked(low.High + size.High * (UInt128)factor), low.Low);
        return a.IsNegative ? -product : product;
    }

    /// <summary>The nearest double, ties to even.</summary>
    public double ToDouble()
    {
        var size = IsNegative ? -this : this;
        double value;
        if (size.High == 0)
        {
            value = size.Low == 0 ? 0 : ExactRatio.Round(size.Low, false, 0);
        }
        else
        {
            var shift = (int)UInt128.LeadingZeroCount(size.High);
            var head = shift == 0 ? size.High : (size.High << shift) | (size.Low >> (128 - shift));
            var more = shift == 0 ? size.Low != 0 : size.Low << shift != 0;
            value = ExactRatio.Round(head, more, 128 - shift);
        }
        return IsNegative ? -value : value;
    }

    public int CompareTo(Int256 other)
    {
        var difference = ((Int128)High).CompareTo((Int128)other.High);
        return difference != 0 ? difference : Low.CompareTo(other.Low);
    }

    public static bool operator <(Int256 a, Int256 b) => a.CompareTo(b) < 0;

    public static bool operator >(Int256 a, Int256 b) => a.CompareTo(b) > 0;

    public static bool operator <=(Int256 a, Int256 b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Int256 a, Int256 b) => a.CompareTo(b) >= 0;

    private static Int256 Multiply(UInt128 a, UInt128 b)
    {
        ulong a0 = (ulong)a, a1 = (ulong)(a >> 64), b0 = (ulong)b, b1 = (ulong)(b >> 64);
        var low = (UInt128)a0 * b0;
        var middle = (UInt128)a1 * b0 + (low >> 64);
        var cross = (UInt128)a0 * b1 + (ulong)middle;
        var high = (UInt128)a1 * b1 + (middle >> 64) + (cross >> 64);
        return new Int256(high, (cross << 64) | (ulong)low);
    }
}
