using System.Numerics;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;
using Vector = PolicyEngine.Runtime.Events.Vector;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>
/// Which rows of a stretch must be looked at in their turn. It is too many at most: those on which a rule could fire, a held one could be
/// rearmed, or something is counted in order. What changes on the way brings in the rows to come of whomever it concerns.
/// </summary>
internal sealed class Visits
{
    private readonly EngineState _state;
    private readonly EngineOptions _options;
    private readonly BatchEvaluator _evaluator;
    private readonly Stretch _stretch;
    private readonly StateColumns _columns;
    private readonly RuleRows[] _rules;
    private readonly bool[] _groupHasType;
    private readonly Vector?[] _groupKeys;
    private readonly ulong[] _rows;
    private readonly ulong[] _quietRows;
    private readonly List<RuleRows> _quiet = [];
    private readonly List<(int Domain, Vector Handles)> _marked = [];

    public Visits(Plan plan, EngineState state, EngineOptions options, (BatchEvaluator Batches, RowEvaluator Rows) evaluators, Stretch stretch)
    {
        _state = state;
        _options = options;
        _evaluator = evaluators.Batches;
        _stretch = stretch;
        _columns = new StateColumns(plan, evaluators.Rows, evaluators.Batches, stretch);
        _rules = [.. state.Rules.All.Select(r => new RuleRows(plan, r, evaluators.Rows.Conditions, stretch.Rows.Length))];
        _rows = new ulong[stretch.Rows.Length];
        _quietRows = new ulong[stretch.Rows.Length];
        _groupHasType = GroupsByType(plan, state.Rules);
        _groupKeys = new Vector?[state.Rules.Groups.Length];
        for (var g = 0; g < _groupKeys.Length; g++)
        {
            var group = g;
            state.Rules.Groups[g].OnHeld = key => Held(group, key);
        }
        state.Marks.OnSet = (domain, entity) =>
        {
            evaluators.Rows.Memo!.Forget(domain, entity);
            Changed(domain, entity);
        };
    }

    public StateColumns Columns => _columns;

    /// <summary>The keys of the group's rules by row; null where they are not to be had as a column.</summary>
    public Vector? KeysOf(int group) => _groupKeys[group];

    public bool GroupHasType(int group, int type) => _groupHasType[(type * _groupKeys.Length) + group];

    /// <summary>Whether the row must be looked at.</summary>
    public bool Has(int row) => (_rows[row >> 6] >> (row & 63) & 1) != 0;

    /// <param name="matched">Rules with candidates in the batch.</param>
    public ulong[] Begin(IMatcher matcher, ReadOnlySpan<int> matched)
    {
        _columns.Begin();
        _quiet.Clear();
        _marked.Clear();
        Array.Clear(_rows);
        Array.Clear(_quietRows);
        if (!_options.Screen || _options.Trace is not null) _stretch.Rows.AsSpan().CopyTo(_rows);
        foreach (var rule in matched) Open(_rules[rule], matcher.Rows(rule));
        for (var g = 0; g < _groupKeys.Length; g++) FindHeld(g);
        return _rows;
    }

    /// <summary>
    /// A row on which rules are true and do nothing but cool: false when one of them does not, and the row must be looked at after all.
    /// </summary>
    public bool IsQuiet(int row, long tau, Sampler sampler)
    {
        var (word, bit) = (row >> 6, 1UL << (row & 63));
        if ((_quietRows[word] & bit) == 0) return true;
        foreach (var rule in _quiet)
            if ((rule.Open[word] & bit) != 0 && !Sampler.IsCooling(rule.State, rule.Keys!.Handles[row], tau)) return false;
        foreach (var rule in _quiet)
            if ((rule.Open[word] & bit) != 0) sampler.Cool(rule.State, rule.Keys!.Handles[row], tau);
        return true;
    }

    private void Open(RuleRows rule, ReadOnlySpan<ulong> candidates)
    {
        var open = rule.Begin(_stretch.Number).AsSpan(0, _stretch.Words);
        Bitmaps.And(open, _stretch.Rows.AsSpan(0, open.Length), candidates[..open.Length]);
        foreach (var condition in _options.Screen ? rule.Gate : [])
            if (!Bitmaps.IsEmpty(open)) Bitmaps.And(open, _columns.Bits(condition).AsSpan(0, open.Length));
        if (Bitmaps.IsEmpty(open)) return;
        if (_options.Screen && rule.State.Plan.Marked >= 0 && rule.Gate.Length == 0) LeaveUnmarked(rule, open);
        if (CanCool(rule)) SortOut(rule, open);
        else Bitmaps.Or(_rows.AsSpan(0, open.Length), open);
    }

