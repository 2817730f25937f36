using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.State;

/// <summary>
/// All labels in both views. What enforced rules do reaches both; what shadow rules do reaches the shadow view only (J1). Labels are
/// never evicted (L2) and belong to the name and entity, not to a pack (I1).
/// </summary>
internal sealed class LabelStore(MarkSet marks)
{
    private readonly Dictionary<string, (LabelTable Enforced, LabelTable Shadow)> _byName = [];
    private (LabelTable Enforced, LabelTable Shadow)[] _tables = [];
    private int[] _domains = [];

    /// <summary>Number of the instant in hand; `had` is relative to it.</summary>
    public long Instant { get; set; } = 1;

    /// <summary>The instant is one in which labels end: what was there before it is what was there a millisecond ago.</summary>
    public bool InstantOfEnds { get; set; }

    /// <summary>Changes of the instant in hand, in order, for rules triggered by them.</summary>
    public List<LabelChange> Changes { get; } = [];

    public void Bind(Plan plan)
    {
        foreach (var label in plan.Labels)
            if (!_byName.ContainsKey(KeyOf(label))) _byName[KeyOf(label)] = (new LabelTable(), new LabelTable());
        _domains = [.. plan.Labels.Select(l => l.Domain)];
        _tables = [.. plan.Labels.Select(l => _byName[KeyOf(l)])];
    }

    public LabelTable Table(int label, View view) => view == View.Shadow ? _tables[label].Shadow : _tables[label].Enforced;

    public bool Has(int label, int entity, View view, bool had, long olderThan, long tau) =>
        had ? Table(label, view).Had(entity, InstantOfEnds ? tau - 1 : tau, olderThan, Instant) : Table(label, view).Has(entity, tau, olderThan);

    /// <summary><paramref name="view"/>: the view in which the writer acts.</summary>
    public void Grant(int label, int entity, View view, long tau, long end)
    {
        marks.Set(_domains[label], entity);
        if (view == View.Enforced) _tables[label].Enforced.Grant(entity, tau, end, Instant);
        _tables[label].Shadow.Grant(entity, tau, end, Instant);
        Changes.Add(new LabelChange(label, entity));
    }

    public void Remove(int label, int entity, View view, long tau)
    {
        if (view == View.Enforced) _tables[label].Enforced.Remove(entity, tau, Instant);
        _tables[label].Shadow.Remove(entity, tau, Instant);
        Changes.Add(new LabelChange(label, entity));
    }

    private static string KeyOf(LabelPlan label) => $"{label.Entity}.{label.Name}";
}

internal readonly record struct LabelChange(int Label, int Entity);
