namespace PolicyEngine.Runtime.Events;

/// <summary>
/// The values of one line at the places where some type has its id, time or sequence. Which of them count is known only with the type,
/// and members come in any order.
/// </summary>
internal sealed class FrameValues(EventSchema schema)
{
    private readonly Entry[] ids = new Entry[schema.IdSlotCount];
    private readonly Entry[] times = new Entry[schema.TimeSlotCount];
    private readonly Entry[] sequences = new Entry[schema.SequenceSlotCount];
    private readonly Entry[] types = new Entry[1];

    public void Clear()
    {
        ids.AsSpan().Clear();
        times.AsSpan().Clear();
        sequences.AsSpan().Clear();
        types.AsSpan().Clear();
    }

    public void Put(FrameUse use, JsonScalar value)
    {
        ref var entry = ref Entries(use.Role)[use.Slot];
        if (entry.IsThere && entry.IsNested && !use.IsNested) return;
        entry = new Entry(true, use.IsNested, value);
    }

    /// <summary>Null where the line has no such member, or an explicit null.</summary>
    public JsonScalar? Get(MemberRole role, int slot)
    {
        ref var entry = ref Entries(role)[slot];
        return entry.IsThere && entry.Value.Kind != JsonKind.Null ? entry.Value : null;
    }

    private Entry[] Entries(MemberRole role) => role switch
    {
        MemberRole.Id => ids,
        MemberRole.Time => times,
        MemberRole.Sequence => sequences,
        _ => types,
    };

    private readonly record struct Entry(bool IsThere, bool IsNested, JsonScalar Value);
}
