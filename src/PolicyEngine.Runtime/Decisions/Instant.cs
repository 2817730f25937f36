using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Matching;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>What happens at one place of the log: the rules that fired and the responses they call for, until all is recorded.</summary>
internal sealed class Instant
{
    public long Tau { get; private set; }

    public long Ordinal { get; private set; }

    public bool IsLate { get; set; }

    public List<Firing> Firings { get; } = [];

    public List<ActionInstance> Actions { get; } = [];

    /// <summary>Pieces of JSON made while what they show was still true: evidence, reasons, arguments.</summary>
    public TextBuffer Text { get; } = new(4096);

    public void Begin(long tau, long ordinal)
    {
        Tau = tau;
        Ordinal = ordinal;
        IsLate = false;
        Firings.Clear();
        Actions.Clear();
        Text.Clear();
    }
}

/// <summary>A piece of <see cref="Instant.Text"/>.</summary>
internal readonly record struct Piece(int Start, int Length)
{
    public ReadOnlySpan<byte> Of(TextBuffer text) => text.Written.Slice(Start, Length);
}

/// <summary>A rule that fired for a key (a handle of the rule's key domain, −1 when the event itself is the key).</summary>
internal struct Firing
{
    public int Rule;
    public int Key;
    public int Suppressed;
    /// <summary>`"because":…,"evidence":…` as it will stand in the record.</summary>
    public Piece Evidence;
    public string Id;
    /// <summary>The event behind it where that is not the event of the instant: the one that nothing followed.</summary>
    public byte[]? EventId;
    public int FirstAction;
    public int ActionCount;
}

/// <summary>One response of a firing upon one entity.</summary>
internal struct ActionInstance
{
    public int Firing;
    public int Action;
    /// <summary>−1 for a response upon the event or upon nobody.</summary>
    public int Domain;
    public int Entity;
    /// <summary>Points (10⁻⁶) of a score.</summary>
    public Int128 Points;
    /// <summary>The entry of a list.</summary>
    public Value Entry;
    /// <summary>End of its effect, exclusive; the greatest value: never.</summary>
    public long End;
    /// <summary>Hash of the arguments but its duration: which grant it is.</summary>
    public long ArgumentsHash;
    public Piece Arguments;
    public Outcome Outcome;
    /// <summary>Its delay has passed.</summary>
    public bool IsDue;
    /// <summary>Not settled by stage, sample or holdout: the order of responses decides at the end of the instant.</summary>
    public bool IsOpen;
}
