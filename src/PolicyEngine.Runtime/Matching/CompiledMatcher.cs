using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// Screens by bitmaps: the screen node of each rule over the whole batch. Rules are listed by the event types they stand on; a rule
/// whose types are not in the batch is not looked at, nor is one that asks for literals of which the batch holds none.
/// </summary>
public sealed class CompiledMatcher : IMatcher
{
    private readonly BatchEvaluator _evaluator;
    private readonly CoveredRules _covered;
    private readonly int[] _screens;
    private readonly int[][] _rulesOfType;
    private readonly int[] _rulesOfAnyType;
    private readonly bool[] _wanted;
    private readonly int[] _matched;
    private readonly ulong[][] _rows;
    private int _words;

    /// <param name="evaluator">The engine begins it with each batch, and gives it the measures, before <see cref="Match"/>.</param>
    /// <param name="screen">False: every sample of a rule is a candidate, whatever its condition.</param>
    public CompiledMatcher(Plan plan, BatchEvaluator evaluator, bool screen = true)
    {
        _evaluator = evaluator;
        _screens = [.. plan.Rules.Select(r => ScreenOf(r, screen))];
        _covered = new CoveredRules(plan, evaluator, _screens);
        var indices = _covered.Others;
        var types = plan.Rules.Select((r, i) => _screens[i] < 0 ? [] : TypesOf(plan, _screens[i])).ToArray();
        _rulesOfAnyType = [.. indices.Where(i => types[i] is null)];
        _rulesOfType = [.. plan.EventTypes.Select((_, type) => indices.Where(i => types[i]?.Contains(type) == true).ToArray())];
        _wanted = new bool[_screens.Length];
        _matched = new int[_screens.Length];
        _rows = new ulong[_screens.Length][];
    }

    public ReadOnlySpan<int> Match(EventBatch batch)
    {
        _words = (batch.Count + 63) >> 6;
        Array.Clear(_wanted);
        foreach (var rule in _covered.Meet(_words))
            _wanted[rule] = Take(rule, _covered.RowsOf(rule, _words));
        Choose();
        return _matched.AsSpan(0, Collect());
    }

    private bool Take(int rule, ulong[] rows)
    {
        _rows[rule] = rows;
        return !Bitmaps.IsEmpty(rows.AsSpan(0, _words));
    }

    /// <summary>The wanted rules, ascending.</summary>
    private int Collect()
    {
        var count = 0;
        for (var rule = Next(0); rule < _wanted.Length; rule = Next(rule + 1)) _matched[count++] = rule;
        return count;
    }

    private int Next(int from) => _wanted.AsSpan(from).IndexOf(true) is >= 0 and var found ? from + found : _wanted.Length;

    public ReadOnlySpan<ulong> Rows(int rule) => _rows[rule].AsSpan(0, _words);

    /// <summary>Rules that are looked at whatever the texts hold.</summary>
    private void Choose()
    {
        foreach (var rule in _rulesOfAnyType)
            _wanted[rule] = Take(rule, _evaluator.Bits(_screens[rule]));
        for (var type = 0; type < _rulesOfType.Length; type++)
        {
            if (!_evaluator.HasType(type)) continue;
            foreach (var rule in _rulesOfType[type])
                _wanted[rule] = Take(rule, _evaluator.Bits(_screens[rule]));
        }
    }

    /// <summary>The node that screens a rule; −1 for rules that no event triggers.</summary>
    private static int ScreenOf(RulePlan rule, bool screen)
    {
        if (rule.Trigger is not (TriggerKind.Each or TriggerKind.Keyed)) return -1;
        return screen ? rule.Screen : rule.SampleScreen;
    }

    /// <summary>The event types on which a node can hold; null: on any.</summary>
    private static HashSet<int>? TypesOf(Plan plan, int id)
    {
        var node = plan.Nodes[id];
        switch (node.Op)
        {
            case Op.IsType:
                return [.. node.Types];
            case Op.And:
                var common = node.Inputs.Select(i => TypesOf(plan, i)).OfType<HashSet<int>>().ToList();
                return common.Count == 0 ? null : common.Aggregate((a, b) => [.. a.Intersect(b)]);
            case Op.Or:
                var parts = node.Inputs.Select(i => TypesOf(plan, i)).ToList();
                return parts.Contains(null) ? null : [.. parts.SelectMany(p => p!)];
            default:
                return null;
        }
    }
}
