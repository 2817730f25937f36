using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// An event that is not applied yet: as a row of the batch being filled, or (Row −1) as its id and line in bytes of its own.
/// A late event stands at the watermark it met.
/// </summary>
internal struct WaitingEvent
{
    public long Time;
    public long Sequence;
    public long Arrival;
    /// <summary>Hash of id and time, for duplicates.</summary>
    public Bits128 Key;
    public long Line;
    public byte[]? Bytes;
    public int IdLength;
    public int LineLength;
    public int Source;
    public int Row;
    public bool IsLate;

    public readonly ReadOnlySpan<byte> Id(EventBatch batch) => Row >= 0 ? batch.Id(Row) : Bytes.AsSpan(0, IdLength);

    public readonly ReadOnlySpan<byte> Text => Bytes.AsSpan(IdLength, LineLength);

    /// <summary>The total order (time, sequence, id), arrival last; late ones before all others of their place, by arrival.</summary>
    public static bool Precedes(in WaitingEvent left, in WaitingEvent right, EventBatch batch)
    {
        if (left.Time != right.Time) return left.Time < right.Time;
        if (left.IsLate != right.IsLate) return left.IsLate;
        if (left.IsLate) return left.Arrival < right.Arrival;
        if (left.Sequence != right.Sequence) return left.Sequence < right.Sequence;
        var order = left.Id(batch).SequenceCompareTo(right.Id(batch));
        return order != 0 ? order < 0 : left.Arrival < right.Arrival;
    }
}
