using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.State;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// How conditions upon labels and scores turned out, by entity: they stay so until something of the entity changes, or until a time at
/// which a label ends or a score may have fallen. Entities that never had anything share one answer.
/// </summary>
internal sealed class StateMemo
{
    /// <summary>How far ahead a score is looked at; what it says is believed for half of that.</summary>
    private const long LookAhead = 2 * 3_600_000;

    private readonly StateNodes _conditions;
    private readonly LabelStore _labels;
    private readonly ScoreStore _scores;
    private readonly MarkSet _marks;
    private readonly Records[] _records;
    private readonly sbyte[] _ofStrangers;

    public StateMemo(Plan plan, StateNodes conditions, LabelStore labels, ScoreStore scores, MarkSet marks)
    {
        _conditions = conditions;
        _labels = labels;
        _scores = scores;
        _marks = marks;
        _records = [.. plan.Domains.Select(d => new Records(conditions.Width(d.Index) + 1))];
        _ofStrangers = new sbyte[plan.Nodes.Count];
    }

    /// <summary>In an instant in which labels end `had` looks a millisecond back: nothing is remembered of it.</summary>
    public bool IsOpen => !_labels.InstantOfEnds;

    /// <summary>Something of the entity changes.</summary>
    public void Forget(int domain, int entity) => _records[domain].Forget(entity, _labels.Instant);

    public bool TryRecall(int condition, int entity, long tau, out bool holds)
    {
        var domain = _conditions.DomainOf(condition);
        if (!_marks.Has(domain, entity))
        {
            holds = _ofStrangers[condition] > 0;
            return _ofStrangers[condition] != 0;
        }
        var kept = _records[domain].Get(entity, _conditions.Place(condition) + 1);
        holds = (kept & 1) != 0;
        return kept != 0 && tau < kept >> 1;
    }

    /// <param name="until">The first time at which it may have turned out otherwise.</param>
    public void Keep(int condition, int entity, bool holds, long until, long tau)
    {
        var domain = _conditions.DomainOf(condition);
        if (!_marks.Has(domain, entity))
        {
            _ofStrangers[condition] = (sbyte)(holds ? 1 : -1);
            return;
        }
        // Within the instant of a change `had` still sees what was before.
        if (until > tau && !_records[domain].IsOf(_labels.Instant, entity))
            _records[domain].Set(entity, _conditions.Place(condition) + 1, (Math.Min(until, long.MaxValue >> 1) << 1) | (holds ? 1L : 0));
    }

    /// <summary>The first time after τ at which a label test may turn, if nothing happens.</summary>
    public long UntilOfLabel(Node test, int entity, long tau) => _labels.UntilOf(test.Target, entity, test.View, test.OlderThan, tau);

    /// <summary>The same for a score that is compared with a constant: scores only fall, so what is as now later on was so in between.</summary>
    public long UntilOfScore(Node test, Node score, double limit, int entity, long tau)
    {
        var now = _scores.Read(score.Target, entity, score.View, tau);
        var later = _scores.Read(score.Target, entity, score.View, tau + LookAhead);
        return Stands(test.Op, now, limit) == Stands(test.Op, later, limit) ? tau + (LookAhead / 2) : tau;
    }

    private static bool Stands(Op op, double score, double limit) => op switch
    {
        Op.Less => score < limit,
        Op.LessOrEqual => score <= limit,
        Op.Greater => score > limit,
        _ => score >= limit,
    };

    /// <summary>By entity: the instant of its last change, then a word a condition: the time until which it is known, and how it is.</summary>
    private sealed class Records(int width)
    {
        private long[] _words = [];

        public long Get(int entity, int place)
        {
            var at = ((long)entity * width) + place;
            return at < _words.Length ? _words[at] : 0;
        }

        public bool IsOf(long instant, int entity) => Get(entity, 0) == instant;

        public void Set(int entity, int place, long word)
        {
            if (width == 1) return;
            var at = ((long)entity * width) + place;
            if (at >= _words.Length) Array.Resize(ref _words, checked((int)Math.Max((entity + 1L) * width, _words.LongLength * 2)));
            _words[at] = word;
        }

        public void Forget(int entity, long instant)
        {
            for (var place = 1; place < width; place++) Set(entity, place, 0);
            Set(entity, 0, instant);
        }
    }
}
