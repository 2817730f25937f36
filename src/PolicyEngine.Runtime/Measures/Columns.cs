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

/// <summary>
/// What one event brings to the accumulators that share it. While the tape is played the values lie here by step; those that a window
/// must find again when the event leaves are written to the event's record as well.
/// </summary>
internal abstract class RecordColumn
{
    /// <summary>The measure whose input feeds it, −1 when none is left.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Whether some window logs it.</summary>
    public bool IsKept { get; set; }

    /// <summary>By step; only where <see cref="Has"/>.</summary>
    public long[] Values { get; private set; } = new long[1];

    /// <summary>By step: an event enters, and it has a value.</summary>
    public bool[] Has { get; private set; } = new bool[1];

    /// <summary>Takes the values of the steps' rows, and writes down those that are kept.</summary>
    public void Fill(Tape tape, in FamilyInput input)
    {
        if (Values.Length < tape.Steps)
        {
            Values = new long[tape.Capacity];
            Has = new bool[tape.Capacity];
        }
        Take(tape, input);
        if (IsKept)
            Keep(tape);
    }

    /// <summary>For a single step that brings nothing.</summary>
    public void Silence() => Has[0] = false;

    /// <summary>The value of an event in the log.</summary>
    public abstract bool TryGet(long[] store, int record, out long value);

    protected abstract void Take(Tape tape, in FamilyInput input);

    /// <summary>Into the records of all fed steps; their bits are clear.</summary>
    protected abstract void Keep(Tape tape);
}

/// <summary>The numerator of shares, one bit an event: 1 where it is true.</summary>
internal sealed class NumeratorColumn(int node) : RecordColumn
{
    public int Node => node;

    public BitPlace Bit { get; set; }

    public override bool TryGet(long[] store, int record, out long value)
    {
        value = store[record + Bit.Word] >> Bit.Shift & 1;
        return true;
    }

    protected override void Take(Tape tape, in FamilyInput input)
    {
        var (steps, isFed, rows, values, has) = (tape.Steps, tape.IsFed, tape.Rows, Values, Has);
        var numerator = Slot >= 0 ? input.Numerators[Slot] : null;
        for (var step = 0; step < steps; step++)
        {
            var row = rows[step];
            values[step] = numerator is null ? 0 : (long)(numerator[row >> 6] >> (row & 63) & 1);
            has[step] = isFed[step];
        }
    }

    protected override void Keep(Tape tape)
    {
        var (steps, records, store, values, has) = (tape.Steps, tape.Records, tape.Store, Values, Has);
        var (word, shift) = (Bit.Word, Bit.Shift);
        for (var step = 0; step < steps; step++)
        {
            if (has[step])
                store[records[step] + word] |= values[step] << shift;
        }
    }
}

/// <summary>What a measure aggregates; equal amounts of a family lie in the log once.</summary>
/// <param name="Feed">The events that bring it.</param>
/// <param name="GapLimit">A gap of this length or more is missing; 0 where no gap is read.</param>
internal sealed record AmountSource(int Node, int Feed, bool IsGap, bool ReadsGap, long GapLimit, WordForm Form)
{
    public static AmountSource Of(MeasurePlan plan)
    {
        var limit = !plan.AmountIsGap && !plan.AmountReadsGap ? 0
            : plan.Window.Kind == PlanWindowKind.Forever ? long.MaxValue : plan.Window.Length;
        return new AmountSource(plan.Amount, plan.Feed, plan.AmountIsGap, plan.AmountReadsGap, limit, FormOf(plan.AmountKind, plan.AmountDomain));
    }

    public static WordForm FormOf(ValueKind kind, int domain) => kind switch
    {
        _ when domain >= 0 => WordForm.Handle,
        ValueKind.Number or ValueKind.Share or ValueKind.Rate => WordForm.Double,
        ValueKind.Text or ValueKind.Entity or ValueKind.Ip or ValueKind.Cidr => WordForm.Handle,
        _ => WordForm.Long,
    };
}

