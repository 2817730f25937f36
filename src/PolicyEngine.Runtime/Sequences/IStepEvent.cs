using PolicyEngine.Runtime.Matching;

namespace PolicyEngine.Runtime.Sequences;

/// <summary>
/// An event as sequences see it. Steps are numbered as the rule has them, from 0; <c>until</c> comes behind the last. Kept values are
/// those that later steps or the rule read of earlier ones, one place each.
/// </summary>
internal interface IStepEvent
{
    /// <summary>The instant, milliseconds (A5).</summary>
    long Tau { get; }

    /// <summary>With <see cref="Tau"/> it says which of two events is later (A3).</summary>
    long Sequence { get; }

    ReadOnlySpan<byte> Id { get; }

    /// <summary>It is of the step's kind, and what the step asks of its own event holds.</summary>
    bool Is(int step);

    /// <summary>What the step asks about earlier steps holds with the values that were kept of them (H3).</summary>
    bool Fits(int step, ReadOnlySpan<Value> kept);

    /// <summary>Writes what is read of this step later.</summary>
    void Keep(int step, Span<Value> kept);

    /// <summary>Absence only: what must be known of an event that cancels, should the one it cancels come behind it at the same time.</summary>
    Value[] Tell(int step);

    /// <summary>Absence only: <see cref="Fits"/> seen from the other side: an event told of before stands against this one.</summary>
    bool IsCancelledBy(int step, ReadOnlySpan<Value> told);
}
