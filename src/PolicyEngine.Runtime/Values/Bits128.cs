using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PolicyEngine.Runtime.Values;

/// <summary>
/// 128 bits as two words: an internet address, a key. Not the framework's number of that width, whose calling convention is not settled:
/// no method that meets it is compiled ahead of time, so that the way of every event would begin in unoptimised code.
/// </summary>
public readonly struct Bits128(ulong high, ulong low) : IEquatable<Bits128>, IComparable<Bits128>
{
    public const int Bytes = 16;

    public static readonly Bits128 Zero;

    public static readonly Bits128 Max = new(ulong.MaxValue, ulong.MaxValue);

    public ulong High => high;

    public ulong Low => low;

    /// <summary>One more; the greatest has no next.</summary>
    public Bits128 Next => new(low == ulong.MaxValue ? high + 1 : high, low + 1);

    /// <summary>The first bits set, the rest clear.</summary>
    /// <param name="length">0..128.</param>
    public static Bits128 Prefix(int length) => length > 64
        ? new(ulong.MaxValue, ulong.MaxValue << (128 - length))
        : new(length == 0 ? 0 : ulong.MaxValue << (64 - length), 0);

    /// <summary>From 16 bytes, the most significant first.</summary>
    public static Bits128 Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]));

    /// <summary>As 16 bytes, the most significant first, so that they sort as the bits do.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[sizeof(ulong)..], low);
    }

    public static Bits128 operator &(Bits128 left, Bits128 right) => new(left.High & right.High, left.Low & right.Low);

    public static Bits128 operator |(Bits128 left, Bits128 right) => new(left.High | right.High, left.Low | right.Low);

    public static Bits128 operator ^(Bits128 left, Bits128 right) => new(left.High ^ right.High, left.Low ^ right.Low);

    public static Bits128 operator ~(Bits128 value) => new(~value.High, ~value.Low);

    /// <param name="value">The bits.</param>
    /// <param name="count">0..128.</param>
    public static Bits128 operator <<(Bits128 value, int count) => count switch
    {
        0 => value,
        < 64 => new(value.High << count | value.Low >> (64 - count), value.Low << count),
        < 128 => new(value.Low << (count - 64), 0),
        _ => Zero,
    };

    /// <param name="value">The bits.</param>
    /// <param name="count">0..128.</param>
    public static Bits128 operator >>(Bits128 value, int count) => count switch
    {
        0 => value,
        < 64 => new(value.High >> count, value.Low >> count | value.High << (64 - count)),
        < 128 => new(0, value.High >> (count - 64)),
        _ => Zero,
    };

    public static bool operator ==(Bits128 left, Bits128 right) => left.Equals(right);

    public static bool operator !=(Bits128 left, Bits128 right) => !left.Equals(right);

    public static bool operator <(Bits128 left, Bits128 right) => left.High != right.High ? left.High < right.High : left.Low < right.Low;

    public static bool operator >(Bits128 left, Bits128 right) => right < left;

    public static bool operator <=(Bits128 left, Bits128 right) => !(right < left);

    public static bool operator >=(Bits128 left, Bits128 right) => !(left < right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(Bits128 other) => ((high ^ other.High) | (low ^ other.Low)) == 0;

    public override bool Equals(object? obj) => obj is Bits128 other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(high, low);

    public int CompareTo(Bits128 other) => this < other ? -1 : other < this ? 1 : 0;

    /// <summary>As a hexadecimal number.</summary>
    public override string ToString() => high == 0 ? $"{low:x}" : $"{high:x}{low:x16}";
}
