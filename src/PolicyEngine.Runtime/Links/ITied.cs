namespace PolicyEngine.Runtime.Links;

/// <summary>What events tie and boundaries loosen: the graph of a link, or the members around values.</summary>
internal interface ITied
{
    /// <summary>Milliseconds; edges end at its multiples.</summary>
    long Step { get; }

    /// <summary>Something will have to be looked at again at the next multiple of the step.</summary>
    bool IsTouched { get; }

    /// <summary>Live edges.</summary>
    int Edges { get; }

    /// <summary>New edges that were refused because there were too many (L2).</summary>
    long Refused { get; }

    EdgeTable Way(int way);

    /// <summary>An event at τ ties a member to a value.</summary>
    /// <returns>False when the edge was known already.</returns>
    bool Enter(int way, int member, int value, long tau);

    /// <param name="tau">A multiple of the step. No event at or after it has been entered, and no boundary before it left out.</param>
    void Boundary(long tau);

    /// <summary>The next time at which something ends or must be looked at again, after the instant τ; null: never, as things are.</summary>
    long? NextBoundary(long tau);
}
