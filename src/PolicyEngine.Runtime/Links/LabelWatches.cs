using PolicyEngine.Runtime.Decisions;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.State;

namespace PolicyEngine.Runtime.Links;

/// <summary>The labels that somebody counts bearers of, by label and view. They outlive plans, as labels do.</summary>
internal sealed class LabelWatches(LabelStore labels, KeyTables tables, Timers timers)
{
    private readonly Dictionary<string, LabelWatch> _byName = [];
    private Plan? _plan;
    private (LabelWatch? Enforced, LabelWatch? Shadow)[] _watches = [];

    public void Bind(Plan plan)
    {
        _plan = plan;
        _watches = new (LabelWatch?, LabelWatch?)[plan.Labels.Count];
    }

    public LabelWatch Of(int label, View view)
    {
        var plan = _plan!.Labels[label];
        var name = $"{plan.Entity}.{plan.Name} {view}";
        if (!_byName.TryGetValue(name, out var watch)) _byName[name] = watch = new LabelWatch();
        if (view == View.Shadow) _watches[label].Shadow = watch;
        else _watches[label].Enforced = watch;
        Begin(watch, plan, view);
        return watch;
    }

    /// <summary>Something happened to an entity's label at τ, or it ended then.</summary>
    public void Changed(int label, int entity, long tau)
    {
        var (enforced, shadow) = _watches[label];
        enforced?.Set(entity, labels.Has(label, entity, View.Enforced, had: false, 0, tau));
        shadow?.Set(entity, labels.Has(label, entity, View.Shadow, had: false, 0, tau));
    }

    /// <summary>Those who bear the label already; nobody may have waited for its ends before.</summary>
    private void Begin(LabelWatch watch, LabelPlan plan, View view)
    {
        var now = labels.Clock;
        if (now == long.MinValue) return;
        for (var entity = 0; entity < tables[plan.Domain].Count; entity++)
        {
            var has = labels.Has(plan.Index, entity, view, had: false, 0, now);
            watch.Set(entity, has);
            if (!has) continue;
            foreach (var end in labels.EndsOf(plan.Index, entity))
                if (end > now && end != GrantStore.Never) timers.Set(new Decisions.Timer(end, TimerKind.LabelEnd, plan.Index, plan.Domain, entity));
        }
    }
}
