using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// One table a domain. They outlive plans: a domain that a new plan has by the same kind, name and parts keeps its handles.
/// </summary>
public sealed class KeyTables
{
    private readonly (ulong Low, ulong High) seed;
    private readonly Dictionary<string, KeyTable> bySignature = new(StringComparer.Ordinal);
    private IReadOnlyList<DomainPlan> domains = [];
    private KeyTable[] tables = [];

    public KeyTables(IReadOnlyList<DomainPlan> domains, (ulong Low, ulong High) seed)
    {
        this.seed = seed;
        Rebind(domains);
    }

    public int Count => tables.Length;

    public KeyTable this[int domain] => tables[domain];

    /// <summary>From now on indices are those of <paramref name="newDomains"/>. Tables of domains it lacks are kept for plans that have them again.</summary>
    public void Rebind(IReadOnlyList<DomainPlan> newDomains)
    {
        domains = newDomains;
        tables = new KeyTable[newDomains.Count];
        for (var i = 0; i < tables.Length; i++)
        {
            var signature = Signature(newDomains, i);
            if (!bySignature.TryGetValue(signature, out var table)) bySignature.Add(signature, table = new KeyTable(seed));
            tables[i] = table;
        }
    }

    /// <summary>By key bytes; tuples part by part, since the handles that make up their bytes are no order.</summary>
    public int Compare(int domain, int a, int b)
    {
        if (a == b) return 0;
        if (domains[domain].Kind != DomainKind.Composite) return tables[domain].Compare(a, b);
        ReadOnlySpan<byte> left = tables[domain].Bytes(a), right = tables[domain].Bytes(b);
        var parts = domains[domain].Parts;
        for (var i = 0; i < parts.Count; i++)
        {
            var order = Compare(parts[i], KeyBytes.Part(left, i), KeyBytes.Part(right, i));
            if (order != 0) return order;
        }
        return 0;
    }

    private static string Signature(IReadOnlyList<DomainPlan> domains, int index)
    {
        var domain = domains[index];
        var parts = string.Concat(domain.Parts.Select(p => Signature(domains, p)));
        return $"({domain.Kind} {domain.Name.Length}:{domain.Name}{parts})";
    }
}
