namespace PolicyEngine.Runtime.Links;

/// <summary>How many members of each group bear a label now (F8): moved through adding, ends, merges and splits.</summary>
internal sealed class GroupLabels(GroupTable groups, LabelWatch watch) : IGroupParts, ILabelReader
{
    private int[] _counts = [];

    public LabelWatch Watch { get; } = watch;

    public int Of(int group) => group < _counts.Length ? _counts[group] : 0;

    public void Born(int group)
    {
        EdgeTable.Reserve(ref _counts, group);
        _counts[group] = 0;
    }

    public void Added(int group, int member)
    {
        if (Watch.Has(member)) _counts[group]++;
    }

    public void Merging(int from, int to) => _counts[to] += _counts[from];

    public void Emptied(int group) => _counts[group] = 0;

    public void Ended(int group) => _counts[group] = 0;

    public void Moved(LabelWatch watch, int entity, int by)
    {
        if (groups.Of(entity) is not 0 and var group) _counts[group] += by;
    }
}
