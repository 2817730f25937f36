namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// Remembers what one node answered for interned values. A small table that newer handles overwrite: columns with few values are
/// answered from it, and those with millions cost no memory.
/// </summary>
internal sealed class HandleMemo
{
    private const int Size = 1024;
    private readonly uint[] _answers = new uint[Size];
    private int _version;

    public HandleMemo() => Forget();

    /// <summary>Forgets everything once the list behind the answers has changed.</summary>
    public void Keep(int version)
    {
        if (version == _version) return;
        _version = version;
        Forget();
    }

    /// <summary>1 or 0, −1 when it is not known.</summary>
    public int Find(int handle)
    {
        var answer = _answers[handle & (Size - 1)];
        return answer >> 1 == (uint)handle ? (int)(answer & 1) : -1;
    }

    public void Set(int handle, bool answer) => _answers[handle & (Size - 1)] = ((uint)handle << 1) | (answer ? 1u : 0);

    private void Forget() => Array.Fill(_answers, uint.MaxValue);
}
