namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// What the log keeps of an event: its time, a bit per numerator and per amount that may be missing, 32 bits per handle, a word per
/// number. Parts of accumulators (a link, a position) may be reserved beside them.
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

    private NumeratorColumn[] _bits = [];
    private AmountColumn[] _values = [];

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
        foreach (var numerator in _numerators)
            numerator.Bit = BitAt(bit++);
        foreach (var amount in _amounts.Where(a => a.Form != WordForm.Handle))
            amount.Present = BitAt(bit++);

        var half = 2 + (bit + 31) / 32;
        foreach (var amount in _amounts.Where(a => a.Form == WordForm.Handle))
            amount.Half = HalfAt(half++);
        _firstReservedHalf = half;
        half += _reservedHalves;

        var word = (half + 1) / 2;
        _flagsEnd = word;
        foreach (var amount in _amounts.Where(a => a.Form != WordForm.Handle))
            amount.Word = word++;
        _firstReservedWord = word;
        Words = word + _reservedWords;
        _bits = [.. _numerators];
        _values = [.. _amounts];
    }

    /// <summary>Writes the records of all fed steps of the tape.</summary>
    public void Fill(Tape tape, in FamilyInput input)
    {
        var (steps, isFed, records, times, store) = (tape.Steps, tape.IsFed, tape.Records, tape.Times, tape.Store);
        for (var step = 0; step < steps; step++)
        {
            if (!isFed[step])
                continue;
            var record = records[step];
            store[record + Time] = times[step];
            for (var word = 1; word < _flagsEnd; word++)
                store[record + word] = 0;
        }
        foreach (var numerator in _bits)
        {
            if (numerator.Slot >= 0)
                numerator.Fill(tape, input.Numerators[numerator.Slot]!);
        }
        foreach (var amount in _values)
            amount.Fill(tape, input);
    }

    private static BitPlace BitAt(int bit)
    {
        var half = HalfAt(2 + bit / 32);
        return new BitPlace(half.Word, half.Shift + bit % 32);
    }

    private static HalfPlace HalfAt(int half) => new(half >> 1, (half & 1) << 5);
}
