using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Sequences;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>
/// Which rows of a batch may be steps of which sequences. A row that begins one always is looked at; one that could only go on with
/// what its key has open costs one bit where nothing is open.
/// </summary>
internal sealed class SequenceRows
{
    private sealed class Screens(SequenceState state, int words)
    {
        public SequenceState State { get; } = state;
        /// <summary>Rows that may be the first step.</summary>
        public ulong[] First { get; set; } = [];
        /// <summary>Rows that may be another one, or may not come.</summary>
        public ulong[] Other { get; } = new ulong[words];
        public Vector? Keys { get; set; }
    }

    private readonly bool _screen;
    private readonly BatchEvaluator _evaluator;
    private readonly Plan _plan;
    private readonly Screens[] _all;
    private readonly ulong[] _any;
    /// <summary>Nodes of absences that cancel and need no more than their event: those are noted where nothing is pending.</summary>
    private readonly bool[] _isNoted;
    private RuleBuffer _concerned = new();

    public SequenceRows(Plan plan, EngineState state, EngineOptions options, BatchEvaluator evaluator)
    {
        _screen = options.Screen;
        _plan = plan;
        _evaluator = evaluator;
        var words = (options.BatchSize + 63) >> 6;
        _all = [.. state.Sequences.All.Select(s => new Screens(s, words))];
        _any = new ulong[words];
        _isNoted = [.. _all.Select(s => s.State.Absences is not null && OthersOf(s.State).All(IsKnownFromItsRow))];
    }

    public void Begin(EventBatch batch)
    {
        if (_all.Length == 0) return;
        var words = (batch.Count + 63) >> 6;
        Array.Clear(_any);
        foreach (var screens in _all)
        {
            screens.First = _evaluator.Bits(screens.State.Plan.Steps[0].Screen);
            Array.Clear(screens.Other);
            foreach (var step in OthersOf(screens.State)) Unite(screens.Other, _evaluator.Bits(step.Screen), words);
            Unite(_any, screens.First, words);
            Unite(_any, screens.Other, words);
            var key = screens.State.Plan.Key;
            screens.Keys = _plan.Nodes[key].IsPlain && !Bitmaps.IsEmpty(_any.AsSpan(0, words)) ? _evaluator.Vector(key) : null;
        }
    }

    /// <summary>Rows that <see cref="Of"/> must be asked for.</summary>
    public void CollectRows(ulong[] into)
    {
        if (_all.Length == 0) return;
        for (var w = 0; w < into.Length; w++) into[w] |= _screen ? _any[w] : ulong.MaxValue;
    }

    /// <summary>The sequences that must see a row, ascending. To be asked once for each row of <see cref="CollectRows"/>, in their order.</summary>
    public ReadOnlySpan<int> Of(int row, long tau)
    {
        if (_all.Length == 0) return [];
        var (word, bit) = (row >> 6, 1UL << (row & 63));
        if (_screen && (_any[word] & bit) == 0) return [];
        _concerned.Clear();
        for (var i = 0; i < _all.Length; i++)
            if (IsConcerned(i, word, bit, row, tau)) _concerned.Add(i);
        return _concerned.Items;
    }

    private bool IsConcerned(int sequence, int word, ulong bit, int row, long tau)
    {
        var screens = _all[sequence];
        if (!_screen || (screens.First[word] & bit) != 0) return true;
        if ((screens.Other[word] & bit) == 0) return false;
        if (screens.Keys is not { } keys) return true;
        if (!keys.IsPresent(row)) return false;
        var key = keys.Handles[row];
        if (screens.State.Open.Has(key)) return true;
        if (screens.State.Absences is not { } absences) return false;
        if (!_isNoted[sequence]) return true;
        absences.Remember(key, 1, tau, []);
        return false;
    }

    private static IEnumerable<StepPlan> OthersOf(SequenceState state)
    {
        for (var step = 1; step < state.StepCount; step++) yield return state.Step(step);
    }

    private bool IsKnownFromItsRow(StepPlan step) => step.Screen == step.Feed && step.Condition < 0;

    private static void Unite(ulong[] into, ulong[] bits, int words)
    {
        for (var w = 0; w < words; w++) into[w] |= bits[w];
    }
}
