using System.Numerics;

namespace PolicyEngine.Runtime.Matching;

/// <summary>The rows of a bitmap, ascending, for `foreach`.</summary>
public ref struct RowSet(ReadOnlySpan<ulong> bits)
{
    private readonly ReadOnlySpan<ulong> _bits = bits;
    private ulong _left;
    private int _word = -1;

    public int Current { get; private set; }

    public readonly RowSet GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_left == 0)
        {
            if (++_word >= _bits.Length) return false;
            _left = _bits[_word];
        }
        Current = (_word << 6) + BitOperations.TrailingZeroCount(_left);
        _left &= _left - 1;
        return true;
    }
}
