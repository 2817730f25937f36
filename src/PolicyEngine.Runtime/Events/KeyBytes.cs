using System.Buffers.Binary;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// The one spelling of a key in bytes, for everything that interns or looks one up. Text and entities: UTF-8 as it is. All numbers
/// big-endian, so that bytes of addresses sort as addresses do.
/// </summary>
public static class KeyBytes
{
    public const int LongLength = 8;
    public const int IpLength = 16;
    public const int CidrLength = 17;

    /// <summary>Integer, time, duration, boolean (0/1), fingerprint.</summary>
    public static ReadOnlySpan<byte> OfLong(long value, Span<byte> destination)
    {
        BinaryPrimitives.WriteInt64BigEndian(destination, value);
        return destination[..LongLength];
    }

    /// <summary>The bits of the double; −0 is 0.</summary>
    public static ReadOnlySpan<byte> OfNumber(double value, Span<byte> destination)
    {
        BinaryPrimitives.WriteInt64BigEndian(destination, BitConverter.DoubleToInt64Bits(value == 0 ? 0 : value));
        return destination[..LongLength];
    }

    public static ReadOnlySpan<byte> OfIp(Bits128 value, Span<byte> destination)
    {
        value.Write(destination);
        return destination[..IpLength];
    }

    /// <summary>The network's address and its prefix length on the scale of 128 bits.</summary>
    public static ReadOnlySpan<byte> OfCidr(Bits128 network, int prefixLength, Span<byte> destination)
    {
        network.Write(destination);
        destination[IpLength] = (byte)prefixLength;
        return destination[..CidrLength];
    }

    /// <summary>Four bytes for each part's handle.</summary>
    public static ReadOnlySpan<byte> OfComposite(ReadOnlySpan<int> handles, Span<byte> destination)
    {
        for (var i = 0; i < handles.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(destination[(4 * i)..], handles[i]);
        return destination[..(4 * handles.Length)];
    }

    /// <summary>The handle of one part of a composite key.</summary>
    public static int Part(ReadOnlySpan<byte> composite, int part) => BinaryPrimitives.ReadInt32BigEndian(composite[(4 * part)..]);
}
