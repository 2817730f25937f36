using System.Runtime.CompilerServices;

namespace PolicyEngine.Runtime.Measures;

/// <summary>A value under a key. <see cref="Data"/> is its newest time, or how often it is there.</summary>
internal struct Pair
{
    public long Value;
    public long Data;
    public int Key;
    /// <summary>Next pair of the bucket, or of the free list.</summary>
    public int Chain;
    /// <summary>Neighbours in a list that the owner runs through the pairs of a key; 0: none.</summary>
    public int Older;
    public int Newer;
}

/// <summary>
/// All pairs (key, value) of one measure in one hash table: memory is per pair in the window, whatever the shape of the keys. Nothing
/// ever iterates over it, so the order of its buckets decides nothing (M1). Pairs are numbered from 1.
/// </summary>
internal sealed class PairTable
{
    private int[] _buckets = new int[64];
    private Pair[] _pairs = new Pair[64];
    private int _used = 1;
    private int _free;

    public int Count { get; private set; }

    public long Bytes => _buckets.LongLength * sizeof(int) + _pairs.LongLength * Unsafe.SizeOf<Pair>();

    public ref Pair this[int pair] => ref _pairs[pair];

    /// <summary>The pair's number, 0 when it is not there.</summary>
    public int Find(int key, long value)
    {
        var pair = _buckets[Bucket(key, value)];
        while (pair != 0 && (_pairs[pair].Value != value || _pairs[pair].Key != key))
            pair = _pairs[pair].Chain;
        return pair;
    }

    /// <summary>A pair that is not there yet.</summary>
    public int Add(int key, long value)
    {
        if (_free == 0 && _used == _pairs.Length)
            Grow();
        var pair = _free;
        if (pair != 0)
            _free = _pairs[pair].Chain;
        else
            pair = _used++;
        Count++;
        ref var bucket = ref _buckets[Bucket(key, value)];
        _pairs[pair] = new Pair { Key = key, Value = value, Chain = bucket };
        bucket = pair;
        return pair;
    }

    public void Remove(int pair)
    {
        ref var place = ref _buckets[Bucket(_pairs[pair].Key, _pairs[pair].Value)];
        while (place != pair)
            place = ref _pairs[place].Chain;
        place = _pairs[pair].Chain;
        _pairs[pair].Chain = _free;
        _free = pair;
        Count--;
    }

    public void AskForBucket(int key, long value) => Prefetch.Line(_buckets, Bucket(key, value));

    public void AskForFirst(int key, long value) => Prefetch.Line(_pairs, _buckets[Bucket(key, value)]);

    public void AskFor(int pair) => Prefetch.Line(_pairs, pair);

    private int Bucket(int key, long value)
    {
        var hash = (ulong)value * 0x9E37_79B9_7F4A_7C15 ^ (ulong)(uint)key * 0xD6E8_FEB8_6659_FD93;
        hash = (hash ^ hash >> 32) * 0xD6E8_FEB8_6659_FD93;
        return (int)(hash >> 32) & (_buckets.Length - 1);
    }

    private void Grow()
    {
        Array.Resize(ref _pairs, _pairs.Length * 2);
        _buckets = new int[_pairs.Length];
        for (var pair = 1; pair < _used; pair++)
        {
            ref var bucket = ref _buckets[Bucket(_pairs[pair].Key, _pairs[pair].Value)];
            _pairs[pair].Chain = bucket;
            bucket = pair;
        }
    }
}
