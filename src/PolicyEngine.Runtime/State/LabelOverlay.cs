namespace PolicyEngine.Runtime.State;

/// <summary>
/// What rules without effect did to one label: on top of what is enforced it is what shadow rules see (J1). It is kept by rule, since
/// a promoted rule's part is dropped (J3).
/// </summary>
internal sealed class LabelOverlay
{
    private readonly Dictionary<int, Layer> _layers = [];

    /// <param name="enforced">The enforced label, at the same moment.</param>
    /// <param name="had">As it was before <paramref name="instant"/>.</param>
    public bool Has(int entity, Interval enforced, bool had, (long Tau, long Number) instant, long olderThan)
    {
        var edits = EditsOf(entity, had, instant.Number);
        if (enforced.Holds(instant.Tau, olderThan) && !Array.Exists(edits, e => e.Hides)) return true;
        return Array.Exists(edits, e => e.Added.Holds(instant.Tau, olderThan));
    }

    public bool EndsAt(int entity, long tau) =>
        _layers.TryGetValue(entity, out var layer) && Array.Exists(layer.Now, e => e.Added.EndsAt(tau));

    public long TurnsAfter(int entity, long tau, long olderThan) =>
        _layers.TryGetValue(entity, out var layer) ? layer.Now.Select(e => e.Added.TurnsAfter(tau, olderThan)).DefaultIfEmpty(long.MaxValue).Min()
            : long.MaxValue;

    public IEnumerable<long> EndsOf(int entity) => _layers.TryGetValue(entity, out var layer) ? layer.Now.Select(e => e.Added.End) : [];

    /// <param name="had">The second had the enforced label itself, whatever is hidden of the first's.</param>
    public void Unite(int from, int to, bool had, (long Tau, long Number) instant)
    {
        if (!_layers.ContainsKey(from)) return;
        var edits = EditsOf(to, had: false, instant.Number).ToList();
        foreach (var edit in EditsOf(from, had: false, instant.Number))
        {
            var own = edits.Find(e => e.Rule == edit.Rule) ?? new Edit(edit.Rule, Interval.Never, Hides: false);
            edits.RemoveAll(e => e.Rule == edit.Rule);
            edits.Add(own with { Added = own.Added.Unite(edit.Added, instant.Tau), Hides = own.Hides || (edit.Hides && !had) });
        }
        Change(to, instant, [.. edits]);
    }

    public void Grant(int entity, string rule, (long Tau, long Number) instant, long end)
    {
        var edits = EditsOf(entity, had: false, instant.Number);
        var own = Array.Find(edits, e => e.Rule == rule) ?? new Edit(rule, Interval.Never, Hides: false);
        Change(entity, instant, [.. edits.Where(e => e.Rule != rule), own with { Added = own.Added.Grant(instant.Tau, end) }]);
    }

    /// <summary>Takes the label away, whoever gave it.</summary>
    public void Remove(int entity, string rule, (long Tau, long Number) instant)
    {
        var others = EditsOf(entity, had: false, instant.Number).Where(e => e.Rule != rule && e.Hides);
        Change(entity, instant, [.. others.Select(e => e with { Added = Interval.Never }), new Edit(rule, Interval.Never, Hides: true)]);
    }

    /// <summary>An enforced rule gives the label: shadow rules see additions too, so that what was hidden is there again.</summary>
    public void GrantEnforced(int entity, (long Tau, long Number) instant)
    {
        if (!_layers.ContainsKey(entity)) return;
        Change(entity, instant, [.. EditsOf(entity, had: false, instant.Number).Select(e => e with { Hides = false })]);
    }

    /// <summary>An enforced rule takes the label away, which shadow rules see as well.</summary>
    public void RemoveEnforced(int entity, (long Tau, long Number) instant)
    {
        if (_layers.ContainsKey(entity)) Change(entity, instant, []);
    }

    /// <summary>Forgets a rule's part, between two instants.</summary>
    public void Drop(string rule)
    {
        foreach (var (entity, layer) in _layers.ToArray())
        {
            var left = Array.FindAll(layer.Now, e => e.Rule != rule);
            if (left.Length == 0) _layers.Remove(entity);
            else _layers[entity] = layer with { Now = left };
        }
    }

    private Edit[] EditsOf(int entity, bool had, long instant)
    {
        if (!_layers.TryGetValue(entity, out var layer)) return [];
        return had && layer.ChangedAt == instant ? layer.Before : layer.Now;
    }

    private void Change(int entity, (long Tau, long Number) instant, Edit[] edits)
    {
        var before = _layers.TryGetValue(entity, out var layer) ? layer.ChangedAt == instant.Number ? layer.Before : layer.Now : [];
        var left = Array.FindAll(edits, e => e.Hides || !e.Added.IsOver(instant.Tau));
        _layers[entity] = new Layer(left, before, instant.Number);
    }

    private sealed record Edit(string Rule, Interval Added, bool Hides);

    private readonly record struct Layer(Edit[] Now, Edit[] Before, long ChangedAt);
}
