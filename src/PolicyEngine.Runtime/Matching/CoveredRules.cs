using System.Numerics;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// Rules that cannot fire without one of certain literals, found from these: where a text holds none of them, the rule is not met at
/// all. Only texts that many rules ask about are gone through for this, whether or not the rest of a rule would hold.
/// </summary>
internal sealed class CoveredRules
{
    /// <summary>With fewer rules that look at a text on every row, it is read faster where the rest of a rule holds.</summary>
    private const int FewestRules = 4;
    /// <summary>On so few rows a condition is asked row by row.</summary>
    private const int FewRows = 8;
    private readonly BatchEvaluator _evaluator;
    private readonly int[] _screens;
    private readonly TextGroup[] _groups;
    private readonly int[][] _rulesOfSlot;
    /// <summary>By rule: the node that says of which types its events are, −1: of any.</summary>
    private readonly int[] _typeNodes;
    /// <summary>By group: those nodes of the rules that are met through it.</summary>
    private readonly int[][] _typeNodesOf;
    private readonly ulong[]?[] _rows;
    private readonly bool[] _isMet;
    private readonly List<int> _met = [];
    private ulong[] _asked = [];

    /// <param name="screens">By rule: the node that screens it, negative for rules that no event triggers.</param>
    public CoveredRules(Plan plan, BatchEvaluator evaluator, int[] screens)
    {
        _evaluator = evaluator;
        _screens = screens;
        var finder = new Covers(plan.Nodes, evaluator.Texts);
        var covers = screens.Select(s => s < 0 ? null : finder.Of(s)).ToArray();
        var many = covers.Where((c, rule) => c is not null && !IsGuarded(plan.Nodes, screens[rule]))
            .SelectMany(c => c!.Select(s => s.Group).Distinct()).CountBy(g => g).Where(g => g.Value >= FewestRules).Select(g => g.Key).ToHashSet();
        var isCovered = covers.Select(c => c is not null && c.All(s => many.Contains(s.Group))).ToArray();
        _groups = [.. evaluator.Texts.All.Where(g => covers.Where((c, rule) => isCovered[rule] && c!.Any(s => s.Group == g)).Any())];
        var rules = Enumerable.Range(0, screens.Length).Where(r => isCovered[r])
            .SelectMany(r => covers[r]!.Select(s => (Slot: s.Index, Rule: r))).ToLookup(p => p.Slot, p => p.Rule);
        _rulesOfSlot = [.. Enumerable.Range(0, evaluator.Texts.Count).Select(s => rules[s].ToArray())];
        _typeNodes = [.. screens.Select(s => TypeNode(plan.Nodes, s))];
        _typeNodesOf = [.. _groups.Select(g => g.Slots.SelectMany(s => _rulesOfSlot[s.Index]).Select(r => _typeNodes[r]).Distinct().ToArray())];
        _isMet = new bool[screens.Length];
        _rows = new ulong[screens.Length][];
        Others = [.. Enumerable.Range(0, screens.Length).Where(r => screens[r] >= 0 && !isCovered[r])];
    }

    /// <summary>Rules that are to be looked at whatever the texts hold, ascending.</summary>
    public IReadOnlyList<int> Others { get; }

    /// <summary>The rules whose literals are in the batch, in no order. Valid until the next call.</summary>
    public IReadOnlyList<int> Meet(int words)
    {
        foreach (var rule in _met) _isMet[rule] = false;
        _met.Clear();
        if (_asked.Length < words) _asked = new ulong[BitOperations.RoundUpToPowerOf2((uint)words)];
        for (var i = 0; i < _groups.Length; i++)
        {
            if (!Ask(_typeNodesOf[i], words)) continue;
            _evaluator.Know(_groups[i], _asked.AsSpan(0, words));
            foreach (var slot in _groups[i].Touched)
            {
                foreach (var rule in _rulesOfSlot[slot.Index]) Add(rule, slot.Rows!.Bits.AsSpan(0, words));
            }
        }
        return _met;
    }

    /// <summary>The rows of events of these types; false when there are none.</summary>
    private bool Ask(int[] typeNodes, int words)
    {
        var asked = _asked.AsSpan(0, words);
        asked.Clear();
        foreach (var node in typeNodes) Bitmaps.Or(asked, node < 0 ? _evaluator.All(words) : _evaluator.Bits(node).AsSpan(0, words));
        return !Bitmaps.IsEmpty(asked);
    }

    /// <summary>The candidate rows of a rule that was met: (Count + 63) / 64 words and maybe more.</summary>
    public ulong[] RowsOf(int rule, int words)
    {
        var rows = _rows[rule]!;
        var count = 0;
        for (var word = 0; word < words; word++) count += BitOperations.PopCount(rows[word]);
        return count > FewRows ? _evaluator.Bits(_screens[rule]) : Sift(rule, rows, words);
    }

    /// <summary>Something else than texts can say beforehand that the condition does not hold.</summary>
    private bool IsGuarded(IReadOnlyList<Node> nodes, int screen) => nodes[screen].Op == Op.And
        && nodes[screen].Inputs.Any(i => nodes[i].Op is not (Op.IsType or Op.Not) && !_evaluator.LooksAtText(i));

    private ulong[] Sift(int rule, ulong[] rows, int words)
    {
        foreach (var row in new RowSet(rows.AsSpan(0, words)))
        {
            if (!_evaluator.IsTrue(_screens[rule], row)) rows[row >> 6] &= ~(1UL << (row & 63));
        }
        return rows;
    }

    private void Add(int rule, ReadOnlySpan<ulong> rows)
    {
        ref var mine = ref _rows[rule];
        if (mine is null || mine.Length < rows.Length) mine = new ulong[BitOperations.RoundUpToPowerOf2((uint)rows.Length)];
        var types = _typeNodes[rule] < 0 ? rows : _evaluator.Bits(_typeNodes[rule]).AsSpan(0, rows.Length);
        if (!_isMet[rule])
        {
            if (!Bitmaps.And(mine.AsSpan(0, rows.Length), rows, types)) return;
            _isMet[rule] = true;
            _met.Add(rule);
            return;
        }
        for (var word = 0; word < rows.Length; word++) mine[word] |= rows[word] & types[word];
    }

    private static int TypeNode(IReadOnlyList<Node> nodes, int screen)
    {
        if (screen < 0) return -1;
        if (nodes[screen].Op == Op.IsType) return screen;
        return nodes[screen].Op == Op.And ? nodes[screen].Inputs.Append(-1).First(i => i < 0 || nodes[i].Op == Op.IsType) : -1;
    }
}
