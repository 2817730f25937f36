using System.Runtime.CompilerServices;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// The values of keys that have few, each with its newest time, in one short array a key: a look through all of them touches fewer
/// cache lines than a hash table would. One header word a key: address (low) and power of its block.
/// </summary>
internal sealed class FewPairs
{
    public const int Most = 32;
    private const int Words = 2;
    private const int FirstPower = 2;
    private readonly BlockArena _arena = new(Words);

    public long Bytes => _arena.Bytes;

    public void AskFor(long block, int count)
    {
        for (var word = 0; word < count * Words; word += 8)
            Prefetch.Line(_arena.Words, (int)block + word);
    }

    public (long Value, long Time) this[long block, int index]
    {
        get => (_arena.Words[(int)block + index * Words], _arena.Words[(int)block + index * Words + 1]);
        set => (_arena.Words[(int)block + index * Words], _arena.Words[(int)block + index * Words + 1]) = value;
    }

    /// <summary>−1: not among the first <paramref name="count"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(long block, int count, long value)
    {
        var words = _arena.Words.AsSpan((int)block, count * Words);
        for (var index = 0; index < words.Length; index += Words)
        {
            if (words[index] == value)
                return index / Words;
        }
        return -1;
    }

    public void Append(ref long block, int count, long value, long time)
    {
        if (block == 0 || count == 1 << (int)(block >> 32))
            Grow(ref block, count);
        this[block, count] = (value, time);
    }

    /// <summary>Takes out what is not above the floor; the rest keeps its order.</summary>
    /// <returns>How many are left, and the oldest time among them.</returns>
    public (int Count, long Oldest) Purge(long block, int count, long floor)
    {
        var (left, oldest) = (0, long.MaxValue);
        for (var index = 0; index < count; index++)
        {
            var pair = this[block, index];
            if (pair.Time <= floor)
                continue;
            this[block, left++] = pair;
            oldest = Math.Min(oldest, pair.Time);
        }
        return (left, oldest);
    }

    /// <summary>The first of the pairs with the oldest time; there is one.</summary>
    public int Oldest(long block, int count)
    {
        var oldest = 0;
        for (var index = 1; index < count; index++)
        {
            if (this[block, index].Time < this[block, oldest].Time)
                oldest = index;
        }
        return oldest;
    }

    public void Release(ref long block)
    {
        if (block != 0)
            _arena.Free((int)block, (int)(block >> 32));
        block = 0;
    }

    private void Grow(ref long block, int count)
    {
        var power = block == 0 ? FirstPower : (int)(block >> 32) + 1;
        var grown = (long)power << 32 | (uint)_arena.Allocate(power);
        _arena.Words.AsSpan((int)block, count * Words).CopyTo(_arena.Words.AsSpan((int)grown));
        Release(ref block);
        block = grown;
    }
}
