using PolicyEngine.Runtime.Events;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// What the nodes of a family's measures gave for a batch. Slots are positions in the family's list of measures; bitmaps are those of
/// <see cref="Vector"/>. Row mode needs <see cref="Numerators"/>, <see cref="Amounts"/> and <see cref="Gap"/> only.
/// </summary>
public readonly ref struct FamilyInput
{
    /// <summary>Handles of the key, −1 where it is missing.</summary>
    public Vector Key { get; init; }

    /// <summary>Rows that enter the measures.</summary>
    public ulong[] Feed { get; init; }

    /// <summary>Rows on which somebody reads; results are right for rows in Readers or Feed.</summary>
    public ulong[] Readers { get; init; }

    /// <summary>By slot: the truth of a share's numerator; null for other measures.</summary>
    public ulong[]?[] Numerators { get; init; }

    /// <summary>By slot: the value node; null for measures without one.</summary>
    public Vector?[] Amounts { get; init; }

    /// <summary>By slot: the rows whose amount counts, null for all that feed. Not needed for a single row.</summary>
    public ulong[]?[] Parts { get; init; }

    /// <summary>Needed when a measure has <see cref="Plans.MeasurePlan.AmountReadsGap"/>.</summary>
    public IGapAmount? Gap { get; init; }
}

/// <summary>Amounts that are arithmetic over the gap: only the family knows the gap, only the caller the arithmetic.</summary>
public interface IGapAmount
{
    /// <summary>The amount of the measure at <paramref name="slot"/> for a row, given its gap in milliseconds (or missing).</summary>
    MeasureValue Evaluate(int slot, int row, MeasureValue gap);
}
