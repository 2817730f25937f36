using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Links;

/// <summary>Since when edges and cells are kept: what is younger than its window may have seen less than there was (D7).</summary>
internal sealed partial class LinkSet
{
    private readonly Dictionary<string, long> _started = [];
    private readonly List<string> _notStarted = [];

    public bool IsWarmingAround(int around, long tau) => IsWarming(Plan.Arounds[around].EdgeHash, Plan.Arounds[around].Length, tau);

    public bool IsWarmingPerGroup(int measure, long tau)
    {
        var plan = Plan.GroupMeasures[measure];
        return IsWarming(plan.Hash, plan.Window.Length + plan.Window.Ending, tau);
    }

    private bool IsWarming(string hash, long span, long tau) => _started.TryGetValue(hash, out var started) && tau - started < span;

    private void BindStarts(Plan plan, long tau)
    {
        var hashes = plan.Arounds.Select(a => a.EdgeHash).Concat(plan.GroupMeasures.Select(m => m.Hash)).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _started.Keys.Where(h => !hashes.Contains(h)).ToList()) _started.Remove(gone);
        _notStarted.Clear();
        foreach (var hash in hashes.Where(h => !_started.ContainsKey(h)))
        {
            if (tau == long.MinValue) _notStarted.Add(hash);
            else _started[hash] = tau;
        }
    }

    private void Start(long tau)
    {
        foreach (var hash in _notStarted) _started[hash] = tau;
        _notStarted.Clear();
    }
}
