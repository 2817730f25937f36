using System.Buffers.Binary;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Matching;

/// <summary>Values to handles of a key table and back, by the spelling of <see cref="KeyBytes"/>.</summary>
public static class KeyValues
{
    /// <summary>The handle of a value; −1 when it is missing. A list is no key.</summary>
    public static int Intern(KeyTable table, in Value value)
    {
        if (value.IsMissing || value.Kind == ValueKind.List) return -1;
        if (ReferenceEquals(value.Table, table)) return value.Handle;
        Span<byte> bytes = stackalloc byte[KeyBytes.CidrLength];
        return table.Intern(Spell(value, bytes));
    }

    /// <summary>The bytes that stand for a value in its domain; <paramref name="destination"/> holds 17.</summary>
    public static ReadOnlySpan<byte> Spell(in Value value, Span<byte> destination) => value.Kind switch
    {
        ValueKind.Text or ValueKind.Entity => value.Utf8,
        ValueKind.Ip => KeyBytes.OfIp(value.Network, destination),
        ValueKind.Cidr => KeyBytes.OfCidr(value.Network, value.PrefixLength, destination),
        ValueKind.Number or ValueKind.Share or ValueKind.Rate => KeyBytes.OfNumber(value.Double, destination),
        _ => KeyBytes.OfLong(value.Long, destination),
    };

    /// <summary>The value of <paramref name="kind"/> behind a handle; missing for −1.</summary>
    public static Value Read(KeyTable table, int handle, ValueKind kind)
    {
        if (handle < 0) return Value.Missing;
        switch (kind)
        {
            case ValueKind.Text or ValueKind.Entity:
                return Value.OfHandle(kind, table, handle);
            case ValueKind.Ip:
                return Value.OfIp(Bits128.Read(table.Bytes(handle)));
            case ValueKind.Cidr:
                var bytes = table.Bytes(handle);
                return Value.OfCidr(Bits128.Read(bytes), bytes[KeyBytes.IpLength]);
            case ValueKind.Number or ValueKind.Share or ValueKind.Rate:
                return Value.OfDouble(kind, BinaryPrimitives.ReadDoubleBigEndian(table.Bytes(handle)));
            default:
                return Value.OfLong(kind, BinaryPrimitives.ReadInt64BigEndian(table.Bytes(handle)));
        }
    }
}
