using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.State;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// How conditions upon labels and scores turn out, a bit each, by entity: they stay so until something of the entity changes, or until a
/// time at which a label ends or a score may have fallen. Entities that never had anything share one answer.
/// </summary>
internal sealed class StateMemo
{
    private const int Nobody = -1;
    /// <summary>Parts of its half-life that a score is looked at ahead; what it says then is believed for half of that.</summary>
    private static readonly long[] Spans = [1, 8, 64];

    private readonly PreparedNodes _prepared;
    private readonly LabelStore _labels;
    private readonly ScoreStore _scores;
    private readonly MarkSet _marks;
    private readonly Records[] _records;
    private readonly int[][] _conditions;
    private readonly ulong[] _ofNobody;
    private readonly ulong?[] _ofStrangers;

    public StateMemo(PreparedNodes prepared, LabelStore labels, ScoreStore scores, MarkSet marks)
    {
        _prepared = prepared;
        _labels = labels;
        _scores = scores;
        _marks = marks;
        var domains = prepared.Plan.Domains;
        _conditions = [.. domains.Select(d => prepared.State.ConditionsOf(d.Index).ToArray())];
        _records = [.. domains.Select(_ => new Records())];
        _ofNobody = [.. domains.Select(d => Truths(d.Index, Nobody, 0))];
        _ofStrangers = new ulong?[domains.Count];
    }

    /// <summary>Something of the entity changes.</summary>
    public void Forget(int domain, int entity)
    {
        if (_conditions[domain].Length > 0) _records[domain].Of(entity) = new Record { ChangedIn = _labels.Instant };
    }

    public void AskFor(int domain, int entity) => _records[domain].AskFor(entity);

    /// <summary>The truth of all conditions upon an entity (−1: it is missing) at τ, by place.</summary>
    public ulong Of(int domain, int entity, long tau)
    {
        if (entity < 0) return _ofNobody[domain];
        if (!_marks.Has(domain, entity)) return _ofStrangers[domain] ??= Truths(domain, entity, tau);
        ref var record = ref _records[domain].Of(entity);
        if (record.From <= tau && tau < record.Until) return record.Truths;
        var truths = Truths(domain, entity, tau);
        // Within the instant of a change, and where labels end, `had` sees what was before.
        if (record.ChangedIn != _labels.Instant && !_labels.InstantOfEnds)
            record = new Record { From = tau, Until = UntilOf(domain, entity, tau), Truths = truths, ChangedIn = record.ChangedIn };
        return truths;
    }

    private ulong Truths(int domain, int entity, long tau)
    {
        var truths = 0UL;
        var conditions = _conditions[domain];
        for (var place = 0; place < conditions.Length; place++)
            if (Holds(conditions[place], entity, tau)) truths |= 1UL << place;
        return truths;
    }

    private bool Holds(int id, int entity, long tau)
    {
        var node = _prepared.Nodes[id];
        switch (node.Op)
        {
            case Op.Constant:
                return _prepared.Constants[id].IsTrue;
            case Op.HasLabel:
                return entity >= 0 && _labels.Has(node.Target, entity, node.View, node.Had, node.OlderThan, tau);
            case Op.And:
                return Count(node, entity, tau) == node.Inputs.Length;
            case Op.Or:
                return Count(node, entity, tau) > 0;
            case Op.Not:
                return !Holds(node.Inputs[0], entity, tau);
            case Op.AtLeast:
                return Count(node, entity, tau) >= node.Target;
            default:
                return entity >= 0 && Compare(node, entity, tau);
        }
    }

    private int Count(Node node, int entity, long tau)
    {
        var count = 0;
        foreach (var input in node.Inputs)
            if (Holds(input, entity, tau)) count++;
        return count;
    }

    private bool Compare(Node node, int entity, long tau)
    {
        var score = _prepared.Nodes[node.Inputs[0]];
        var value = Value.OfDouble(score.Kind, _scores.Read(score.Target, entity, score.View, tau));
        return Tests.Ordered(node.Op, value, _prepared.Constants[node.Inputs[1]]);
    }

    /// <summary>The first time after τ at which some condition may turn, if nothing happens.</summary>
    private long UntilOf(int domain, int entity, long tau)
    {
        var until = long.MaxValue;
        foreach (var condition in _conditions[domain]) until = Math.Min(until, UntilOfNode(condition, entity, tau));
        return until;
    }

    private long UntilOfNode(int id, int entity, long tau)
    {
        var node = _prepared.Nodes[id];
        if (node.Op == Op.HasLabel) return _labels.UntilOf(node.Target, entity, node.View, node.OlderThan, tau);
        if (node.Op is Op.Less or Op.LessOrEqual or Op.Greater or Op.GreaterOrEqual) return UntilOfScore(node, entity, tau);
        var until = long.MaxValue;
        foreach (var input in node.Inputs) until = Math.Min(until, UntilOfNode(input, entity, tau));
        return until;
    }

    /// <summary>Scores only fall: what is so now and later on is so in between.</summary>
    private long UntilOfScore(Node test, int entity, long tau)
    {
        var halfLife = _prepared.Plan.Scores[_prepared.Nodes[test.Inputs[0]].Target].HalfLife;
        foreach (var part in Spans)
        {
            var ahead = halfLife / part;
            if (Compare(test, entity, tau + ahead) == Compare(test, entity, tau)) return tau + (ahead / 2);
        }
        return tau;
    }

    /// <summary>Known for times from From up to Until, and in which instant it changed last.</summary>
    private struct Record
    {
        public long From;
        public long Until;
        public ulong Truths;
        public long ChangedIn;
    }

    private sealed class Records
    {
        private Record[] _records = [];

        public ref Record Of(int entity)
        {
            if (entity >= _records.Length) Array.Resize(ref _records, Math.Max(64, Math.Max(entity + 1, _records.Length * 2)));
            return ref _records[entity];
        }

        public void AskFor(int entity)
        {
            if ((uint)entity < (uint)_records.Length) Measures.Prefetch.Line(_records, entity);
        }
    }
}
