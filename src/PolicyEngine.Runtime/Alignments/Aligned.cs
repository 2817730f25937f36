namespace PolicyEngine.Runtime.Alignments;

/// <summary>
/// What blocks of slots add up to (G2). Coincidences: pairs of members active in one slot, over all slots. Meetings: 120 times the
/// coincidences to be expected if each member's slots fell anywhere within the block. Whole numbers until the last division.
/// </summary>
internal readonly record struct Aligned(Int128 Coincidences, Int128 Meetings)
{
    /// <summary>Slots of a block.</summary>
    public const int Slots = 60;
    private const int MeetingsPerExpected = 2 * Slots;

    /// <summary>1 is chance; nothing at all is 1 too.</summary>
    public double Value => (double)((Coincidences + 1) * MeetingsPerExpected) / (double)(Meetings + MeetingsPerExpected);

    public double Expected => (double)Meetings / MeetingsPerExpected;

    public static Aligned operator +(Aligned a, Aligned b) => new(a.Coincidences + b.Coincidences, a.Meetings + b.Meetings);

    public static Aligned operator -(Aligned a, Aligned b) => new(a.Coincidences - b.Coincidences, a.Meetings - b.Meetings);

    /// <param name="members">A bit for each slot of one block in which the member was active, member by member.</param>
    public static Aligned OfBlock(IEnumerable<ulong> members)
    {
        Span<long> active = stackalloc long[Slots];
        Int128 sum = 0, squares = 0;
        foreach (var member in members)
        {
            var count = System.Numerics.BitOperations.PopCount(member);
            sum += count;
            squares += count * count;
            for (var bits = member; bits != 0; bits &= bits - 1) active[System.Numerics.BitOperations.TrailingZeroCount(bits)]++;
        }
        Int128 coincidences = 0;
        foreach (var together in active) coincidences += (Int128)together * (together - 1) / 2;
        return new Aligned(coincidences, (sum * sum) - squares);
    }
}
