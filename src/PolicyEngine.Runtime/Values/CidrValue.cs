using System.Net;
using System.Text;

namespace PolicyEngine.Runtime.Values;

/// <summary>
/// A network: an address whose bits beyond the prefix are zero, and the prefix length counted in 128 bits (`10.0.0.0/8` has 104).
/// Families stay apart: no IPv4 address lies in `::/0`, so that this tests for IPv6 as its writer means it.
/// </summary>
public readonly record struct CidrValue : IComparable<CidrValue>
{
    public const int MaxTextLength = IpValue.MaxTextLength + 4;
    private const int MappedBits = 96;

    private CidrValue(IpValue network, int prefixLength)
    {
        Network = network;
        PrefixLength = prefixLength;
    }

    public IpValue Network { get; }

    /// <summary>0..128; of an IPv4 network 96 more than is written.</summary>
    public int PrefixLength { get; }

    public IpValue Last => new(Network.Bits | ~Mask(PrefixLength));

    /// <summary>
    /// The network of an address; bits as written for its family: 0..32 for IPv4, 0..128 otherwise. False outside them.
    /// </summary>
    public static bool TryCreate(IpValue address, long bits, out CidrValue value)
    {
        var valid = bits >= 0 && bits <= (address.IsV4 ? 32 : 128);
        value = valid ? Cut(address, (int)bits + (address.IsV4 ? MappedBits : 0)) : default;
        return valid;
    }

    public static CidrValue From(IPNetwork network)
    {
        var address = IpValue.From(network.BaseAddress);
        var isV4 = network.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork;
        return Cut(address, network.PrefixLength + (isV4 ? MappedBits : 0));
    }

    /// <summary>`address/bits`, or an address alone for itself. Host bits that are set are cut, as `subnet` does.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out CidrValue value)
    {
        value = default;
        var slash = text.IndexOf((byte)'/');
        if (!IpValue.TryParse(slash < 0 ? text : text[..slash], out var address))
            return false;
        if (slash < 0)
        {
            value = Cut(address, 128);
            return true;
        }
        var digits = text[(slash + 1)..];
        if (digits.Length is < 1 or > 3 || (digits.Length > 1 && digits[0] == '0'))
            return false;
        var bits = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            bits = bits * 10 + digit - '0';
        }
        // `::ffff:10.0.0.0/104` counts all 128 bits, `10.0.0.0/8` the 32 of its family.
        if (address.IsV4 && text[..slash].Contains((byte)':'))
        {
            var valid = bits <= 128;
            value = valid ? Cut(address, bits) : default;
            return valid;
        }
        return TryCreate(address, bits, out value);
    }

    public bool Contains(IpValue address) =>
        ((address.Bits ^ Network.Bits) & Mask(PrefixLength)) == Bits128.Zero && (PrefixLength >= MappedBits || !address.IsV4);

    /// <summary>`10.0.0.0/8` or `2001:db8::/32`.</summary>
    public int Format(Span<byte> destination)
    {
        var isV4 = Network.IsV4 && PrefixLength >= MappedBits;
        var at = Network.Format(destination);
        destination[at++] = (byte)'/';
        System.Buffers.Text.Utf8Formatter.TryFormat(PrefixLength - (isV4 ? MappedBits : 0), destination[at..], out var written);
        return at + written;
    }

    public int CompareTo(CidrValue other)
    {
        var order = Network.CompareTo(other.Network);
        return order != 0 ? order : PrefixLength.CompareTo(other.PrefixLength);
    }

    public static bool operator <(CidrValue a, CidrValue b) => a.CompareTo(b) < 0;

    public static bool operator >(CidrValue a, CidrValue b) => a.CompareTo(b) > 0;

    public static bool operator <=(CidrValue a, CidrValue b) => a.CompareTo(b) <= 0;

    public static bool operator >=(CidrValue a, CidrValue b) => a.CompareTo(b) >= 0;

    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MaxTextLength];
        return Encoding.ASCII.GetString(text[..Format(text)]);
    }

    internal static Bits128 Mask(int prefixLength) => Bits128.Prefix(prefixLength);

    private static CidrValue Cut(IpValue address, int prefixLength) =>
        new(new IpValue(address.Bits & Mask(prefixLength)), prefixLength);
}
