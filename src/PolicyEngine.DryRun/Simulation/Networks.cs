using System.Globalization;
using System.Text;

namespace PolicyEngine.DryRun.Simulation;

internal enum NetworkKind : byte { Provider, Carrier, Business, Campus, Hosting, Vpn }

/// <summary>A country with its clock (hours after UTC), its money, and its share of the accounts.</summary>
internal sealed record Country(byte Place, string Code, int Hours, string Currency, int Share);

/// <summary>One operator's block of 65 536 addresses. <paramref name="Place"/>: position among all networks.</summary>
internal sealed record Network(int Place, NetworkKind Kind, Country Country)
{
    /// <summary>The block that no real network uses, 240.0.0.0/4: an invented address must never be somebody's.</summary>
    private const uint Unused = 0xF000_0000;
    private const int PrivateNumbers = 64_512;

    /// <summary>What stands in a line behind the address.</summary>
    public byte[] Text { get; } = Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"\",\"asn\":{PrivateNumbers + Place},\"country\":\"{Country.Code}\""));

    public Address Host(int host) => new(Unused | ((uint)Place << 16) | (uint)(host & 0xFFFF), (ushort)Place);
}

internal readonly record struct Address(uint Value, ushort Network);

/// <summary>The networks of the invented world; the same ones for every seed.</summary>
internal static class Networks
{
    public static readonly Country[] Countries =
    [
        new(0, "US", -6, "USD", 26), new(1, "IN", 5, "USD", 14), new(2, "BR", -3, "BRL", 7), new(3, "GB", 0, "GBP", 7),
        new(4, "DE", 1, "EUR", 7), new(5, "JP", 9, "USD", 6), new(6, "FR", 1, "EUR", 5), new(7, "CA", -5, "CAD", 4),
        new(8, "ID", 7, "USD", 4), new(9, "KR", 9, "USD", 3), new(10, "MX", -6, "USD", 3), new(11, "SG", 8, "SGD", 3),
        new(12, "PL", 1, "EUR", 2), new(13, "NL", 1, "EUR", 2), new(14, "ES", 1, "EUR", 2), new(15, "VN", 7, "USD", 2),
        new(16, "KE", 3, "USD", 1), new(17, "AU", 10, "AUD", 1), new(18, "TR", 3, "USD", 1),
    ];

    private static readonly (NetworkKind Kind, int Count)[] Counts =
    [
        (NetworkKind.Provider, 260), (NetworkKind.Carrier, 52), (NetworkKind.Business, 70),
        (NetworkKind.Campus, 64), (NetworkKind.Hosting, 24), (NetworkKind.Vpn, 12),
    ];

    public static readonly IReadOnlyList<Network> All = Build();

    private static readonly Dictionary<NetworkKind, Network[]> Kinds = All.GroupBy(n => n.Kind).ToDictionary(k => k.Key, k => k.ToArray());
    private static readonly Dictionary<(NetworkKind, string), Network[]> Near =
        All.GroupBy(n => (n.Kind, n.Country.Code)).ToDictionary(g => g.Key, g => g.ToArray());

    public static IReadOnlyList<Network> Of(NetworkKind kind) => Kinds[kind];

    /// <summary>Those of a kind in a country, or all of that kind where the country has none.</summary>
    public static IReadOnlyList<Network> Of(NetworkKind kind, Country country) =>
        Near.GetValueOrDefault((kind, country.Code)) ?? Kinds[kind];

    public static Country SomeCountry(Dice dice)
    {
        var at = dice.Below(Countries.Sum(c => c.Share));
        return Countries.First(c => (at -= c.Share) < 0);
    }

    private static List<Network> Build()
    {
        var dice = new Dice(0x4E65_7477_6F72_6B73);
        var all = new List<Network>();
        foreach (var (kind, count) in Counts)
        {
            for (var i = 0; i < count; i++)
                all.Add(new Network(all.Count, kind, i < Countries.Length ? Countries[i] : SomeCountry(dice)));
        }
        return all;
    }
}
