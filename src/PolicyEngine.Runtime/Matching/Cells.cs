using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>Reads one cell of a vector as a value.</summary>
public static class Cells
{
    /// <summary><paramref name="table"/>: the table of the vector's handles, or null when only slices can be read.</summary>
    public static Value Read(Vector vector, int row, KeyTable? table)
    {
        if (!vector.IsPresent(row)) return IsNull(vector, row) ? Value.Null : Value.Missing;
        switch (vector.Kind)
        {
            case ValueKind.Boolean:
                return Value.Of(vector.IsTrue(row));
            case ValueKind.Number or ValueKind.Share or ValueKind.Rate:
                return Value.OfDouble(vector.Kind, vector.Doubles[row]);
            case ValueKind.Text or ValueKind.Entity:
                return ReadText(vector, row, table);
            case ValueKind.Ip:
                return Value.OfIp(vector.Ips[row]);
            case ValueKind.Cidr:
                return Value.OfCidr(vector.Ips[row], (int)vector.Longs[row]);
            case ValueKind.List:
                return Value.OfList(vector.Elements!, vector.Starts[row], vector.Lengths[row]);
            default:
                return Value.OfLong(vector.Kind, vector.Longs[row]);
        }
    }

    private static bool IsNull(Vector vector, int row) => vector.Nulls is { } nulls && (nulls[row >> 6] >> (row & 63) & 1) != 0;

    private static Value ReadText(Vector vector, int row, KeyTable? table)
    {
        if (table is not null && vector.Handles.Length > 0) return Value.OfHandle(vector.Kind, table, vector.Handles[row]);
        return Value.OfSlice(vector.Kind, vector.Arena, vector.Starts[row], vector.Lengths[row]);
    }
}
