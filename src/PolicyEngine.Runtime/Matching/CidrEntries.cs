using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Matching;

/// <summary>Networks by prefix length, longest first: one look-up for each length in use.</summary>
internal sealed class CidrEntries
{
    private readonly List<(int Length, Dictionary<Bits128, ListEntry> Networks)> _lengths = [];

    public IEnumerable<ListEntry> All => _lengths.SelectMany(l => l.Networks.Values);

    public ListEntry? Longest(Bits128 address, long tau, View view)
    {
        // An IPv4 address lies in IPv4 networks only, whose lengths count from 96.
        var least = new IpValue(address).IsV4 ? 96 : 0;
        foreach (var (length, networks) in _lengths)
        {
            if (length < least) return null;
            if (networks.TryGetValue(address & CidrValue.Mask(length), out var entry) && entry.IsPresent(tau, view)) return entry;
        }
        return null;
    }

    public ListEntry? Find(Bits128 network, int length)
    {
        foreach (var (candidate, networks) in _lengths)
        {
            if (candidate == length) return networks.GetValueOrDefault(network & CidrValue.Mask(length));
        }
        return null;
    }

    public void Add(Bits128 network, int length, ListEntry entry)
    {
        var index = _lengths.FindIndex(l => l.Length <= length);
        if (index < 0) index = _lengths.Count;
        if (index == _lengths.Count || _lengths[index].Length != length) _lengths.Insert(index, (length, []));
        _lengths[index].Networks.Add(network & CidrValue.Mask(length), entry);
    }
}
