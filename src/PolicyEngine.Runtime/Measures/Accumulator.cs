namespace PolicyEngine.Runtime.Measures;

/// <summary>An event on its way into a window: where its record lies, its index in the log (−1: not logged), its ordinal (−1: nobody's).</summary>
internal readonly record struct Sample(long[] Store, int Record, long Index, long Ordinal)
{
    public long Time => Store[Record + RecordLayout.Time];
}

/// <summary>
/// What a measure keeps of one key over one window: a few words in the key's header, all zero when empty. Shared by measures that
/// need the same words.
/// </summary>
internal abstract class Accumulator(Window window)
{
    public Window Window => window;

    /// <summary>First word in the header.</summary>
    public int Offset { get; set; }

    public abstract int Words { get; }

    /// <summary>Whether events must be handed back one by one when a logged window passes them.</summary>
    public virtual bool Leaves => false;

    /// <summary>Whether the values themselves know when they are too old.</summary>
    public virtual bool Expires => false;

    /// <summary>Bytes held outside the headers.</summary>
    public virtual long Bytes => 0;

    public abstract void Enter(long[] headers, int at, in Sample sample);

    public virtual void Leave(long[] headers, int at, in Sample sample)
    {
    }

    /// <summary>Takes out all that happened at <paramref name="floor"/> or before.</summary>
    public virtual void Expire(long[] headers, int at, long floor)
    {
    }

    /// <summary>Back to empty; for windows that end all at once and for keys that go.</summary>
    public virtual void Reset(long[] headers, int at) => headers.AsSpan(at + Offset, Words).Clear();

    public abstract MeasureValue Read(MeasureReader reader, long[] headers, int at, in Sight sight);
}

/// <summary>Who looks: the moment, and the ordinal of the event in hand (−1: none).</summary>
internal readonly record struct Sight(long Time, long Ordinal);
