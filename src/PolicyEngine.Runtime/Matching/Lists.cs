using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>The lists of a plan, by index. Their edits outlive the plan: they follow the name of the list.</summary>
public sealed class Lists
{
    private readonly ListState[] _states;

    public Lists(Plan plan, KeyTables tables)
        : this([.. plan.Lists.Select(l => new ListState(l))], tables)
    {
    }

    private Lists(ListState[] states, KeyTables tables)
    {
        _states = states;
        Tables = tables;
    }

    public KeyTables Tables { get; }

    public int Count => _states.Length;

    public ListState this[int index] => _states[index];

    public ListState? Find(string name) => Array.Find(_states, s => s.Name == name);

    /// <summary>Forgets what a rule did without effect (J3).</summary>
    public void DropShadow(string rule)
    {
        foreach (var state in _states) state.DropShadow(rule);
    }

    /// <summary>The lists of <paramref name="plan"/>, with the edits made so far to lists of the same name and kind.</summary>
    public Lists Rebind(Plan plan, KeyTables tables) => new([.. plan.Lists.Select(Rebind)], tables);

    private ListState Rebind(ListPlan list)
    {
        if (Find(list.Name) is not { } state || !state.Fits(list)) return new ListState(list);
        state.TakePlan(list);
        return state;
    }
}
