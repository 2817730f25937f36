using System.Runtime.CompilerServices;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// The events of a family, one ring per key in a shared arena. Indices count a key's events from its first and never wrap; a header
/// holds the ring (address and power) and the head, the index of the next event. The windows hold the tails.
/// </summary>
internal sealed class EventLog(RecordLayout layout)
{
    private const int PowerShift = 32;
    private BlockArena _arena = new(1);
    private int _words;

    /// <summary>Counts the times a ring moved: positions found before are no longer good.</summary>
    public long Moves { get; private set; }

    public int RecordWords => _words;

    public int RingWord { get; set; }

    public int HeadWord { get; set; }

    public long[] Store => _arena.Words;

    public long Bytes => _arena.Bytes;

    public void Seal()
    {
        _words = layout.Words;
        _arena = new BlockArena(_words);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Position(long[] headers, int at, long index)
    {
        var ring = headers[at + RingWord];
        return (int)ring + ((int)index & ((1 << (int)(ring >> PowerShift)) - 1)) * _words;
    }

    /// <summary>Where the key's ring begins and the mask of its indices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int Start, int Mask) Ring(long[] headers, int at)
    {
        var ring = headers[at + RingWord];
        return ((int)ring, (1 << (int)(ring >> PowerShift)) - 1);
    }

    public long Time(long[] headers, int at, long index) => Store[Position(headers, at, index)];

    /// <summary>
    /// A place for the next event, given the oldest index still needed; what lies there is rubbish. May move the key's ring, so
    /// positions found before are no longer good.
    /// </summary>
    public int Append(long[] headers, int at, long tail)
    {
        var head = headers[at + HeadWord];
        var ring = headers[at + RingWord];
        if (ring == 0)
            headers[at + RingWord] = ring = _arena.Allocate(0);
        else if (head - tail >= 1L << (int)(ring >> PowerShift))
            Resize(headers, at, tail, (int)(ring >> PowerShift) + 1);
        headers[at + HeadWord] = head + 1;
        return Position(headers, at, head);
    }

    public void AskForHead(long[] headers, int at)
    {
        if (headers[at + RingWord] != 0)
            Prefetch.Line(Store, Position(headers, at, headers[at + HeadWord]));
    }

    /// <summary>Gives back what the ring no longer needs.</summary>
    public void Trim(long[] headers, int at, long tail)
    {
        var ring = headers[at + RingWord];
        if (ring == 0)
            return;
        var live = headers[at + HeadWord] - tail;
        var power = (int)(ring >> PowerShift);
        if (live == 0)
            Release(headers, at);
        else if (live << 2 <= 1L << power)
            Resize(headers, at, tail, BlockArena.PowerFor(live));
    }

    public void Release(long[] headers, int at)
    {
        var ring = headers[at + RingWord];
        if (ring != 0)
            _arena.Free((int)ring, (int)(ring >> PowerShift));
        headers[at + RingWord] = 0;
    }

    private void Resize(long[] headers, int at, long tail, int power)
    {
        var ring = headers[at + RingWord];
        var oldPower = (int)(ring >> PowerShift);
        Moves++;
        var address = _arena.Allocate(power);
        var words = _words;
        for (var index = tail; index < headers[at + HeadWord]; index++)
        {
            var from = (int)ring + ((int)index & ((1 << oldPower) - 1)) * words;
            var to = address + ((int)index & ((1 << power) - 1)) * words;
            Store.AsSpan(from, words).CopyTo(Store.AsSpan(to));
        }
        _arena.Free((int)ring, oldPower);
        headers[at + RingWord] = (long)power << PowerShift | (uint)address;
    }
}
