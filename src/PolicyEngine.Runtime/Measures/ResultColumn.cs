using System.Runtime.CompilerServices;
using PolicyEngine.Runtime.Events;

namespace PolicyEngine.Runtime.Measures;

/// <summary>The column of a measure while a batch is applied, its arrays at hand for a loop over the rows.</summary>
internal readonly ref struct ResultColumn(Vector target)
{
    private readonly Span<ulong> _present = target.Present;
    private readonly Span<long> _longs = target.Longs;
    private readonly Span<double> _doubles = target.Doubles;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(int row, long value)
    {
        _present[row >> 6] |= 1UL << (row & 63);
        _longs[row] = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(int row, double value)
    {
        _present[row >> 6] |= 1UL << (row & 63);
        _doubles[row] = value;
    }

    /// <summary>The row has no value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Clear(int row) => _present[row >> 6] &= ~(1UL << (row & 63));
}
