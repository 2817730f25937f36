namespace PolicyEngine.Runtime.Links;

/// <summary>Counts of labelled members around each value, moved whenever an edge or a label begins or ends (F13, F14).</summary>
internal sealed partial class EdgeTable : ILabelReader
{
    private LabelWatch[] _watches = [];
    private int[] _labelled = [];

    public IReadOnlyList<LabelWatch> Watches => _watches;

    /// <summary>Told when the count of a label around a value changes without an edge: its value, and which label.</summary>
    public Action<int, int>? OnLabelMoved { get; set; }

    /// <summary>Told when somebody with the label comes to be around a value.</summary>
    public Action<int>? OnMarked { get; set; }

    /// <summary>Members around the value with label <paramref name="watch"/> of <see cref="Watches"/>.</summary>
    public int LabelledOf(int value, int watch)
    {
        var at = ((long)value * _watches.Length) + watch;
        return at < _labelled.Length ? _labelled[at] : 0;
    }

    /// <summary>From now on these labels are counted.</summary>
    public void Rebind(IReadOnlyList<LabelWatch> watches)
    {
        foreach (var watch in _watches) watch.Remove(this);
        _watches = [.. watches];
        _labelled = [];
        foreach (var watch in _watches) watch.Add(this);
        foreach (ref var slot in _slots.AsSpan())
            if (slot.Edge != 0) CountLabels(_edges[slot.Edge].Member, _edges[slot.Edge].Value, 1);
    }

    void ILabelReader.Moved(LabelWatch watch, int member, int by)
    {
        var index = Array.IndexOf(_watches, watch);
        for (var edge = FirstOfMember(member); edge != 0; edge = _edges[edge].NextOfMember)
        {
            var value = _edges[edge].Value;
            _labelled[(value * _watches.Length) + index] += by;
            if (by > 0) OnMarked?.Invoke(value);
            OnLabelMoved?.Invoke(value, index);
        }
    }

    private void CountLabels(int member, int value, int by)
    {
        if (_watches.Length == 0) return;
        Reserve(ref _labelled, ((value + 1) * _watches.Length) - 1);
        for (var w = 0; w < _watches.Length; w++)
        {
            if (!_watches[w].Has(member)) continue;
            _labelled[(value * _watches.Length) + w] += by;
            if (by > 0) OnMarked?.Invoke(value);
        }
    }
}
