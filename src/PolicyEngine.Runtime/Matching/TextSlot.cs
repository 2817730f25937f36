using PolicyEngine.Runtime.Events;

namespace PolicyEngine.Runtime.Matching;

/// <summary>A test of one text whose literals an index finds: on which rows of the batch it holds, or could.</summary>
internal sealed class TextSlot(int index, int node, TextGroup group, int needed, bool isExact)
{
    private int _count;
    private long _counting;

    /// <summary>Its place among the tests of all groups.</summary>
    public int Index { get; } = index;

    public int Node { get; } = node;

    public TextGroup Group { get; } = group;

    /// <summary>The literals say it all; else the test is to be made where they are found.</summary>
    public bool IsExact { get; } = isExact;

    /// <summary>How often others ask for the same literals, and how short these are: what is asked for often, texts often hold.</summary>
    public double Weight { get; set; }

    /// <summary>Where enough literals were found. Of another batch unless <see cref="Batch"/> says this one.</summary>
    public Vector? Rows { get; private set; }

    /// <summary>Number of the batch in which something was found last.</summary>
    public int Batch { get; private set; } = -1;

    /// <summary>Takes note of one literal of the text that is looked at; true once there are as many as are needed.</summary>
    /// <param name="look">Number of the look.</param>
    public bool Count(long look)
    {
        if (needed == 1) return true;
        if (_counting != look) (_counting, _count) = (look, 0);
        return ++_count == needed;
    }

    /// <summary>The row's text has what is needed; true when it is the first of the batch.</summary>
    public bool Add(int row, int batch, ulong[] all)
    {
        var isFirst = Batch != batch;
        if (isFirst)
        {
            Batch = batch;
            if (Rows is null || !ReferenceEquals(Rows.Present, all)) Rows = new Vector(all);
            else Rows.Bits.AsSpan().Clear();
        }
        Rows!.SetTrue(row);
        return isFirst;
    }
}
