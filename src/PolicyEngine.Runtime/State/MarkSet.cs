using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.State;

/// <summary>Which entities ever had a label or points: one bit each, by domain, never taken back.</summary>
internal sealed class MarkSet
{
    private readonly Dictionary<string, Marks> _byName = [];
    private Marks[] _domains = [];

    public void Bind(Plan plan)
    {
        // Whoever listened knows the domains by their numbers of before.
        OnSet = null;
        _domains = [.. plan.Domains.Select(MarksOf)];
    }

    private Marks MarksOf(DomainPlan domain)
    {
        var key = $"{domain.Kind} {domain.Name}";
        if (!_byName.TryGetValue(key, out var marks)) _byName[key] = marks = new Marks();
        return marks;
    }

    /// <summary>Told of everybody who is marked, for the first time or again: domain, entity.</summary>
    public Action<int, int>? OnSet { get; set; }

    public void Set(int domain, int entity)
    {
        _domains[domain].Set(entity);
        OnSet?.Invoke(domain, entity);
    }

    public bool Has(int domain, int entity) => _domains[domain].Has(entity);

    private sealed class Marks
    {
        private ulong[] _bits = [];

        public bool Has(int entity) => entity >> 6 < _bits.Length && (_bits[entity >> 6] >> (entity & 63) & 1) != 0;

        public void Set(int entity)
        {
            if (entity >> 6 >= _bits.Length) Array.Resize(ref _bits, Math.Max((entity >> 6) + 1, _bits.Length * 2));
            _bits[entity >> 6] |= 1UL << (entity & 63);
        }
    }
}