/// <summary>One amount. In the log handles and short gaps take half a word and say "missing" by −1, other values by a bit.</summary>
internal sealed class AmountColumn(AmountSource source) : RecordColumn
{
    public AmountSource Source => source;

    public bool IsHalf { get; } = source.Form == WordForm.Handle || (source.IsGap && source.GapLimit <= int.MaxValue);

    public WordForm Form { get; } = source.Form;

    public int Word { get; set; }

    public BitPlace Present { get; set; }

    public HalfPlace Half { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override bool TryGet(long[] store, int record, out long value)
    {
        if (IsHalf)
        {
            value = Half.Get(store, record);
            return value >= 0;
        }
        value = store[record + Word];
        return Present.Get(store, record);
    }

    protected override void Take(Tape tape, in FamilyInput input)
    {
        if (Slot >= 0 && source.GapLimit == 0)
            TakeFrom(input.Amounts[Slot]!, input.Parts.Length > 0 ? input.Parts[Slot] : null, tape);
        else if (Slot >= 0 && source.IsGap)
            TakeGaps(tape);
        else
            TakeOneByOne(tape, input);
    }

    private void TakeFrom(Vector vector, ulong[]? part, Tape tape)
    {
        var (steps, isFed, rows, values, has) = (tape.Steps, tape.IsFed, tape.Rows, Values, Has);
        var (present, longs, doubles, handles) = (vector.Present, vector.Longs, vector.Doubles, vector.Handles);
        for (var step = 0; step < steps; step++)
        {
            var row = rows[step];
            var isPresent = isFed[step] && (present[row >> 6] >> (row & 63) & 1) != 0;
            if (part is not null)
                isPresent &= (part[row >> 6] >> (row & 63) & 1) != 0;
            has[step] = isPresent;
            if (!isPresent)
                continue;
            values[step] = Form switch
            {
                WordForm.Handle => handles[row],
                WordForm.Double => Bits(BitConverter.DoubleToInt64Bits(doubles[row])),
                _ => longs[row],
            };
        }
    }

    private void TakeGaps(Tape tape)
    {
        var (steps, isFed, gaps, values, has, limit) = (tape.Steps, tape.IsFed, tape.Gaps, Values, Has, source.GapLimit);
        for (var step = 0; step < steps; step++)
        {
            var gap = gaps[step];
            values[step] = gap;
            has[step] = isFed[step] && gap >= 0 && gap < limit;
        }
    }

    private void TakeOneByOne(Tape tape, in FamilyInput input)
    {
        for (var step = 0; step < tape.Steps; step++)
        {
            var value = Slot < 0 || !tape.IsFed[step] ? MeasureValue.Missing : Evaluate(input, tape.Rows[step], tape.Gaps[step]);
            Has[step] = value.IsPresent;
            Values[step] = Form == WordForm.Double ? Bits(value.Bits) : value.Bits;
        }
    }

    private MeasureValue Evaluate(in FamilyInput input, int row, long gap) =>
        input.Gap!.Evaluate(Slot, row, gap >= 0 && gap < source.GapLimit ? MeasureValue.Of(gap) : MeasureValue.Missing);

    protected override void Keep(Tape tape)
    {
        var (steps, isFed, records, store, values, has) = (tape.Steps, tape.IsFed, tape.Records, tape.Store, Values, Has);
        for (var step = 0; step < steps; step++)
        {
            if (IsHalf && isFed[step])
                Half.Set(store, records[step], has[step] ? (int)values[step] : -1);
            if (IsHalf || !has[step])
                continue;
            store[records[step] + Word] = values[step];
            Present.Set(store, records[step]);
        }
    }

    // −0 is 0 (E6); as bits they would be two values.
    private static long Bits(long number) => number == long.MinValue ? 0 : number;
}
