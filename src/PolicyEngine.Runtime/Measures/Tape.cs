namespace PolicyEngine.Runtime.Measures;

/// <summary>Who looks: the moment, and the ordinal of the event in hand (−1: none).</summary>
internal readonly record struct Sight(long Time, long Ordinal);

/// <summary>
/// The steps of a batch, in order: which key, when, and the event that enters, if one does. First all events are written to the log,
/// then each window walks over the steps, then each accumulator plays them. One thing at a time over a thousand rows is several times
/// faster than all things for one row; a tape of one step serves single events.
/// </summary>
internal sealed class Tape
{
    public int Steps { get; private set; }

    /// <summary>Where the key's header begins; 0 for a key that was never counted.</summary>
    public int[] At { get; private set; } = new int[1];

    public int[] Rows { get; private set; } = new int[1];

    public Sight[] Sights { get; private set; } = new Sight[1];

    public bool[] IsFed { get; private set; } = new bool[1];

    /// <summary>How many events the log of the key has seen, with the step's own.</summary>
    public long[] Heads { get; private set; } = new long[1];

    /// <summary>The record of the step's own event in <see cref="Store"/>.</summary>
    public int[] Records { get; private set; } = new int[1];

    public long[] Store { get; set; } = [];

    public void Clear(int capacity)
    {
        Steps = 0;
        if (At.Length >= capacity)
            return;
        At = new int[capacity];
        Rows = new int[capacity];
        Sights = new Sight[capacity];
        IsFed = new bool[capacity];
        Heads = new long[capacity];
        Records = new int[capacity];
    }

    public void Add(int at, int row, long time, long ordinal, bool isFed)
    {
        var step = Steps++;
        At[step] = at;
        Rows[step] = row;
        Sights[step] = new Sight(time, ordinal);
        IsFed[step] = isFed;
    }
}

/// <summary>Indices into the log by step: those of step i end at <c>Ends[i]</c>.</summary>
internal sealed class Moves
{
    private long[] _indices = new long[16];

    public int Count { get; private set; }

    public int[] Ends { get; private set; } = new int[1];

    public long[] Indices => _indices;

    public void Clear(int capacity)
    {
        Count = 0;
        if (Ends.Length < capacity)
            Ends = new int[capacity];
    }

    public void Add(long index)
    {
        if (Count == _indices.Length)
            Array.Resize(ref _indices, Count * 2);
        _indices[Count++] = index;
    }
}
