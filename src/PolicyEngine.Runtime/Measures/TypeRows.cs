using PolicyEngine.Runtime.Events;

namespace PolicyEngine.Runtime.Measures;

/// <summary>The rows of a stretch by type of event, as bitmaps.</summary>
internal sealed class TypeRows(int types, int capacity)
{
    private readonly ulong[][] _rows = [.. Enumerable.Range(0, types).Select(_ => new ulong[(capacity + 63) >> 6])];

    public void Begin(EventBatch batch, ReadOnlySpan<int> order)
    {
        foreach (var rows in _rows) Array.Clear(rows);
        foreach (var row in order) _rows[batch.Types[row]][row >> 6] |= 1UL << (row & 63);
    }

    public ulong[] Of(int type) => _rows[type];

    /// <summary>Sets <paramref name="into"/> to the rows of any of the types.</summary>
    public void Union(IReadOnlyList<int> types, ulong[] into)
    {
        Array.Clear(into);
        foreach (var type in types)
        {
            var rows = _rows[type];
            for (var w = 0; w < into.Length; w++) into[w] |= rows[w];
        }
    }
}
