using System.Globalization;
using System.Text;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Tests.Events;

internal static class Cells
{
    /// <summary>`name=value`, `name=null`, or nothing where the cell is absent.</summary>
    public static string Show(Plan plan, EventBatch batch, int column, int row)
    {
        var name = string.Join('.', plan.Columns[column].Path);
        var vector = batch.Columns[column];
        if (!vector.IsPresent(row)) return (vector.Nulls![row >> 6] >> (row & 63) & 1) != 0 ? $"{name}=null" : "";
        return $"{name}={Value(vector, row, batch.Text)}";
    }

    private static string Value(Vector vector, int at, byte[] text) => vector.Kind switch
    {
        ValueKind.Boolean => vector.IsTrue(at) ? "true" : "false",
        ValueKind.Number => vector.Doubles[at].ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Text or ValueKind.Entity => Encoding.UTF8.GetString(text.AsSpan(vector.Starts[at], vector.Lengths[at])),
        ValueKind.Ip => new IpValue(vector.Ips[at]).ToString(),
        ValueKind.Cidr => $"{new IpValue(vector.Ips[at])}/{vector.Longs[at] - (new IpValue(vector.Ips[at]).IsV4 ? 96 : 0)}",
        ValueKind.List => $"[{string.Join(',', Enumerable.Range(vector.Starts[at], vector.Lengths[at]).Select(e => Value(vector.Elements!, e, text)))}]",
        _ => vector.Longs[at].ToString(CultureInfo.InvariantCulture),
    };
}
