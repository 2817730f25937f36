using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Model;
using PolicyEngine.Oracle.Log;
using PolicyEngine.Oracle.Values;

namespace PolicyEngine.Oracle.Rules;

/// <summary>An event that met a step, and what was read of it then.</summary>
internal sealed record Met(LoggedEvent Event, int Step, IReadOnlyDictionary<StepRead, object?> Kept);

/// <summary>A key whose steps have all come, or whose deadline has passed: the events that met them, in order.</summary>
internal sealed record Completed(IReadOnlyList<object> Key, IReadOnlyList<Met> Met)
{
    /// <summary>What was read of the steps; of repeats the newest counts.</summary>
    public IReadOnlyDictionary<StepRead, object?> Kept => Merge(Met);

    public static Dictionary<StepRead, object?> Merge(IEnumerable<Met> met)
    {
        var kept = new Dictionary<StepRead, object?>(ReferenceEqualityComparer.Instance as IEqualityComparer<StepRead>);
        foreach (var (read, value) in met.SelectMany(m => m.Kept)) kept[read] = value;
        return kept;
    }
}

/// <summary>What is common to sequences and absences of one rule: which steps an event is, and what is kept of it.</summary>
internal abstract class StepStates(RuleSymbol rule, Evaluator evaluator)
{
    private readonly List<StepRead> _reads = [.. Reads.Of(rule).SelectMany(Reads.Of).OfType<StepRead>()];

    protected IReadOnlyList<SequenceStep> Steps { get; } = RuleSteps.Of(rule.Trigger);

    protected IReadOnlyList<object>? KeyOf(Scope scope) => evaluator.Key(RuleSteps.KeysOf(rule.Trigger), scope);

    /// <summary>Of the step's kind, and what it asks of its own event holds.</summary>
    protected bool Is(SequenceStep step, Scope scope) =>
        step.Sources.Any(s => evaluator.IsOf(s, scope)) && Parts(step).Where(p => !ReadsSteps(p)).All(p => evaluator.Holds(p, scope));

    /// <summary>What the step asks about earlier ones holds.</summary>
    protected bool Fits(SequenceStep step, Scope scope, IEnumerable<Met> before) =>
        Parts(step).Where(ReadsSteps).All(p => evaluator.Holds(p, scope with { Kept = Completed.Merge(before) }));

    protected Met MetBy(int step, Scope scope)
    {
        var kept = new Dictionary<StepRead, object?>(ReferenceEqualityComparer.Instance as IEqualityComparer<StepRead>);
        foreach (var read in _reads.Where(r => r.Step == step)) kept[read] = evaluator.Of(read.Read, scope);
        return new Met(scope.Event!, step, kept);
    }

    private static IReadOnlyList<Expression> Parts(SequenceStep step) =>
        step.Where is AndExpression and ? and.Parts : step.Where is { } where ? [where] : [];

    private static bool ReadsSteps(Expression expression) => Reads.Of(expression).OfType<StepRead>().Any();
}

/// <summary>The states of one sequence, told as H1 to H3 tell them: for each key and state the events met so far.</summary>
internal sealed class SequenceStates(RuleSymbol rule, SequenceTrigger trigger, Evaluator evaluator) : StepStates(rule, evaluator)
{
    private readonly List<int> _order = [.. Enumerable.Range(0, trigger.Steps.Count)
        .Where(s => !trigger.Steps[s].IsAbsent).SelectMany(s => Enumerable.Repeat(s, (int)trigger.Steps[s].Times))];
    private readonly Dictionary<(string Key, int State), List<Met>> _states = [];

    public Completed? Offer(Scope scope)
    {
        if (KeyOf(scope) is not { } parts) return null;
        var key = Evaluator.Canonical(parts);
        Drop(key, scope);
        Completed? completed = null;
        for (var state = _order.Count; state >= 1; state--)
        {
            var step = _order[state - 1];
            if (!Is(trigger.Steps[step], scope)) continue;
            var met = state == 1 ? [] : _states.GetValueOrDefault((key, state - 1));
            if (met is null || !GoesOn(met, state, scope)) continue;
            _states.Remove((key, state - 1));
            met = [.. met, MetBy(step, scope)];
            if (state == _order.Count) completed = new Completed(parts, met);
            else _states[(key, state)] = met;
        }
        return completed;
    }

    private void Drop(string key, Scope scope)
    {
        foreach (var (place, met) in _states.Where(s => s.Key.Key == key).ToList())
        {
            var untilComes = trigger.Until is { } until && Is(until, scope) && Fits(until, scope, met);
            var absentComes = Enumerable.Range(0, trigger.Steps.Count).Any(s => trigger.Steps[s].IsAbsent
                && place.State == _order.Count(o => o < s) && Is(trigger.Steps[s], scope) && Fits(trigger.Steps[s], scope, met));
            if (untilComes || absentComes) _states.Remove(place);
        }
    }

    private bool GoesOn(List<Met> met, int state, Scope scope)
    {
        if (state == 1) return true;
        var (newest, e) = (met[^1].Event, scope.Event!);
        var isLater = e.Applied > newest.Applied || (e.Applied == newest.Applied && e.Sequence > newest.Sequence);
        var isRepeat = _order[state - 1] == _order[state - 2];
        return (isLater || isRepeat) && e.Applied - met[0].Event.Applied < trigger.Within && Fits(trigger.Steps[_order[state - 1]], scope, met);
    }
}

/// <summary>What is pending of one absence, and all events that may cancel (H5).</summary>
internal sealed class AbsenceStates(RuleSymbol rule, AbsenceTrigger trigger, Evaluator evaluator) : StepStates(rule, evaluator)
{
    private readonly Dictionary<string, (IReadOnlyList<object> Parts, Met First)> _pending = [];
    private readonly List<(string Key, SequenceStep Step, Scope Scope)> _cancelling = [];

    public RuleSymbol Rule { get; } = rule;

    public long? NextDue => _pending.Values.Select(p => (long?)(p.First.Event.Applied + trigger.Within)).Min();

    public void Offer(Scope scope)
    {
        if (KeyOf(scope) is not { } parts) return;
        var key = Evaluator.Canonical(parts);
        var cancels = Steps.Skip(1).Where(s => Is(s, scope)).ToList();
        if (_pending.TryGetValue(key, out var pending) && cancels.Exists(s => Fits(s, scope, [pending.First]))) _pending.Remove(key);
        if (Is(trigger.First, scope) && !_pending.ContainsKey(key))
        {
            var first = MetBy(0, scope);
            var before = _cancelling.Where(c => c.Key == key && c.Scope.Event!.Applied == scope.Event!.Applied);
            if (!before.Any(c => Fits(c.Step, c.Scope, [first]))) _pending[key] = (parts, first);
        }
        _cancelling.AddRange(cancels.Select(s => (key, s, scope)));
    }

    public List<Completed> TakeDue(long now)
    {
        var due = _pending.Where(p => p.Value.First.Event.Applied + trigger.Within == now).ToList();
        foreach (var (key, _) in due) _pending.Remove(key);
        return [.. due.Select(p => new Completed(p.Value.Parts, [p.Value.First])).OrderBy(c => c.Key, Ticker.ByteOrder)];
    }
}
