using System.Numerics;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// Blocks of 2^power records in one array, so that a million keys are not a million objects. Freed blocks wait in a list per size;
/// the list runs through the blocks' own first words. Addresses are positions in <see cref="Words"/>.
/// </summary>
internal sealed class BlockArena(int stride)
{
    private const int Powers = 32;
    private readonly int[] _free = new int[Powers];
    private long[] _words = new long[1024];
    // Address 0 is kept unused: it stands for "no block".
    private int _used = 1;

    public int Stride => stride;

    public long[] Words => _words;

    public long Bytes => _words.LongLength * sizeof(long);

    /// <summary>A block whose words may hold rubbish.</summary>
    public int Allocate(int power)
    {
        var address = _free[power];
        if (address != 0)
        {
            _free[power] = (int)_words[address];
            return address;
        }
        address = _used;
        var end = address + ((long)stride << power);
        if (end > _words.Length)
            Grow(end);
        _used = (int)end;
        return address;
    }

    public void Free(int address, int power)
    {
        _words[address] = _free[power];
        _free[power] = address;
    }

    /// <summary>The least power whose block holds this many records.</summary>
    public static int PowerFor(long records) => records <= 1 ? 0 : BitOperations.Log2((ulong)(records - 1)) + 1;

    // Past 256 MB doubling would waste more than it saves.
    private void Grow(long needed)
    {
        var step = _words.LongLength < 1L << 25 ? _words.LongLength * 2 : _words.LongLength + (_words.LongLength >> 2);
        var size = Math.Min(Math.Max(step, needed), Array.MaxLength);
        if (size < needed)
            throw new InsufficientMemoryException("the events kept by one family of measures exceed the largest array");
        Array.Resize(ref _words, (int)size);
    }
}
