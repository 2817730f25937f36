using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Events;

/// <summary>Handles for the key columns of a batch, column by column, with the table's slots asked for ahead.</summary>
internal sealed class KeyInterner(Plan plan, KeyTables tables)
{
    private const int Ahead = 12;
    private const int Ring = 16;

    private readonly UInt128[] hashes = new UInt128[Ring];
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
        for (var i = 0; i < order.Length + Ahead; i++)
        {
            if (i < order.Length && vector.IsPresent(order[i]))
            {
                hashes[i % Ring] = table.Hash(Key(vector, order[i]));
                table.Prefetch(hashes[i % Ring]);
            }
            if (i < Ahead) continue;
            var row = order[i - Ahead];
            vector.Handles[row] = vector.IsPresent(row) ? table.InternHashed(Key(vector, row), hashes[(i - Ahead) % Ring]) : -1;
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
