using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Events;

/// <summary>Handles for the key columns of a batch, column by column, with the table's slots asked for ahead.</summary>
internal sealed class KeyInterner(Plan plan, KeyTables tables)
{
    /// <summary>A word of bits, and few enough for the slots asked for to be still in the cache when they are needed.</summary>
    private const int Block = 64;

    private readonly UInt128[] hashes = new UInt128[Block];
    private readonly byte[] scratch = new byte[KeyBytes.CidrLength];

    /// <summary>Fills <see cref="Vector.Handles"/> of the rows in order; other rows' handles are rubbish.</summary>
    public void Intern(EventBatch batch)
    {
        var order = batch.Order.AsSpan(0, batch.OrderCount);
        foreach (var column in plan.Columns)
        {
            if (column.Domain < 0) continue;
            var vector = batch.Columns[column.Index];
            var table = tables[column.Domain];
            if (column.Kind != ValueKind.List) Intern(table, vector, order);
            else InternElements(table, vector, order);
        }
    }

    private void Intern(KeyTable table, Vector vector, ReadOnlySpan<int> order)
    {
        for (var from = 0; from < order.Length; from += Block)
        {
            var rows = order.Slice(from, Math.Min(Block, order.Length - from));
            Announce(table, vector, rows, out var present, out var repeated);
            Take(table, vector, rows, present, repeated);
        }
    }

    /// <summary>Bits by place in the rows: those that have a key, and those whose key is that of the one before, which need no hash.</summary>
    private void Announce(KeyTable table, Vector vector, ReadOnlySpan<int> rows, out ulong present, out ulong repeated)
    {
        present = 0;
        repeated = 0;
        var isSliced = vector.Kind is ValueKind.Text or ValueKind.Entity;
        ReadOnlySpan<byte> arena = vector.Arena, before = default;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            if (!vector.IsPresent(row)) continue;
            present |= 1UL << i;
            ReadOnlySpan<byte> key;
            if (isSliced)
            {
                key = arena.Slice(vector.Starts[row], vector.Lengths[row]);
                if (i > 0 && (present >> (i - 1) & 1) != 0 && key.SequenceEqual(before))
                {
                    repeated |= 1UL << i;
                    continue;
                }
                before = key;
            }
            else
            {
                key = Key(vector, row);
            }
            var hashed = table.Hash(key);
            hashes[i] = hashed;
            table.Prefetch(hashed);
        }
    }

    private void Take(KeyTable table, Vector vector, ReadOnlySpan<int> rows, ulong present, ulong repeated)
    {
        var handle = -1;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            if ((present >> i & 1) == 0) handle = -1;
            else if ((repeated >> i & 1) == 0) handle = table.InternHashed(Key(vector, row), hashes[i]);
            vector.Handles[row] = handle;
        }
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
