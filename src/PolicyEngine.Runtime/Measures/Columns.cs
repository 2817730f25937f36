using System.Runtime.CompilerServices;
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

    /// <summary>Into a record whose bits are clear.</summary>
    public void Fill(long[] store, int record, MeasureValue value)
    {
        if (source.Form == WordForm.Handle)
        {
            Half.Set(store, record, value.IsPresent ? (int)value.Bits : -1);
            return;
        }
        if (!value.IsPresent)
            return;
        // −0 is 0 (E6); as bits they would be two values.
        store[record + Word] = source.Form == WordForm.Double && value.Double == 0 ? 0 : value.Bits;
        Present.Set(store, record);
    }

    /// <summary>The value of a row to come, missing where it depends on what happens until then.</summary>
    public MeasureValue Peek(in FamilyInput input, int row) =>
        source.GapLimit > 0 ? MeasureValue.Missing : Read(input, row, MeasureValue.Missing);

    public MeasureValue Read(in FamilyInput input, int row, MeasureValue gap)
    {
        if (Slot < 0)
            return MeasureValue.Missing;
        if (source.GapLimit > 0 && gap.IsPresent && gap.Bits >= source.GapLimit)
            gap = MeasureValue.Missing;
        if (source.IsGap)
            return gap;
        if (source.ReadsGap)
            return input.Gap!.Evaluate(Slot, row, gap);

        var vector = input.Amounts[Slot]!;
        if (!vector.IsPresent(row))
            return MeasureValue.Missing;
        return source.Form switch
        {
            WordForm.Handle => MeasureValue.Of((long)vector.Handles[row]),
            WordForm.Double => MeasureValue.Of(vector.Doubles[row]),
            _ => MeasureValue.Of(vector.Longs[row]),
        };
    }
}
