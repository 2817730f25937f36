namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// Which literals some interned texts hold, so that those that come again and again are not gone through each time. A small table that
/// newer texts overwrite; texts that hold many literals are not kept.
/// </summary>
internal sealed class LiteralMemo
{
    private const int Size = 512;
    private const int Most = 7;
    private int[] _handles = [];
    /// <summary>For each text: how many literals, and these.</summary>
    private int[] _found = [];

    public bool TryRecall(int handle, out ReadOnlySpan<int> found)
    {
        var place = handle & (Size - 1);
        found = default;
        if (_handles.Length == 0 || _handles[place] != handle) return false;
        found = _found.AsSpan((place * (Most + 1)) + 1, _found[place * (Most + 1)]);
        return true;
    }

    public void Keep(int handle, ReadOnlySpan<int> found)
    {
        if (found.Length > Most) return;
        if (_handles.Length == 0)
        {
            _handles = new int[Size];
            Array.Fill(_handles, -1);
            _found = new int[Size * (Most + 1)];
        }
        var place = handle & (Size - 1);
        _handles[place] = handle;
        _found[place * (Most + 1)] = found.Length;
        found.CopyTo(_found.AsSpan((place * (Most + 1)) + 1));
    }
}
