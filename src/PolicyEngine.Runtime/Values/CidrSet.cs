namespace PolicyEngine.Runtime.Values;

/// <summary>
/// Networks with longest-prefix look-up. Nested networks are laid out beforehand as stretches of addresses, each owned by the
/// most specific network there, so that a look-up is one binary search. Immutable.
/// </summary>
public sealed class CidrSet
{
    private const int None = -1;
    private readonly Family v4;
    private readonly Family v6;
    private readonly CidrValue[] networks;
    private readonly int[] parents;

    /// <summary>Positions in the list given are what look-ups return; of equal networks the first counts.</summary>
    public CidrSet(IReadOnlyList<CidrValue> networks)
    {
        this.networks = [.. networks];
        parents = new int[networks.Count];
        Array.Fill(parents, None);
        var order = new int[networks.Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(order, Compare);
        v4 = new Family(this.networks, parents, Array.FindAll(order, i => IsV4(this.networks[i])));
        v6 = new Family(this.networks, parents, Array.FindAll(order, i => !IsV4(this.networks[i])));
    }

    public int Count => networks.Length;

    public CidrValue this[int index] => networks[index];

    public bool Contains(IpValue address) => TryFind(address, out _);

    /// <summary>The position of the network with the longest prefix that holds the address.</summary>
    public bool TryFind(IpValue address, out int index)
    {
        index = address.IsV4 ? v4.Find(address.Bits) : v6.Find(address.Bits);
        return index >= 0;
    }

    /// <summary>The next wider network that holds this one, or −1: for entries that ended and give way to it.</summary>
    public int ParentOf(int index) => parents[index];

    /// <summary>
    /// By network and then the wider first, as nesting wants it; equal ones by position, so that the order is total.
    /// </summary>
    private int Compare(int a, int b)
    {
        var order = networks[a].CompareTo(networks[b]);
        return order != 0 ? order : a.CompareTo(b);
    }

    private static bool IsV4(CidrValue network) => network.Network.IsV4 && network.PrefixLength >= 96;

    private sealed class Family
    {
        private readonly Bits128[] starts;
        private readonly int[] owners;

        internal Family(CidrValue[] networks, int[] parents, int[] order)
        {
            var from = new List<Bits128>();
            var owner = new List<int>();
            var open = new Stack<int>();
            foreach (var index in order)
            {
                var network = networks[index];
                while (open.TryPeek(out var top) && networks[top].Last < network.Network)
                    Close(networks[open.Pop()].Last, open);
                if (open.TryPeek(out var parent))
                {
                    if (networks[parent] == network)
                        continue;
                    parents[index] = parent;
                }
                open.Push(index);
                Begin(network.Network.Bits, index);
            }
            while (open.TryPop(out var top))
                Close(networks[top].Last, open);
            starts = [.. from];
            owners = [.. owner];

            void Close(IpValue last, Stack<int> rest)
            {
                if (last.Bits != Bits128.Max)
                    Begin(last.Bits.Next, rest.TryPeek(out var outer) ? outer : None);
            }

            void Begin(Bits128 start, int index)
            {
                // A stretch that ends where it begins is taken over by what begins there.
                if (from.Count > 0 && from[^1] == start)
                {
                    owner[^1] = index;
                    return;
                }
                from.Add(start);
                owner.Add(index);
            }
        }

        internal int Find(Bits128 address)
        {
            int low = 0, high = starts.Length - 1;
            while (low <= high)
            {
                var middle = (low + high) >> 1;
                if (starts[middle] <= address)
                    low = middle + 1;
                else
                    high = middle - 1;
            }
            return high < 0 ? None : owners[high];
        }
    }
}
