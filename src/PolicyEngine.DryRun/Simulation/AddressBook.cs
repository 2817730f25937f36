namespace PolicyEngine.DryRun.Simulation;

/// <summary>Addresses <paramref name="Start"/> to <paramref name="Start"/> + <paramref name="Count"/> of the book.</summary>
internal readonly record struct Pool(int Start, int Count);

/// <summary>
/// All addresses in use. The public ones stand first: behind those of carriers and public VPNs there are many strangers, and proxies
/// come out of them as well.
/// </summary>
internal sealed class AddressBook
{
    private const int CarrierExits = 24;
    private const int VpnExits = 32;

    private readonly List<Address> _all = [];
    private readonly Dictionary<int, Pool> _public = [];

    public AddressBook()
    {
        foreach (var network in Networks.Of(NetworkKind.Carrier)) _public[network.Place] = Exits(network, CarrierExits);
        foreach (var network in Networks.Of(NetworkKind.Vpn)) _public[network.Place] = Exits(network, VpnExits);
    }

    public IReadOnlyList<Address> All => _all;

    /// <summary>Where the customers of a carrier or of a public VPN come out.</summary>
    public Pool Public(Network network) => _public[network.Place];

    public Address Public(Network network, Dice dice) => _all[_public[network.Place].Start + dice.Below(_public[network.Place].Count)];

    public Pool Add(IEnumerable<Address> addresses)
    {
        var start = _all.Count;
        _all.AddRange(addresses);
        return new Pool(start, _all.Count - start);
    }

    private Pool Exits(Network network, int count) => Add(Enumerable.Range(0, count).Select(i => network.Host(0x6400 + (i * 7))));
}
