using PolicyEngine.Language.Model;
using PolicyEngine.Oracle.Values;

namespace PolicyEngine.Oracle.State;

/// <summary>All labels (I1), and how they were before the instant that runs (B4).</summary>
internal sealed class Labels
{
    private Dictionary<(LabelSymbol Label, string Id), Presence> _now = [];
    private Dictionary<(LabelSymbol Label, string Id), Presence> _before = [];
    private long _beforeTime;

    /// <summary>An instant begins. <paramref name="endsRun"/>: it is the one in which labels end, so what ends in it was there before.</summary>
    public void Begin(long now, bool endsRun)
    {
        _before = new Dictionary<(LabelSymbol, string), Presence>(_now);
        _beforeTime = endsRun ? now - 1 : now;
    }

    public long? Since(LabelSymbol label, EntityKey entity, Sight sight, long now) =>
        _now.GetValueOrDefault((label, entity.Id))?.Since(sight, now);

    /// <summary>Since when the entity had the label before this instant; null when it had not.</summary>
    public long? SinceBefore(LabelSymbol label, EntityKey entity, Sight sight) =>
        _before.GetValueOrDefault((label, entity.Id))?.Since(sight, _beforeTime);

    public bool Has(LabelSymbol label, EntityKey entity, Sight sight, long now) => Since(label, entity, sight, now) is not null;

    public void Add(LabelSymbol label, EntityKey entity, Sight sight, long now, long? end, long order) =>
        _now[(label, entity.Id)] = Of(label, entity).Add(sight, now, end, order);

    public void Remove(LabelSymbol label, EntityKey entity, Sight sight, long order) =>
        _now[(label, entity.Id)] = Of(label, entity).Remove(sight, order);

    /// <summary>What one group bears comes to another too (F9); it was there before the instant, so that nobody calls it added.</summary>
    public void Unite(LabelSymbol label, string from, string to, long now)
    {
        if (!_now.TryGetValue((label, from), out var given)) return;
        var own = _now.GetValueOrDefault((label, to)) ?? new Presence();
        _now[(label, to)] = _before[(label, to)] = own.Unite(given, now);
    }

    /// <summary>Entities whose having of the label differs from before the instant, in byte order of their ids.</summary>
    public IEnumerable<EntityKey> Changed(LabelSymbol label, bool added, Sight sight, long now) => _now
        .Where(entry => entry.Key.Label == label)
        .Select(entry => new EntityKey(label.Entity.Name, entry.Key.Id))
        .Where(entity => Has(label, entity, sight, now) == added && SinceBefore(label, entity, sight) is null == added)
        .OrderBy(entity => entity.Id, Rules.Strata.Bytes)
        .ToList();

    /// <summary>The ends of grants of these labels after <paramref name="after"/>.</summary>
    public IEnumerable<long> Ends(IReadOnlyCollection<LabelSymbol> labels, long after) => _now
        .Where(entry => labels.Contains(entry.Key.Label))
        .SelectMany(entry => new[] { entry.Value.Enforced?.End, entry.Value.Overlay?.End })
        .OfType<long>().Where(end => end > after);

    private Presence Of(LabelSymbol label, EntityKey entity) => _now.GetValueOrDefault((label, entity.Id)) ?? new Presence();
}
