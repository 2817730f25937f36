using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.State;

/// <summary>
/// All labels in both views. What enforced rules do reaches both; what shadow rules do lies in an overlay (J1). Labels are never
/// evicted (L2) and belong to the name and entity, not to a pack (I1).
/// </summary>
internal sealed class LabelStore(MarkSet marks)
{
    private readonly Dictionary<string, (LabelTable Enforced, LabelOverlay Overlay)> _byName = [];
    private (LabelTable Enforced, LabelOverlay Overlay)[] _tables = [];
    private int[] _domains = [];

    /// <summary>Number of the instant in hand; `had` is relative to it.</summary>
    public long Instant { get; set; } = 1;

    /// <summary>The instant is one in which labels end: what was there before it is what was there a millisecond ago.</summary>
    public bool InstantOfEnds { get; set; }

    /// <summary>The greatest τ at which something was looked at or done.</summary>
    public long Clock { get; set; } = long.MinValue;

    /// <summary>Told of every change: label, entity, τ.</summary>
    public Action<int, int, long>? OnChanged { get; set; }

    /// <summary>Changes of the instant in hand, in order, for rules triggered by them.</summary>
    public List<LabelChange> Changes { get; } = [];

    public void Bind(Plan plan)
    {
        foreach (var label in plan.Labels)
            if (!_byName.ContainsKey(KeyOf(label))) _byName[KeyOf(label)] = (new LabelTable(), new LabelOverlay());
        _domains = [.. plan.Labels.Select(l => l.Domain)];
        _tables = [.. plan.Labels.Select(l => _byName[KeyOf(l)])];
    }

    public bool Has(int label, int entity, View view, bool had, long olderThan, long tau)
    {
        if (had && InstantOfEnds) tau--;
        var (enforced, overlay) = _tables[label];
        var interval = enforced.Of(entity, had, Instant);
        return view == View.Enforced ? interval.Holds(tau, olderThan) : overlay.Has(entity, interval, had, (tau, Instant), olderThan);
    }

    /// <summary>Whether it lasted up to exactly τ, in either view.</summary>
    public bool EndsAt(int label, int entity, long tau) =>
        _tables[label].Enforced.Of(entity, had: false, Instant).EndsAt(tau) || _tables[label].Overlay.EndsAt(entity, tau);

    /// <summary>The first time after τ at which it may begin, end or come to be that old, if nothing happens.</summary>
    public long UntilOf(int label, int entity, View view, long olderThan, long tau)
    {
        var (enforced, overlay) = _tables[label];
        var until = enforced.Of(entity, had: false, Instant).TurnsAfter(tau, olderThan);
        return view == View.Enforced ? until : Math.Min(until, overlay.TurnsAfter(entity, tau, olderThan));
    }

    /// <summary>When grants of the label end, in either view.</summary>
    public IEnumerable<long> EndsOf(int label, int entity) =>
        _tables[label].Overlay.EndsOf(entity).Append(_tables[label].Enforced.Of(entity, had: false, Instant).End);

    /// <summary>What one group bears comes to another too, with its age and end (F9); that is no adding.</summary>
    public void Unite(int label, int from, int to, long tau)
    {
        var (enforced, overlay) = _tables[label];
        var had = enforced.Of(to, had: false, Instant).Holds(tau, 0);
        enforced.Unite(from, to, tau, Instant);
        overlay.Unite(from, to, had, (tau, Instant));
        marks.Set(_domains[label], to);
        OnChanged?.Invoke(label, to, tau);
    }

    /// <param name="shadow">The rule without effect that gives it; null: it is enforced.</param>
    public void Grant(int label, int entity, string? shadow, long tau, long end)
    {
        marks.Set(_domains[label], entity);
        var (enforced, overlay) = _tables[label];
        if (shadow is not null)
            overlay.Grant(entity, shadow, (tau, Instant), end);
        else
        {
            enforced.Grant(entity, tau, end, Instant);
            overlay.GrantEnforced(entity, (tau, Instant));
        }
        Changes.Add(new LabelChange(label, entity));
        OnChanged?.Invoke(label, entity, tau);
    }

    /// <param name="shadow">The rule without effect that takes it away; null: it is enforced.</param>
    public void Remove(int label, int entity, string? shadow, long tau)
    {
        marks.Set(_domains[label], entity);
        var (enforced, overlay) = _tables[label];
        if (shadow is not null)
            overlay.Remove(entity, shadow, (tau, Instant));
        else
        {
            enforced.Remove(entity, tau, Instant);
            overlay.RemoveEnforced(entity, (tau, Instant));
        }
        Changes.Add(new LabelChange(label, entity));
        OnChanged?.Invoke(label, entity, tau);
    }

    /// <summary>Forgets what a rule did without effect (J3).</summary>
    public void DropShadow(string rule)
    {
        foreach (var (_, overlay) in _byName.Values) overlay.Drop(rule);
    }

    private static string KeyOf(LabelPlan label) => $"{label.Entity}.{label.Name}";
}

internal readonly record struct LabelChange(int Label, int Entity);