    private void LeaveUnmarked(RuleRows rule, Span<ulong> open)
    {
        var keys = _evaluator.Vector(rule.State.Plan.Marked);
        _marked.Add((rule.State.MarkDomain, keys));
        for (var w = 0; w < open.Length; w++)
        {
            for (var bits = open[w]; bits != 0; bits &= bits - 1)
            {
                var row = (w << 6) + BitOperations.TrailingZeroCount(bits);
                if (!keys.IsPresent(row) || !_state.Marks.Has(rule.State.MarkDomain, keys.Handles[row])) open[w] &= ~(1UL << (row & 63));
            }
        }
    }

    /// <summary>The rows say exactly where the condition holds, and no exception begins or ends within them.</summary>
    private bool CanCool(RuleRows rule)
    {
        if (!rule.CanCool || !_options.Screen || _options.Trace is not null) return false;
        var (first, last) = (_stretch.Batch.Taus[_stretch.Order[0]], _stretch.Batch.Taus[_stretch.Order[_stretch.Count - 1]]);
        return rule.State.Plan.Exceptions.All(e => e.Until is not { } until || until <= first || until > last);
    }

    /// <summary>Rows without a key or with an exception must be looked at; on the others the rule may be cooling.</summary>
    private void SortOut(RuleRows rule, Span<ulong> open)
    {
        rule.Keys = _evaluator.Vector(rule.State.Plan.Key);
        foreach (var exception in rule.State.Plan.Exceptions)
        {
            if (exception.Until <= _stretch.Batch.Taus[_stretch.Order[0]]) continue;
            var excepted = _columns.Bits(exception.When);
            for (var w = 0; w < open.Length; w++) _rows[w] |= open[w] & excepted[w];
        }
        for (var w = 0; w < open.Length; w++)
        {
            _rows[w] |= open[w] & ~rule.Keys.Present[w];
            _quietRows[w] |= open[w];
        }
        _quiet.Add(rule);
    }

    /// <summary>Rows of keys for which a rule is held that is not open there: a false sample may rearm it (C7).</summary>
    private void FindHeld(int g)
    {
        var group = _state.Rules.Groups[g];
        var isPlain = _state.Plan.Nodes[group.KeyNode].IsPlain;
        var keys = _groupKeys[g] = isPlain ? _evaluator.Vector(group.KeyNode) : null;
        if (group.IsEmpty) return;
        foreach (var row in _stretch.InOrder)
        {
            if (!GroupHasType(g, _stretch.Batch.Types[row])) continue;
            if (keys is null || (keys.IsPresent(row) && IsHeldShut(group, keys.Handles[row], row))) _rows[row >> 6] |= 1UL << (row & 63);
        }
    }

    private bool IsHeldShut(HeldKeys group, int key, int row)
    {
        for (var word = 0; word < group.Words; word++)
        {
            for (var bits = group.WordOf(key, word); bits != 0; bits &= bits - 1)
            {
                var rule = _rules[group.Rules[(word << 6) + BitOperations.TrailingZeroCount(bits)]];
                if (!rule.IsOpen(_stretch.Number, row) && (SamplesOf(rule)[row >> 6] >> (row & 63) & 1) != 0) return true;
            }
        }
        return false;
    }

    /// <summary>Rows on which a held rule could find itself false.</summary>
    private ulong[] SamplesOf(RuleRows rule)
    {
        if (!rule.TakesSamples(_stretch.Number)) return rule.Samples;
        var samples = rule.Samples.AsSpan(0, _stretch.Words);
        Bitmaps.And(samples, _stretch.Rows.AsSpan(0, samples.Length), _evaluator.Bits(rule.State.Plan.SampleScreen).AsSpan(0, samples.Length));
        foreach (var condition in _options.Screen ? rule.SampleGate : [])
            Bitmaps.And(samples, _columns.Bits(condition).AsSpan(0, samples.Length));
        return rule.Samples;
    }

    /// <summary>A rule came to be held for a key: rows to come may rearm it.</summary>
    private void Held(int group, int key)
    {
        if (_groupKeys[group] is { } keys) _stretch.CollectAhead(keys, key, _rows);
        else _stretch.Rows.AsSpan().CopyTo(_rows);
    }

    private void Changed(int domain, int entity)
    {
        if (_stretch.Entered >= _stretch.Count) return;
        foreach (var (of, handles) in _columns.Entities)
        {
            if (of != domain) continue;
            _stretch.CollectAhead(handles, entity, _stretch.Changed);
            _stretch.CollectAhead(handles, entity, _rows);
        }
        foreach (var (of, handles) in _marked)
            if (of == domain) _stretch.CollectAhead(handles, entity, _rows);
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
