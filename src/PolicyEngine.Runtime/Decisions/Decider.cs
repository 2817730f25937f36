using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>
/// The sequential stage: goes over the rows of a stretch in order, looks only at those where a screen, a held key or a measure kept
/// row by row asks for it, and lets strata, effects, responses and records happen (B1).
/// </summary>
internal sealed class Decider
{
    private readonly EngineState _state;
    private readonly EngineOptions _options;
    private readonly BatchEvaluator _evaluator;
    private readonly RowEvaluator _rows;
    private readonly StrataRunner _strata;
    private readonly TimerRunner _timers;
    private readonly IMatcher _matcher;
    private readonly CandidateRows _candidates = new();
    private readonly TypeRows _types;
    private readonly ulong[] _applied;
    private readonly ulong[] _sequentialRows;
    private readonly ulong[] _lateRows;
    private readonly int[] _order;
    private readonly bool[] _groupHasType;
    private readonly Vector?[] _groupKeys;
    private readonly Vector?[] _marked;
    private readonly bool _hasMarked;
    private readonly SequenceRows _sequences;
    private RuleBuffer _held = new();
    private RuleBuffer _work = new();

    public Decider(Plan plan, EngineState state, EngineOptions options, BatchEvaluator evaluator, RowEvaluator rows, IDecisionSink sink)
    {
        _state = state;
        _options = options;
        _evaluator = evaluator;
        _rows = rows;
        _matcher = new CompiledMatcher(plan, evaluator, options.Screen);
        var words = (options.BatchSize + 63) >> 6;
        _types = new TypeRows(plan.EventTypes.Count, options.BatchSize);
        _applied = new ulong[words];
        _sequentialRows = new ulong[words];
        _lateRows = new ulong[words];
        _order = new int[options.BatchSize];
        _groupKeys = new Vector?[state.Rules.Groups.Length];
        _marked = new Vector?[plan.Rules.Count];
        _hasMarked = plan.Rules.Any(r => r.Marked >= 0);
        foreach (var rule in state.Rules.OnEvents) rule.Gate = options.Screen ? GateOf(rule.Plan) : [];
        _groupHasType = GroupsByType(plan, state.Rules);
        _sequences = new SequenceRows(plan, state, options, evaluator);
        _strata = new StrataRunner(plan, state, (evaluator, rows), options, sink);
        _timers = new TimerRunner(plan, state, _strata);
    }

    /// <summary>Applies positions [from, to) of the batch's order. The evaluator has begun with the batch.</summary>
    public void Run(EventBatch batch, int from, int to)
    {
        var stages = _options.Stages;
        var began = stages?.Now() ?? 0;
        // Edges end, and ticks look at what is kept in columns, before any event of the stretch is seen.
        AdvanceTo(batch.Taus[batch.Order[from]]);
        var order = Prepare(batch, from, to);
        if (order.Length > 0) _state.Alignments.Start(batch.Taus[order[0]]);
        _state.Measures.ApplyPlain(batch, order, _evaluator, _rows, _types);
        _strata.Every.TouchPlain(batch, _applied, _evaluator);
        began = stages?.Add(EngineStage.Measures, began) ?? 0;
        _state.Links.Screen(batch, order, _evaluator);
        Screen(batch);
        began = stages?.Add(EngineStage.Screen, began) ?? 0;
        for (var i = from; i < to; i++) Apply(batch, batch.Order[i]);
        _strata.Settle();
        stages?.Add(EngineStage.Decide, began);
    }

    /// <summary>Runs timers due at or before τ.</summary>
    public void AdvanceTo(long tau) => _timers.RunDue(tau);

    public void Label(int label, int entity, bool add, long end, long tau)
    {
        AdvanceTo(tau);
        _state.Clock = Math.Max(_state.Clock, tau);
        _strata.RunLabel(label, entity, add, end, tau);
    }

    private ReadOnlySpan<int> Prepare(EventBatch batch, int from, int to)
    {
        Array.Clear(_applied);
        Array.Clear(_lateRows);
        var count = 0;
        for (var i = from; i < to; i++)
        {
            var row = batch.Order[i];
            var late = batch.IsLate(row);
            (late ? _lateRows : _applied)[row >> 6] |= 1UL << (row & 63);
            if (!late) _order[count++] = row;
        }
        var order = _order.AsSpan(0, count);
        _types.Begin(batch, order);
        return order;
    }

    private void Screen(EventBatch batch)
    {
        var words = (batch.Count + 63) >> 6;
        _candidates.Build(_matcher, _matcher.Match(batch), batch.Count);
        foreach (var sample in _state.Rules.Samples) sample.Count += Count(_evaluator.Bits(sample.Node), _applied, words);
        if (_hasMarked) FindMarked();
        _sequences.Begin(batch);
        Array.Clear(_sequentialRows);
        foreach (var unit in _state.Measures.Sequential)
        {
            foreach (var screen in unit.FeedScreens)
            {
                var feed = _evaluator.Bits(screen);
                for (var w = 0; w < words; w++) _sequentialRows[w] |= feed[w];
            }
        }
        foreach (var alignment in _state.Alignments.Plans)
        {
            var feed = _evaluator.Bits(alignment.FeedScreen);
            for (var w = 0; w < words; w++) _sequentialRows[w] |= feed[w];
        }
        for (var g = 0; g < _groupKeys.Length; g++)
        {
            var node = _state.Rules.Groups[g].KeyNode;
            _groupKeys[g] = _state.Plan.Nodes[node].IsPlain ? _evaluator.Vector(node) : null;
        }
    }

