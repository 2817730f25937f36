using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// A micro-batch as columns. Rows 0..Count−1 are decoded events in any order; <see cref="Order"/> lists the rows to apply, in the
/// total order of A3, time running forward only. Rows not in it (waiting, duplicate, rejected) are not looked at.
/// </summary>
public sealed class EventBatch
{
    public const int TextPadding = 64;
    /// <summary>A batch of long lines ends early: the text is one array, and a thousand lines of a megabyte would not fit into one.</summary>
    private const int MostText = 32 << 20;

    public EventBatch(Plan plan, int capacity)
    {
        Capacity = capacity;
        Columns = [.. plan.Columns.Select(c => NewColumn(c, capacity))];
        Times = new long[capacity];
        Taus = new long[capacity];
        Types = new int[capacity];
        Sources = new int[capacity];
        Sequences = new long[capacity];
        IdStarts = new int[capacity];
        IdLengths = new int[capacity];
        LineStarts = new int[capacity];
        LineLengths = new int[capacity];
        Contents = new ulong[capacity];
        Order = new int[capacity];
        Late = new ulong[(capacity + 63) >> 6];
    }

    public int Capacity { get; }

    public int Count { get; set; }

    /// <summary>One vector per column of the plan.</summary>
    public Vector[] Columns { get; }

    /// <summary>What the event said, in milliseconds.</summary>
    public long[] Times { get; }

    /// <summary>The time at which it is applied (A5).</summary>
    public long[] Taus { get; }

    public int[] Types { get; }

    public int[] Sources { get; }

    /// <summary>The producer's sequence, or the sub-millisecond digits (A3).</summary>
    public long[] Sequences { get; }

    public int[] IdStarts { get; }

    public int[] IdLengths { get; }

    /// <summary>The raw line in <see cref="Text"/>.</summary>
    public int[] LineStarts { get; }

    public int[] LineLengths { get; }

    /// <summary>A sum of the raw line, by which two events of one id and time are told apart.</summary>
    public ulong[] Contents { get; }

    public int[] Order { get; }

    /// <summary>What was computed of the batch before it is applied: nodes and their values.</summary>
    internal IReadOnlyList<(int Node, Vector Values)> Ahead { get; init; } = [];

    public int OrderCount { get; set; }

    /// <summary>Rows in Order that are late (A6): no measure, no state sees them.</summary>
    public ulong[] Late { get; }

    /// <summary>Raw lines and unescaped texts, with at least 64 bytes of padding; stays untouched until the batch is recorded.</summary>
    public byte[] Text { get; set; } = [];

    /// <summary>Bytes of <see cref="Text"/> in use.</summary>
    public int TextLength { get; set; }

    public ReadOnlySpan<byte> Id(int row) => Text.AsSpan(IdStarts[row], IdLengths[row]);

    /// <summary>The raw line of a row.</summary>
    public ReadOnlySpan<byte> Line(int row) => Text.AsSpan(LineStarts[row], LineLengths[row]);

    public bool IsLate(int row) => (Late[row >> 6] >> (row & 63) & 1) != 0;

    /// <summary>Empties the batch for its next use; arrays are kept.</summary>
    public void Clear()
    {
        foreach (var column in Columns)
        {
            column.Clear(Count);
            column.Elements?.Clear(column.ElementCount);
            column.ElementCount = 0;
        }
        Late.AsSpan(0, (Count + 63) >> 6).Clear();
        Count = 0;
        OrderCount = 0;
        TextLength = 0;
    }

    /// <summary>No further row fits; whoever fills it may have more at once.</summary>
    public bool IsFull => Count == Capacity || TextLength >= MostText;

    /// <summary>Takes the last row back, with its text; it must not be in <see cref="Order"/>.</summary>
    public void RemoveLast()
    {
        var row = --Count;
        TextLength = LineStarts[row];
        foreach (var column in Columns) column.ClearRow(row);
    }

    /// <summary>Room for so many more bytes of text, and the padding behind them.</summary>
    public void ReserveText(int length)
    {
        var needed = TextLength + length + TextPadding;
        if (needed <= Text.Length) return;
        var grown = new byte[Math.Max(needed, (int)Math.Min(Text.Length * 2L, Array.MaxLength))];
        Text.AsSpan(0, TextLength).CopyTo(grown);
        Text = grown;
    }

    private static Vector NewColumn(ColumnPlan column, int capacity)
    {
        var slices = column.Kind is ValueKind.Text or ValueKind.Entity or ValueKind.List;
        var vector = new Vector(column.Kind, capacity, slices, column.Domain >= 0);
        if (column.NeedsNull) vector.Nulls = new ulong[(capacity + 63) >> 6];
        if (column.Kind == ValueKind.List)
            vector.Elements = new Vector(column.Element, capacity * 4, column.Element is ValueKind.Text or ValueKind.Entity, column.Domain >= 0);
        return vector;
    }
}
