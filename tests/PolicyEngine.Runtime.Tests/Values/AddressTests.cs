using System.Net;
using System.Text;
using CsCheck;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Tests.Values;

public sealed class AddressTests
{
    private static readonly Gen<IpValue> AnyAddress = Gen.OneOf(
        Gen.UInt.Select(IpValue.FromV4),
        Gen.Select(Gen.ULong, Gen.ULong).Select((h, l) => new IpValue(new Bits128(h, l))),
        // Zeros in many places, for the short forms.
        Gen.UShort.Array[8].Select(Gen.Byte, (groups, keep) => new IpValue(Pack(groups, keep))));

    [Theory]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("::FFFF:cb00:7109", "203.0.113.9")]
    [InlineData("::", "::")]
    [InlineData("::1", "::1")]
    [InlineData("1::", "1::")]
    [InlineData("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1")]
    [InlineData("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1")]
    [InlineData("1:0:0:2:0:0:0:3", "1:0:0:2::3")]
    [InlineData("0:0:0:0:0:0:13.1.68.3", "::d01:4403")]
    [InlineData("64:ff9b::192.0.2.33", "64:ff9b::c000:221")]
    public void Addresses_are_read_and_written(string text, string expected)
    {
        Assert.True(IpValue.TryParse(Encoding.ASCII.GetBytes(text), out var value));
        Assert.Equal(expected, value.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("01.2.3.4")]
    [InlineData("1..2.3")]
    [InlineData("1.2.3.4 ")]
    [InlineData("1.2.3.+4")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("1::2::3")]
    [InlineData("12345::")]
    [InlineData("1:2:3:4:5:6:7:")]
    [InlineData(":1:2:3:4:5:6:7")]
    [InlineData("::1.2.3.4.5")]
    [InlineData("1.2.3.4::")]
    [InlineData("::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("::g")]
    public void What_is_no_address_is_refused(string text) => Assert.False(IpValue.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Written_addresses_read_back_and_the_platform_agrees() =>
        AnyAddress.Sample(address =>
        {
            var text = address.ToString();
            Assert.True(IpValue.TryParse(Encoding.ASCII.GetBytes(text), out var again));
            Assert.Equal(address, again);
            Assert.Equal(address, IpValue.From(IPAddress.Parse(text)));
        });

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Byte.Array[0, 50].Sample(bytes => IpValue.TryParse(bytes, out _) | CidrValue.TryParse(bytes, out _) | true);

    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8", "10.255.255.255", "11.0.0.0")]
    [InlineData("10.1.2.3/8", "10.0.0.0/8", "10.0.0.0", "9.255.255.255")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0", "255.255.255.255", "::1")]
    [InlineData("::/0", "::/0", "2001:db8::1", "1.2.3.4")]
    [InlineData("203.0.113.9", "203.0.113.9/32", "203.0.113.9", "203.0.113.8")]
    [InlineData("2001:db8::/33", "2001:db8::/33", "2001:db8:7fff::1", "2001:db8:8000::")]
    [InlineData("::ffff:10.0.0.0/104", "10.0.0.0/8", "10.1.1.1", "11.1.1.1")]
    public void A_network_holds_its_addresses(string text, string written, string inside, string outside)
    {
        Assert.True(CidrValue.TryParse(Encoding.ASCII.GetBytes(text), out var network));
        Assert.Equal(written, network.ToString());
        Assert.True(network.Contains(Ip(inside)));
        Assert.False(network.Contains(Ip(outside)));
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/08")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("::/129")]
    [InlineData("::/1x")]
    [InlineData("/8")]
    public void What_is_no_network_is_refused(string text) =>
        Assert.False(CidrValue.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Theory]
    [InlineData("203.0.113.9", 24, "203.0.113.0/24")]
    [InlineData("203.0.113.9", 32, "203.0.113.9/32")]
    [InlineData("203.0.113.9", 0, "0.0.0.0/0")]
    [InlineData("2001:db8:1:2::5", 48, "2001:db8:1::/48")]
    [InlineData("203.0.113.9", 33, null)]
    [InlineData("2001:db8::", 129, null)]
    [InlineData("2001:db8::", -1, null)]
    public void Subnet_cuts_an_address(string ip, long bits, string? expected)
    {
        var valid = CidrValue.TryCreate(Ip(ip), bits, out var network);
        Assert.Equal(expected, valid ? network.ToString() : null);
    }

    [Fact]
    public void Written_networks_read_back() =>
        Gen.Select(AnyAddress, Gen.Int[0, 128]).Where((a, b) => !a.IsV4 || b <= 32).Sample((address, bits) =>
        {
            Assert.True(CidrValue.TryCreate(address, bits, out var network));
            Assert.True(network.Contains(address));
            Assert.True(CidrValue.TryParse(Encoding.ASCII.GetBytes(network.ToString()), out var again));
            Assert.Equal(network, again);
        });

    [Fact]
    public void The_longest_prefix_wins()
    {
        var set = new CidrSet([Cidr("10.0.0.0/8"), Cidr("10.1.0.0/16"), Cidr("10.1.2.0/24"), Cidr("10.1.0.0/16"), Cidr("::/0")]);
        Assert.Equal(2, Find(set, "10.1.2.255"));
        Assert.Equal(1, Find(set, "10.1.3.0"));
        Assert.Equal(0, Find(set, "10.2.0.0"));
        Assert.Equal(-1, Find(set, "11.0.0.0"));
        Assert.Equal(4, Find(set, "::1"));
        Assert.Equal(1, set.ParentOf(2));
        Assert.Equal(0, set.ParentOf(1));
        Assert.Equal(-1, set.ParentOf(0));
        Assert.False(new CidrSet([]).Contains(Ip("::")));
    }

    [Fact]
    public void A_set_finds_what_a_walk_through_the_list_finds() =>
        // Few bits of difference, so that networks nest and touch.
        Gen.Select(Network.Array[0, 30], Close.Array[1, 30]).Sample((networks, addresses) =>
        {
            var set = new CidrSet(networks);
            foreach (var address in addresses)
            {
                var expected = -1;
                for (var i = 0; i < networks.Length; i++)
                {
                    var isLonger = expected < 0 || networks[i].PrefixLength > networks[expected].PrefixLength;
                    if (isLonger && networks[i].Contains(address))
                        expected = i;
                }
                Assert.Equal(expected, set.TryFind(address, out var found) ? found : -1);
            }
        });

    private static readonly Gen<IpValue> Close = Gen.OneOf(
        Gen.Select(Gen.UInt[0, 3], Gen.UInt[0, 3]).Select((high, low) => IpValue.FromV4((high << 30) | low)),
        Gen.Const(IpValue.FromV4(uint.MaxValue)),
        Gen.Const(new IpValue(Bits128.Max)),
        Gen.Select(Gen.ULong[0, 3], Gen.ULong[0, 3]).Select((high, low) => new IpValue(new Bits128(high << 62, low))));

    private static readonly Gen<CidrValue> Network =
        Gen.Select(Close, Gen.OneOf(Gen.Int[0, 3], Gen.Int[29, 32], Gen.Int[125, 128]))
        .Where((a, b) => CidrValue.TryCreate(a, b, out _))
        .Select((a, b) => CidrValue.TryCreate(a, b, out var network) ? network : default);

    private static IpValue Ip(string text) =>
        IpValue.TryParse(Encoding.ASCII.GetBytes(text), out var value) ? value : throw new FormatException(text);

    private static CidrValue Cidr(string text) =>
        CidrValue.TryParse(Encoding.ASCII.GetBytes(text), out var value) ? value : throw new FormatException(text);

    private static int Find(CidrSet set, string address) => set.TryFind(Ip(address), out var index) ? index : -1;

    private static Bits128 Pack(ushort[] groups, byte keep)
    {
        var bits = Bits128.Zero;
        for (var i = 0; i < 8; i++)
            bits = (bits << 16) | ((keep >> i & 1) != 0 ? new Bits128(0, groups[i]) : Bits128.Zero);
        return bits;
    }
}