    /// <summary>The entities whose marks rules wait for; null for rules that do not.</summary>
    private void FindMarked()
    {
        foreach (var rule in _state.Rules.OnEvents)
            _marked[rule.Plan.Index] = _options.Screen && rule.Plan.Marked >= 0 ? _evaluator.Vector(rule.Plan.Marked) : null;
    }

    private static long Count(ulong[] bits, ulong[] mask, int words)
    {
        long count = 0;
        for (var w = 0; w < words; w++) count += System.Numerics.BitOperations.PopCount(bits[w] & mask[w]);
        return count;
    }

    private void Apply(EventBatch batch, int row)
    {
        var tau = batch.Taus[row];
        if (_state.Timers.NextDue <= tau) _timers.RunDue(tau);
        _state.Clock = Math.Max(_state.Clock, tau);
        _state.Ordinal++;
        var bit = 1UL << (row & 63);
        var word = row >> 6;
        var candidates = (_candidates.Any[word] & bit) != 0 ? _candidates.Of(row) : [];
        var isLate = (_lateRows[word] & bit) != 0;
        var context = new RowContext
        {
            Batch = batch, Row = row, Tau = tau, Ordinal = _state.Ordinal, Vectors = _evaluator.Vectors,
        };
        if (!isLate && !_state.Links.IsEmpty) _state.Links.Enter(_rows, context);
        _strata.BeginEvent(tau, isLate);
        var work = isLate ? SeeingLate(candidates) : WithHeld(batch, row, candidates);
        var sequences = isLate ? [] : _sequences.Of(row, tau);
        if (sequences.Length > 0 || (!isLate && _state.Links.HasJoined) || !AllShut(work, context))
            _strata.RunEvent(work, candidates, sequences, context);
        else if (!isLate && ((_sequentialRows[word] & bit) != 0 || _state.Links.IsCounted(row)))
            _strata.RunQuietly(context);
    }

    /// <summary>
    /// Whether all rules to look at wait for labels, points or groups that their entities do not have. Then none of them fires, and
    /// nothing else happens that could give any.
    /// </summary>
    private bool AllShut(ReadOnlySpan<int> work, in RowContext context)
    {
        foreach (var rule in work)
            if (_held.Items.Contains(rule) || (IsMarked(rule, context.Row) && IsOpen(_state.Rules.All[rule].Gate, context))) return false;
        return true;
    }

    private bool IsMarked(int rule, int row) =>
        _marked[rule] is not { } keys || (keys.IsPresent(row) && _state.Marks.Has(_state.Rules.All[rule].MarkDomain, keys.Handles[row]));

    private bool IsOpen(int[] gate, in RowContext context)
    {
        foreach (var condition in gate)
            if (!_rows.IsTrue(condition, context)) return false;
        return true;
    }

    private int[] GateOf(RulePlan rule) =>
        [.. _rows.Conditions.CheapPartsOf(rule.Condition).Concat(_rows.Conditions.CheapPartsOf(rule.Sample)).Distinct()];

    private ReadOnlySpan<int> SeeingLate(ReadOnlySpan<int> candidates)
    {
        _work.Clear();
        foreach (var rule in candidates)
            if (_state.Rules.All[rule].Plan.SeesLateEvents) _work.Add(rule);
        return _work.Items;
    }

    /// <summary>Candidates of the screens and rules held for a key of the row, which a false sample could rearm (C7).</summary>
    private ReadOnlySpan<int> WithHeld(EventBatch batch, int row, ReadOnlySpan<int> candidates)
    {
        _held.Clear();
        var groups = _state.Rules.Groups;
        var types = batch.Types[row] * groups.Length;
        for (var g = 0; g < groups.Length; g++)
        {
            if (groups[g].IsEmpty || !_groupHasType[types + g]) continue;
            if (_groupKeys[g] is { } keys)
            {
                if (keys.IsPresent(row)) groups[g].Collect(keys.Handles[row], ref _held);
            }
            else
                foreach (var rule in groups[g].Rules) _held.Add(rule);
        }
        return _held.Count == 0 ? candidates : Merge(candidates);
    }

    private ReadOnlySpan<int> Merge(ReadOnlySpan<int> candidates)
    {
        _work.Clear();
        foreach (var rule in candidates) _work.Add(rule);
        foreach (var rule in _held.Items)
            if (candidates.BinarySearch(rule) < 0) _work.Add(rule);
        if (_work.Count > candidates.Length) _work.Sort();
        return _work.Items;
    }

    /// <summary>Which groups have a rule that stands on which type of event: others need not be asked.</summary>
    private static bool[] GroupsByType(Plan plan, RuleSet rules)
    {
        var flags = new bool[plan.EventTypes.Count * rules.Groups.Length];
        for (var g = 0; g < rules.Groups.Length; g++)
            foreach (var rule in rules.Groups[g].Rules)
                foreach (var type in TypesOf(plan, rules.All[rule].Plan.SampleScreen))
                    flags[(type * rules.Groups.Length) + g] = true;
        return flags;
    }

    private static IEnumerable<int> TypesOf(Plan plan, int node)
    {
        var all = Enumerable.Range(0, plan.EventTypes.Count);
        return plan.Nodes[node] switch
        {
            { Op: Op.IsType } n => n.Types,
            { Op: Op.And } n => n.Inputs.Select(i => TypesOf(plan, i)).Aggregate((a, b) => a.Intersect(b)),
            { Op: Op.Or } n => n.Inputs.SelectMany(i => TypesOf(plan, i)).Distinct(),
            _ => all,
        };
    }
}
