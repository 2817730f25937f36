namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// What the log keeps of an event: its time, a bit per numerator and per amount that may be missing, 32 bits per handle and per short
/// gap, a word per number. Parts of accumulators (a link, a position) may be reserved beside them.
/// </summary>
internal sealed class RecordLayout
{
    public const int Time = 0;
    private readonly List<NumeratorColumn> _numerators = [];
    private readonly List<AmountColumn> _amounts = [];
    private int _reservedHalves;
    private int _reservedWords;
    private int _firstReservedHalf;
    private int _firstReservedWord;
    // Bits and halves lie before this word; they must be clear before they are set.
    private int _flagsEnd;

    private RecordColumn[] _columns = [];

    public int Words { get; private set; } = 1;

    public IReadOnlyList<NumeratorColumn> Numerators => _numerators;

    public IReadOnlyList<AmountColumn> Amounts => _amounts;

    public NumeratorColumn Numerator(int node)
    {
        var column = _numerators.Find(c => c.Node == node);
        if (column is null)
            _numerators.Add(column = new NumeratorColumn(node));
        return column;
    }

    public AmountColumn Amount(AmountSource source)
    {
        var column = _amounts.Find(c => c.Source == source);
        if (column is null)
            _amounts.Add(column = new AmountColumn(source));
        return column;
    }

    public int ReserveHalf() => _reservedHalves++;

    public int ReserveWord() => _reservedWords++;

    public HalfPlace ReservedHalf(int number) => HalfAt(_firstReservedHalf + number);

    public int ReservedWord(int number) => _firstReservedWord + number;

    /// <summary>Gives every part its place; nothing may be added afterwards.</summary>
    public void Seal()
    {
        var bit = 0;
        foreach (var numerator in _numerators.Where(n => n.IsKept))
            numerator.Bit = BitAt(bit++);
        foreach (var amount in _amounts.Where(a => a.IsKept && !a.IsHalf))
            amount.Present = BitAt(bit++);

        var half = 2 + (bit + 31) / 32;
        foreach (var amount in _amounts.Where(a => a.IsKept && a.IsHalf))
            amount.Half = HalfAt(half++);
        _firstReservedHalf = half;
        half += _reservedHalves;

        var word = (half + 1) / 2;
        _flagsEnd = word;
        foreach (var amount in _amounts.Where(a => a.IsKept && !a.IsHalf))
            amount.Word = word++;
        _firstReservedWord = word;
        Words = word + _reservedWords;
        _columns = [.. _numerators, .. _amounts];
    }

    /// <summary>Takes what the rows of the steps bring; with a log, begins the records of all fed steps and writes it down.</summary>
    public void Fill(Tape tape, in FamilyInput input, bool isLogged)
    {
        if (isLogged)
            Begin(tape);
        foreach (var column in _columns)
            column.Fill(tape, input);
    }

    /// <summary>For a single step that brings nothing.</summary>
    public void Silence()
    {
        foreach (var column in _columns)
            column.Silence();
    }

    private void Begin(Tape tape)
    {
        var (steps, isFed, records, times, store, end) = (tape.Steps, tape.IsFed, tape.Records, tape.Times, tape.Store, _flagsEnd);
        for (var step = 0; step < steps; step++)
        {
            if (!isFed[step])
                continue;
            var record = records[step];
            store[record + Time] = times[step];
            for (var word = 1; word < end; word++)
                store[record + word] = 0;
        }
    }

    private static BitPlace BitAt(int bit)
    {
        var half = HalfAt(2 + bit / 32);
        return new BitPlace(half.Word, half.Shift + bit % 32);
    }

    private static HalfPlace HalfAt(int half) => new(half >> 1, (half & 1) << 5);
}
