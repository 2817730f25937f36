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
    private readonly Stretch _stretch;
    private readonly Visits _visits;
    private readonly Sampler _sampler;
    private readonly ulong[] _sequentialRows;
    private readonly Vector?[] _marked;
    private readonly bool _hasMarked;
    private readonly SequenceRows _sequences;
    private RuleBuffer _held = new();
    private RuleBuffer _work = new();
    private long _passed = long.MinValue;

    public Decider(Plan plan, EngineState state, EngineOptions options, BatchEvaluator evaluator, RowEvaluator rows, IDecisionSink sink)
    {
        _state = state;
        _options = options;
        _evaluator = evaluator;
        _rows = rows;
        _matcher = new CompiledMatcher(plan, evaluator, options.Screen);
        _types = new TypeRows(plan.EventTypes.Count, options.BatchSize);
        _stretch = new Stretch(options.BatchSize);
        _visits = new Visits(plan, state, options, (evaluator, rows), _stretch);
        _sampler = new Sampler(rows);
        _sequentialRows = new ulong[(options.BatchSize + 63) >> 6];
        _marked = new Vector?[plan.Rules.Count];
        _hasMarked = plan.Rules.Any(r => r.Marked >= 0);
        foreach (var rule in options.Screen ? state.Rules.OnEvents : [])
        {
            rule.SampleGate = [.. rows.Conditions.CheapPartsOf(rule.Plan.Sample)];
            rule.Gate = [.. rows.Conditions.CheapPartsOf(rule.Plan.Condition).Concat(rule.SampleGate).Distinct()];
        }
        _sequences = new SequenceRows(plan, state, options, evaluator);
        _strata = new StrataRunner(plan, state, (evaluator, rows), options, (sink, _stretch));
        _timers = new TimerRunner(plan, state, _strata);
    }

    /// <summary>Applies positions [from, to) of the batch's order. The evaluator has begun with the batch.</summary>
    public void Run(EventBatch batch, int from, int to)
    {
        var stages = _options.Stages;
        var began = stages?.Now() ?? 0;
        // Edges end, and ticks look at what is kept in columns, before any event of the stretch is seen.
        AdvanceTo(batch.Taus[batch.Order[from]]);
        _stretch.Begin(batch, from, to);
        var order = _stretch.InOrder;
        _types.Begin(batch, order);
        if (order.Length > 0) _state.Alignments.Start(batch.Taus[order[0]]);
        _state.Measures.ApplyPlain(batch, order, _evaluator, _rows, _types);
        _strata.Every.TouchPlain(batch, _stretch.Rows, _evaluator);
        began = stages?.Add(EngineStage.Measures, began) ?? 0;
        _state.Links.Screen(batch, order, _evaluator);
        Screen(batch);
        began = stages?.Add(EngineStage.Screen, began) ?? 0;
        for (var i = from; i < to; i++) Apply(batch, batch.Order[i]);
        _state.Links.Pass(_passed);
        _strata.Settle();
        stages?.Add(EngineStage.Decide, began);
    }

    /// <summary>Runs timers due at or before τ.</summary>
    public void AdvanceTo(long tau)
    {
        if (_state.Timers.NextDue <= tau) _timers.RunDue(tau);
    }

    public void Label(int label, int entity, bool add, long end, long tau)
    {
        AdvanceTo(tau);
        _state.Clock = Math.Max(_state.Clock, tau);
        _strata.RunLabel(label, entity, add, end, tau);
    }

    private void Screen(EventBatch batch)
    {
        var words = (batch.Count + 63) >> 6;
        var matched = _matcher.Match(batch);
        _candidates.Build(_matcher, matched, batch.Count);
        foreach (var sample in _state.Rules.Samples) sample.Count += Count(_evaluator.Bits(sample.Node), _stretch.Rows, words);
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
        if (_stretch.Count > 0) FindVisits(matched, words);
    }

    private void FindVisits(ReadOnlySpan<int> matched, int words)
    {
        // What was done up to here is what `had` sees.
        _strata.BeginEvent(_stretch.Batch.Taus[_stretch.Order[0]], isLate: false);
        var visits = _visits.Begin(_matcher, matched);
        _strata.CollectRows(_visits.Columns, visits);
        _state.Links.CollectRows(_visits.Columns, _stretch, _evaluator, visits);
        _sequences.CollectRows(visits);
        foreach (var alignment in _state.Alignments.Plans)
        {
            var feed = _evaluator.Bits(alignment.FeedScreen);
            for (var w = 0; w < words; w++) visits[w] |= feed[w];
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
        var bit = 1UL << (row & 63);
        var word = row >> 6;
        if (_state.Timers.NextDue <= tau) RunDue(tau);
        _state.Clock = Math.Max(_state.Clock, tau);
        _state.Ordinal++;
        var isLate = (_stretch.LateRows[word] & bit) != 0;
        if (isLate) _state.Links.Pass(_passed);
        else _passed = tau;
        if (!isLate && !_visits.Has(row) && _visits.IsQuiet(row, tau, _sampler)) _stretch.Entered++;
        else Visit(batch, row, isLate);
    }

    private void RunDue(long tau)
    {
        _state.Links.Pass(_passed);
        _timers.RunDue(tau);
    }

    private void Visit(EventBatch batch, int row, bool isLate)
    {
        var bit = 1UL << (row & 63);
        var word = row >> 6;
        var candidates = (_candidates.Any[word] & bit) != 0 ? _candidates.Of(row) : [];
        var context = new RowContext
        {
            Batch = batch, Row = row, Tau = batch.Taus[row], Ordinal = _state.Ordinal, Vectors = _evaluator.Vectors,
        };
        if (!isLate && !_state.Links.IsEmpty) _state.Links.Enter(_rows, context);
        _strata.BeginEvent(context.Tau, isLate);
        if (!isLate) EnterStretch(context);
        var work = isLate ? SeeingLate(candidates) : WithHeld(batch, row, candidates);
        var sequences = isLate ? [] : _sequences.Of(row, context.Tau);
        if (sequences.Length > 0 || (!isLate && _state.Links.HasJoined) || !AllShut(work, context))
            _strata.RunEvent(work, candidates, sequences, context);
        else if (!isLate && ((_sequentialRows[word] & bit) != 0 || _state.Links.IsCounted(row)))
            _strata.RunQuietly(context);
    }

    private void EnterStretch(in RowContext context)
    {
        if ((_stretch.Changed[context.Row >> 6] >> (context.Row & 63) & 1) != 0) _strata.Correct(context);
        _stretch.Entered++;
    }

    /// <summary>
    /// Whether all rules to look at wait for labels, points or groups that their entities do not have. Then none of them fires, and
    /// nothing else happens that could give any.
    /// </summary>
    private bool AllShut(ReadOnlySpan<int> work, in RowContext context)
    {
        foreach (var rule in work)
        {
            var state = _state.Rules.All[rule];
            if (_held.Items.Contains(rule) ? IsOpen(state.SampleGate, context) : IsMarked(rule, context.Row) && IsOpen(state.Gate, context)) return false;
        }
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
        for (var g = 0; g < groups.Length; g++)
        {
            if (groups[g].IsEmpty || !_visits.GroupHasType(g, batch.Types[row])) continue;
            if (_visits.KeysOf(g) is { } keys)
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
}
