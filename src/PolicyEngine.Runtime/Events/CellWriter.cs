using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Events;

/// <summary>One JSON scalar into one cell, by the kind of the column. False: the value is not of that kind.</summary>
internal sealed class CellWriter
{
    // Years 0001 and 9999: beyond them nothing can be written as a time, and sums of times and spans could overflow.
    private const long Earliest = -62_135_596_800_000;
    private const long Latest = 253_402_300_799_999;

    private TimestampParser timestamps;

    public byte[] Text { get; set; } = [];

    public bool TryPut(Vector vector, int at, in JsonScalar value) => vector.Kind switch
    {
        ValueKind.Text or ValueKind.Entity => TryPutSlice(vector, at, value),
        ValueKind.Boolean => value.Kind == JsonKind.Boolean,
        ValueKind.Number or ValueKind.Share or ValueKind.Rate =>
            value.Kind == JsonKind.Number && JsonNumber.TryNumber(Span(value), out vector.Doubles[at]),
        ValueKind.Time => TryTime(value, out vector.Longs[at], out _),
        ValueKind.Duration => value.Kind == JsonKind.Text
            ? DurationText.TryParse(Span(value), out vector.Longs[at])
            : TryInteger(value, out vector.Longs[at]),
        ValueKind.Ip => TryPutIp(vector, at, value),
        ValueKind.Cidr => TryPutCidr(vector, at, value),
        // Elements of a list that no column reads: anything that stands alone.
        ValueKind.Missing => true,
        _ => TryInteger(value, out vector.Longs[at]),
    };

    /// <summary>RFC 3339, or a number of milliseconds since 1970.</summary>
    public bool TryTime(in JsonScalar value, out long milliseconds, out int sequence)
    {
        sequence = 0;
        var isTime = value.Kind == JsonKind.Text
            ? timestamps.TryParse(Span(value), out milliseconds, out sequence)
            : TryInteger(value, out milliseconds);
        return isTime && milliseconds is >= Earliest and <= Latest;
    }

    public bool TryInteger(in JsonScalar value, out long integer)
    {
        integer = 0;
        return value.Kind == JsonKind.Number && JsonNumber.TryInteger(Span(value), out integer);
    }

    private static bool TryPutSlice(Vector vector, int at, in JsonScalar value)
    {
        vector.Starts[at] = value.Start;
        vector.Lengths[at] = value.Length;
        return value.Kind == JsonKind.Text;
    }

    private bool TryPutIp(Vector vector, int at, in JsonScalar value)
    {
        if (value.Kind != JsonKind.Text || !IpValue.TryParse(Span(value), out var address)) return false;
        vector.Ips[at] = address.Bits;
        return true;
    }

    private bool TryPutCidr(Vector vector, int at, in JsonScalar value)
    {
        if (value.Kind != JsonKind.Text || !CidrValue.TryParse(Span(value), out var network)) return false;
        vector.Ips[at] = network.Network.Bits;
        vector.Longs[at] = network.PrefixLength;
        return true;
    }

    private ReadOnlySpan<byte> Span(in JsonScalar value) => Text.AsSpan(value.Start, value.Length);
}
