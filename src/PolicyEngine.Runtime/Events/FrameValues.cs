namespace PolicyEngine.Runtime.Events;

/// <summary>
/// The values of one line at the places where some type has its id, time or sequence. Which of them count is known only with the type,
/// and members come in any order.
/// </summary>
internal sealed class FrameValues(EventSchema schema)
{
    private readonly Entry[] entries = new Entry[schema.FrameSlotCount];

    public void Clear()
    {
        foreach (ref var entry in entries.AsSpan()) entry.IsThere = false;
    }

    public void Put(FrameUse use, in JsonScalar value)
    {
        ref var entry = ref entries[use.Slot];
        if (entry.IsThere && entry.IsNested && !use.IsNested) return;
        entry.IsThere = true;
        entry.IsNested = use.IsNested;
        entry.Value = value;
    }

    /// <summary>False where the line has no such member, or an explicit null.</summary>
    public bool TryGet(int slot, out JsonScalar value)
    {
        ref var entry = ref entries[slot];
        value = entry.Value;
        return entry.IsThere && value.Kind != JsonKind.Null;
    }

    private struct Entry
    {
        public bool IsThere;
        public bool IsNested;
        public JsonScalar Value;
    }
}
