namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// The values of keys that have many: pairs in one hash table, and per key a list through them from the one seen longest ago to the one
/// seen last. Two header words a key: the list's ends (oldest low, newest high) and its length.
/// </summary>
internal sealed class RecentPairs
{
    private readonly PairTable _pairs = new();

    public long Bytes => _pairs.Bytes;

    /// <summary>Time of the value seen longest ago.</summary>
    public long OldestTime(long ends) => _pairs[(int)ends].Data;

    public void AskForBucket(int key, long value) => _pairs.AskForBucket(key, value);

    public void AskForPair(int key, long value) => _pairs.AskForFirst(key, value);

    /// <summary>Puts the value at the end of the list.</summary>
    /// <returns>Whether it was not there.</returns>
    public bool Touch(ref long ends, int key, long value, long time)
    {
        var pair = _pairs.Find(key, value);
        var isNew = pair == 0;
        if (isNew)
            pair = _pairs.Add(key, value);
        else
            Unlink(ref ends, pair);
        _pairs[pair].Data = time;
        Append(ref ends, pair);
        return isNew;
    }

    public void SetNewest(long ends, long time) => _pairs[(int)(ends >> 32)].Data = time;

    public void DropOldest(ref long ends)
    {
        var pair = (int)ends;
        Unlink(ref ends, pair);
        _pairs.Remove(pair);
    }

    private void Append(ref long ends, int pair)
    {
        var newest = (int)(ends >> 32);
        _pairs[pair].Older = newest;
        _pairs[pair].Newer = 0;
        if (newest != 0)
            _pairs[newest].Newer = pair;
        ends = (long)pair << 32 | (newest == 0 ? (uint)pair : (uint)ends);
    }

    private void Unlink(ref long ends, int pair)
    {
        var (older, newer) = (_pairs[pair].Older, _pairs[pair].Newer);
        if (older != 0)
            _pairs[older].Newer = newer;
        if (newer != 0)
            _pairs[newer].Older = older;
        var oldest = older == 0 ? (uint)newer : (uint)ends;
        var newest = newer == 0 ? older : (int)(ends >> 32);
        ends = (long)newest << 32 | oldest;
    }
}
