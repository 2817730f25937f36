namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// The steps of a batch, in order: which key, when, and the event that enters, if one does. First all events are written to the log,
/// then each window walks over the steps, then each accumulator plays them. One thing at a time over many rows is several times
/// faster than all things for one row; a tape of one step serves single events.
/// </summary>
internal sealed class Tape
{
    public const long NoGap = -1;

    public int Steps { get; private set; }

    /// <summary>Steps there is room for.</summary>
    public int Capacity => At.Length;

    /// <summary>Where the key's header begins; 0 for a key that was never counted.</summary>
    public int[] At { get; private set; } = new int[1];

    public int[] Rows { get; private set; } = new int[1];

    public long[] Times { get; private set; } = new long[1];

    /// <summary>The event in hand, −1: none.</summary>
    public long[] Ordinals { get; private set; } = new long[1];

    public bool[] IsFed { get; private set; } = new bool[1];

    /// <summary>How many events the log of the key has seen, with the step's own.</summary>
    public long[] Heads { get; private set; } = new long[1];

    /// <summary>The record of the step's own event in <see cref="Store"/>.</summary>
    public int[] Records { get; private set; } = new int[1];

    /// <summary>Time since the key's previous event, <see cref="NoGap"/> at its first.</summary>
    public long[] Gaps { get; private set; } = new long[1];

    public long[] Store { get; set; } = [];

    public void Clear(int capacity)
    {
        Steps = 0;
        if (At.Length >= capacity)
            return;
        At = new int[capacity];
        Rows = new int[capacity];
        Times = new long[capacity];
        Ordinals = new long[capacity];
        IsFed = new bool[capacity];
        Heads = new long[capacity];
        Records = new int[capacity];
        Gaps = new long[capacity];
    }

    public void Add(int at, int row, long time, long ordinal, bool isFed)
    {
        var step = Steps++;
        At[step] = at;
        Rows[step] = row;
        Times[step] = time;
        Ordinals[step] = ordinal;
        IsFed[step] = isFed;
    }
}
