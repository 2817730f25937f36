using System.Buffers.Binary;
using System.Net;

namespace PolicyEngine.Runtime.Values;

/// <summary>
/// An internet address as one 128-bit number. An IPv4 address is held in its IPv4-mapped form (::ffff:a.b.c.d), so both spellings
/// of it are one value. Ordered as bytes.
/// </summary>
public readonly record struct IpValue(Bits128 Bits) : IComparable<IpValue>
{
    /// <summary>Long enough for every address as text.</summary>
    public const int MaxTextLength = 45;
    private const ulong MappedPrefix = 0x0000_FFFF_0000_0000;

    public bool IsV4 => Bits.High == 0 && Bits.Low >> 32 == 0xFFFF;

    public static IpValue FromV4(uint address) => new(new Bits128(0, MappedPrefix | address));

    public static IpValue From(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        return written == 4
            ? FromV4(BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : new(Bits128.Read(bytes));
    }

    /// <summary>
    /// Strict dotted decimal (no leading zeros, no missing parts) or RFC 4291 text with an optional dotted tail; no zone, no
    /// prefix length, no brackets.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IpValue value)
    {
        if (IpParser.TryParseV4(text, out var address))
        {
            value = FromV4(address);
            return true;
        }
        var parsed = IpParser.TryParseV6(text, out var bits);
        value = new IpValue(bits);
        return parsed;
    }

    /// <summary>
    /// RFC 5952 text; an IPv4-mapped address is written as the IPv4 address. Returns the number of bytes written.
    /// </summary>
    public int Format(Span<byte> destination) => IpFormatter.Format(this, destination);

    /// <summary>The lower 32 bits: the address where <see cref="IsV4"/>.</summary>
    public uint V4 => (uint)Bits.Low;

    public int CompareTo(IpValue other) => Bits.CompareTo(other.Bits);

    public static bool operator <(IpValue a, IpValue b) => a.Bits < b.Bits;

    public static bool operator >(IpValue a, IpValue b) => a.Bits > b.Bits;

    public static bool operator <=(IpValue a, IpValue b) => a.Bits <= b.Bits;

    public static bool operator >=(IpValue a, IpValue b) => a.Bits >= b.Bits;

    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MaxTextLength];
        return System.Text.Encoding.ASCII.GetString(text[..Format(text)]);
    }
}
