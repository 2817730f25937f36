using PolicyEngine.Runtime.Events;

namespace PolicyEngine.Runtime.Matching;

/// <summary>The vectors of one batch by node, and those the engine put there by measure. Forgets all of them when a batch begins.</summary>
public sealed class BatchVectors
{
    private readonly Vector?[] _nodes;
    private readonly uint[] _stamps;
    private readonly Vector?[] _measures;
    private readonly TextGroups _texts;
    private uint _stamp;

    internal BatchVectors(int nodes, int measures, TextGroups texts)
    {
        _texts = texts;
        _nodes = new Vector?[nodes];
        _stamps = new uint[nodes];
        _measures = new Vector?[measures];
    }

    /// <summary>The vector of <paramref name="node"/> if it was computed for the batch in hand.</summary>
    internal Vector? Find(int node)
    {
        if (_stamps[node] == _stamp) return _nodes[node];
        return _texts.Of(node) is { } slot ? slot.Group.Known(slot) : null;
    }

    /// <summary>The same when only one row is asked about: texts may be known there and not everywhere.</summary>
    internal Vector? Find(int node, int row)
    {
        if (_stamps[node] == _stamp) return _nodes[node];
        return _texts.Of(node) is { } slot ? slot.Group.Known(slot, row) : null;
    }

    internal Vector? FindMeasure(int measure) => _measures[measure];

    internal void Begin()
    {
        Array.Clear(_measures);
        if (++_stamp == 0)
        {
            Array.Clear(_stamps);
            _stamp = 1;
        }
    }

    internal Vector Set(int node, Vector vector)
    {
        _nodes[node] = vector;
        _stamps[node] = _stamp;
        return vector;
    }

    internal void SetMeasure(int measure, Vector values) => _measures[measure] = values;
}
