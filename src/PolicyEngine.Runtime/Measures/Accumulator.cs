namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// An event on its way into a window or out of it: where its record lies, its index in the log, its ordinal (−1: nobody's), its time,
/// and the value it brings: that of the column, or its time where there is none.
/// </summary>
internal readonly record struct Sample(long[] Store, int Record, long Index, long Ordinal, long Time, bool HasValue, long Value);

/// <summary>
/// What a measure keeps of one key over one window: a few words in the key's header, all zero when empty. Shared by measures that
/// need the same words.
/// </summary>
internal abstract class Accumulator(Window window, RecordColumn? column)
{
    public Window Window => window;

    /// <summary>First word in the header.</summary>
    public int Offset { get; set; }

    public abstract int Words { get; }

    /// <summary>The measures made of it.</summary>
    public MeasureReader[] Readers { get; set; } = [];

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

    /// <param name="moment">Who looks, and what the window holds then.</param>
    public abstract MeasureValue Read(MeasureReader reader, long[] headers, int at, in Moment moment);

    /// <summary>
    /// Plays the steps and writes the value after each. Entering before leaving is right for all: a delayed event that the window has
    /// passed already comes and goes in one step. Those that are asked for most have a loop of their own over plain windows.
    /// </summary>
    public virtual void Play(Tape tape, long[] headers)
    {
        var (left, entered) = (0, 0);
        var (delays, leaves, expires) = (window.Plan.Ending > 0, Leaves, Expires);
        var (store, leaving, entering) = (tape.Store, window.Leaving, window.Entering);
        for (var step = 0; step < tape.Steps; step++)
        {
            var at = tape.At[step];
            if (window.Resets[step])
                Reset(headers, at);
            if (delays)
            {
                for (; entered < entering.Ends[step]; entered++)
                    Enter(headers, at, Logged(store, entering.Records[entered], entering.Indices[entered]));
            }
            else if (tape.IsFed[step])
            {
                Enter(headers, at, Arriving(tape, step));
            }
            if (leaves)
            {
                for (; left < leaving.Ends[step]; left++)
                    Leave(headers, at, Logged(store, leaving.Records[left], leaving.Indices[left]));
            }
            if (expires)
                Expire(headers, at, window.Floors[step]);
            Write(tape, headers, step);
        }
    }

    /// <summary>An event of the log.</summary>
    public Sample Logged(long[] store, int record, long index)
    {
        var time = store[record + RecordLayout.Time];
        if (column is null)
            return new Sample(store, record, index, -1, time, true, time);
        var (has, value) = (false, 0L);
        if (column.IsKept)
            has = column.TryGet(store, record, out value);
        return new Sample(store, record, index, -1, time, has, value);
    }

    private Sample Arriving(Tape tape, int step)
    {
        var time = tape.Times[step];
        var (has, value) = column is null ? (true, time) : (column.Has[step], column.Values[step]);
        return new Sample(tape.Store, tape.Records[step], tape.Heads[step] - 1, tape.Ordinals[step], time, has, value);
    }

    private void Write(Tape tape, long[] headers, int step)
    {
        var (entered, count) = (window.Entered[step], window.Counts[step]);
        var moment = new Moment(tape.Times[step], tape.Ordinals[step], entered - count, entered);
        foreach (var reader in Readers)
        {
            if (reader.Target is not null)
                reader.Put(tape.Rows[step], Read(reader, headers, tape.At[step], moment));
        }
    }
}

/// <summary>A look at a window: when, by which event (−1: none), and the events it holds, as indices of the key's log.</summary>
internal readonly record struct Moment(long Time, long Ordinal, long Left, long Entered)
{
    public long Count => Entered - Left;
}
