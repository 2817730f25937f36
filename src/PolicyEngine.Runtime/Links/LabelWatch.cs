namespace PolicyEngine.Runtime.Links;

/// <summary>
/// Who bears a label now, in one view, for those who count bearers: each change is told once, whether it comes from a rule, an
/// operator or the label's end.
/// </summary>
internal sealed class LabelWatch
{
    private readonly List<ILabelReader> _readers = [];
    private ulong[] _bearers = [];

    public bool Has(int entity) => entity >> 6 < _bearers.Length && (_bearers[entity >> 6] >> (entity & 63) & 1) != 0;

    public void Add(ILabelReader reader) => _readers.Add(reader);

    public void Remove(ILabelReader reader) => _readers.Remove(reader);

    public void Set(int entity, bool has)
    {
        if (Has(entity) == has) return;
        EdgeTable.Reserve(ref _bearers, entity >> 6);
        _bearers[entity >> 6] ^= 1UL << (entity & 63);
        foreach (var reader in _readers) reader.Moved(this, entity, has ? 1 : -1);
    }
}

/// <summary>Whoever counts bearers of a label.</summary>
internal interface ILabelReader
{
    /// <summary>An entity has come to bear the label (+1) or bears it no more (−1).</summary>
    void Moved(LabelWatch watch, int entity, int by);
}
