using System.Runtime.CompilerServices;

namespace PolicyEngine.Runtime.Measures;

/// <summary>Events that come or go, by step: those of step i end at <c>Ends[i]</c>.</summary>
internal sealed class Moves
{
    private long[] _indices = new long[16];
    private int[] _records = new int[16];

    public int Count { get; private set; }

    public int[] Ends { get; private set; } = new int[1];

    /// <summary>Indices into the log of the step's key.</summary>
    public long[] Indices => _indices;

    /// <summary>Where the records lie; good until the log is written to again.</summary>
    public int[] Records => _records;

    public void Clear(int capacity)
    {
        Count = 0;
        if (Ends.Length < capacity)
            Ends = new int[capacity];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long index, int record)
    {
        var count = Count;
        if (count >= _indices.Length)
            Enlarge();
        _indices[count] = index;
        _records[count] = record;
        Count = count + 1;
    }

    private void Enlarge()
    {
        Array.Resize(ref _indices, _indices.Length * 2);
        Array.Resize(ref _records, _records.Length * 2);
    }
}
