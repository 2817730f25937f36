using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Events;

/// <summary>Handles for the key columns of a batch, column by column, with the table's slots asked for ahead.</summary>
internal sealed class KeyInterner(Plan plan, KeyTables tables)
{
    /// <summary>A word of bits, and few enough for the slots asked for to be still in the cache when they are needed.</summary>
    private const int Block = 64;

    private readonly ColumnPlan[] columns = [.. plan.Columns.Where(c => c.Domain >= 0)];
    private readonly KeyProbe[] probes = new KeyProbe[Block];
    private readonly byte[] scratch = new byte[KeyBytes.CidrLength];

    /// <summary>How many of the batch's rows in order have their handles.</summary>
    private int done;

    public void Begin() => done = 0;

    /// <summary>
    /// Fills <see cref="Vector.Handles"/> of the rows in order, as soon as there are some: their text is then still at hand. Other
    /// rows' handles are rubbish.
    /// </summary>
    public void Advance(EventBatch batch, bool isComplete)
    {
        while (batch.OrderCount - done >= Block || (isComplete && done < batch.OrderCount))
        {
            var rows = batch.Order.AsSpan(done, Math.Min(Block, batch.OrderCount - done));
            var isRun = IsRun(rows);
            foreach (var column in columns) Intern(tables[column.Domain], batch.Columns[column.Index], batch.Text, rows, isRun);
            done += rows.Length;
        }
    }

    private void Intern(KeyTable table, Vector vector, byte[] text, ReadOnlySpan<int> rows, bool isRun)
    {
        vector.Arena = text;
        if (vector.Kind == ValueKind.List)
        {
            vector.Elements!.Arena = text;
            InternElements(table, vector, rows);
            return;
        }
        var present = isRun ? PresentInRun(vector, rows[0], rows.Length) : PresentIn(vector, rows);
        // Most columns belong to other types of event than most rows.
        if (isRun && present == 0) vector.Handles.AsSpan(rows[0], rows.Length).Fill(-1);
        else if (vector.Kind is ValueKind.Text or ValueKind.Entity) InternSlices(table, vector, rows, present);
        else InternValues(table, vector, rows, present);
    }

    private void InternValues(KeyTable table, Vector vector, ReadOnlySpan<int> rows, ulong present)
    {
        for (var i = 0; i < rows.Length; i++) vector.Handles[rows[i]] = (present >> i & 1) != 0 ? table.Intern(Key(vector, rows[i])) : -1;
    }

    private void InternSlices(KeyTable table, Vector vector, ReadOnlySpan<int> rows, ulong present)
    {
        // The text of a batch goes on for longer than any key that is read as a whole.
        ref var arena = ref MemoryMarshal.GetArrayDataReference(vector.Arena);
        for (var left = present; left != 0; left &= left - 1)
        {
            var i = BitOperations.TrailingZeroCount(left);
            ref var probe = ref probes[i];
            probe = table.ProbePadded(ref Unsafe.Add(ref arena, vector.Starts[rows[i]]), vector.Lengths[rows[i]]);
            table.Prefetch(probe);
        }
        var handles = vector.Handles;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            handles[row] = (present >> i & 1) != 0 ? table.Intern(vector.Slice(row), probes[i]) : -1;
        }
    }

    /// <summary>Bits by place in the rows: those that have a value.</summary>
    private static ulong PresentIn(Vector vector, ReadOnlySpan<int> rows)
    {
        ulong present = 0;
        for (var i = 0; i < rows.Length; i++)
            if (vector.IsPresent(rows[i])) present |= 1UL << i;
        return present;
    }

    private static ulong PresentInRun(Vector vector, int first, int count)
    {
        var (word, shift) = (first >> 6, first & 63);
        var present = vector.Present[word] >> shift;
        if (shift + count > 64) present |= vector.Present[word + 1] << (64 - shift);
        return present & (ulong.MaxValue >> (64 - count));
    }

    private static bool IsRun(ReadOnlySpan<int> rows)
    {
        for (var i = 1; i < rows.Length; i++)
            if (rows[i] != rows[0] + i) return false;
        return true;
    }

    private void InternElements(KeyTable table, Vector list, ReadOnlySpan<int> order)
    {
        var elements = list.Elements!;
        foreach (var row in order)
        {
            if (!list.IsPresent(row)) continue;
            for (var at = list.Starts[row]; at < list.Starts[row] + list.Lengths[row]; at++)
                elements.Handles[at] = table.Intern(Key(elements, at));
        }
    }

    private ReadOnlySpan<byte> Key(Vector vector, int at) => vector.Kind switch
    {
        ValueKind.Text or ValueKind.Entity => vector.Slice(at),
        ValueKind.Ip => KeyBytes.OfIp(vector.Ips[at], scratch),
        ValueKind.Cidr => KeyBytes.OfCidr(vector.Ips[at], (int)vector.Longs[at], scratch),
        ValueKind.Number or ValueKind.Share or ValueKind.Rate => KeyBytes.OfNumber(vector.Doubles[at], scratch),
        ValueKind.Boolean => KeyBytes.OfLong(vector.IsTrue(at) ? 1 : 0, scratch),
        _ => KeyBytes.OfLong(vector.Longs[at], scratch),
    };
}
