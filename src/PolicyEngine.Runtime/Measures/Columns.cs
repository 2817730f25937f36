using System.Runtime.CompilerServices;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>How a value lies in one word: an integer, the bits of a double, or a handle.</summary>
internal enum WordForm : byte { Long, Double, Handle }

/// <summary>A place of one bit in a record.</summary>
internal readonly record struct BitPlace(int Word, int Shift)
{
    public bool Get(long[] store, int record) => (store[record + Word] >> Shift & 1) != 0;

    public void Set(long[] store, int record) => store[record + Word] |= 1L << Shift;
}

/// <summary>A place of 32 bits in a record.</summary>
internal readonly record struct HalfPlace(int Word, int Shift)
{
    public int Get(long[] store, int record) => (int)(store[record + Word] >> Shift);

    public void Set(long[] store, int record, int value)
    {
        ref var word = ref store[record + Word];
        word = (word & ~(0xFFFF_FFFFL << Shift)) | (long)(uint)value << Shift;
    }
}

/// <summary>The numerator of shares, one bit an event. <see cref="Slot"/>: the measure whose input feeds it, −1 when none is left.</summary>
internal sealed class NumeratorColumn(int node)
{
    public int Node => node;

    public int Slot { get; set; } = -1;

    public BitPlace Bit { get; set; }

    /// <summary>Into the records of all fed steps; their bits are clear.</summary>
    public void Fill(Tape tape, ulong[] numerator)
    {
        var (steps, isFed, records, rows, store, bit) = (tape.Steps, tape.IsFed, tape.Records, tape.Rows, tape.Store, Bit);
        for (var step = 0; step < steps; step++)
        {
            var row = rows[step];
            if (isFed[step] && (numerator[row >> 6] >> (row & 63) & 1) != 0)
                bit.Set(store, records[step]);
        }
    }
}

/// <summary>What a measure aggregates; equal amounts of a family lie in the log once.</summary>
/// <param name="GapLimit">A gap of this length or more is missing; 0 where no gap is read.</param>
internal sealed record AmountSource(int Node, bool IsGap, bool ReadsGap, long GapLimit, WordForm Form)
{
    public static AmountSource Of(MeasurePlan plan)
    {
        var limit = !plan.AmountIsGap && !plan.AmountReadsGap ? 0
            : plan.Window.Kind == PlanWindowKind.Forever ? long.MaxValue : plan.Window.Length;
        return new AmountSource(plan.Amount, plan.AmountIsGap, plan.AmountReadsGap, limit, FormOf(plan.AmountKind, plan.AmountDomain));
    }

    public static WordForm FormOf(ValueKind kind, int domain) => kind switch
    {
        _ when domain >= 0 => WordForm.Handle,
        ValueKind.Number or ValueKind.Share or ValueKind.Rate => WordForm.Double,
        ValueKind.Text or ValueKind.Entity or ValueKind.Ip or ValueKind.Cidr => WordForm.Handle,
        _ => WordForm.Long,
    };
}

/// <summary>One amount in the records of the log. Handles say "missing" by −1, other values by a bit.</summary>
internal sealed class AmountColumn(AmountSource source)
{
    private readonly bool _isHandle = source.Form == WordForm.Handle;

    public AmountSource Source => source;

    public WordForm Form { get; } = source.Form;

    public int Slot { get; set; } = -1;

    public int Word { get; set; }

    public BitPlace Present { get; set; }

    public HalfPlace Half { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(long[] store, int record, out long value)
    {
        if (_isHandle)
        {
            value = Half.Get(store, record);
            return value >= 0;
        }
        value = store[record + Word];
        return Present.Get(store, record);
    }

    /// <summary>Into the records of all fed steps; their bits are clear.</summary>
    public void Fill(Tape tape, in FamilyInput input)
    {
        if (Slot >= 0 && source.GapLimit == 0)
            FillFrom(input.Amounts[Slot]!, tape);
        else if (Slot >= 0 && source.IsGap)
            FillGaps(tape);
        else
            FillOneByOne(tape, input);
    }

    private void FillFrom(Vector vector, Tape tape)
    {
        var (steps, isFed, records, rows, store) = (tape.Steps, tape.IsFed, tape.Records, tape.Rows, tape.Store);
        var (present, longs, doubles, handles) = (vector.Present, vector.Longs, vector.Doubles, vector.Handles);
        for (var step = 0; step < steps; step++)
        {
            if (!isFed[step])
                continue;
            var (row, record) = (rows[step], records[step]);
            var isPresent = (present[row >> 6] >> (row & 63) & 1) != 0;
            if (_isHandle)
                Half.Set(store, record, isPresent ? handles[row] : -1);
            else if (isPresent)
                Put(store, record, source.Form == WordForm.Double ? BitConverter.DoubleToInt64Bits(doubles[row]) : longs[row]);
        }
    }

    private void FillGaps(Tape tape)
    {
        var (steps, isFed, records, gaps, store) = (tape.Steps, tape.IsFed, tape.Records, tape.Gaps, tape.Store);
        for (var step = 0; step < steps; step++)
        {
            if (isFed[step] && gaps[step] >= 0 && gaps[step] < source.GapLimit)
                Put(store, records[step], gaps[step]);
        }
    }

    private void FillOneByOne(Tape tape, in FamilyInput input)
    {
        for (var step = 0; step < tape.Steps; step++)
        {
            if (!tape.IsFed[step])
                continue;
            var value = Slot < 0 ? MeasureValue.Missing : Evaluate(input, tape.Rows[step], tape.Gaps[step]);
            if (_isHandle)
                Half.Set(tape.Store, tape.Records[step], value.IsPresent ? (int)value.Bits : -1);
            else if (value.IsPresent)
                Put(tape.Store, tape.Records[step], value.Bits);
        }
    }

    private MeasureValue Evaluate(in FamilyInput input, int row, long gap) =>
        input.Gap!.Evaluate(Slot, row, gap >= 0 && gap < source.GapLimit ? MeasureValue.Of(gap) : MeasureValue.Missing);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(long[] store, int record, long value)
    {
        // −0 is 0 (E6); as bits they would be two values.
        store[record + Word] = source.Form == WordForm.Double && value == long.MinValue ? 0 : value;
        Present.Set(store, record);
    }
}
