using PolicyEngine.Runtime.Events;

namespace PolicyEngine.Runtime.Matching;

/// <summary>What is in hand while one row, timer or label change is evaluated.</summary>
public readonly ref struct RowContext
{
    /// <summary>Null when no event is in hand: every field is then missing.</summary>
    public EventBatch? Batch { get; init; }

    public int Row { get; init; }

    /// <summary>The instant, milliseconds.</summary>
    public required long Tau { get; init; }

    /// <summary>Place of the event in the log.</summary>
    public long Ordinal { get; init; }

    /// <summary>Handles of the parts of the key in hand; −1: that part is missing. Their domains are those of the nodes that read them.</summary>
    public ReadOnlySpan<int> Keys { get; init; }

    /// <summary>What was kept of earlier steps, by the places of the sequence in hand.</summary>
    public ReadOnlySpan<Value> Steps { get; init; }

    /// <summary>Vectors already computed for <see cref="Batch"/>, read instead of computing again.</summary>
    public BatchVectors? Vectors { get; init; }

    /// <summary>Inside a measure: milliseconds since its previous event under the key; negative: there is none.</summary>
    public long Gap { get; init; }

    /// <summary>The member in hand, for nodes that stand in measures over members and in targets; a handle.</summary>
    public int Member { get; init; }

    internal bool HasEvent => Batch is not null;
}
