using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// One column of a batch: a field as decoded, or what a node computed. Cells of rows that are not present hold rubbish; every kernel
/// masks with <see cref="Present"/>. Only the arrays that the kind needs exist. Bit r of a bitmap is bit r &amp; 63 of word r >> 6;
/// bits at and beyond the batch's count are 0.
/// </summary>
public sealed class Vector
{
    public Vector(ValueKind kind, int capacity, bool slices = false, bool handles = false)
    {
        Kind = kind;
        Capacity = capacity;
        Present = new ulong[(capacity + 63) >> 6];
        switch (kind)
        {
            case ValueKind.Boolean:
                Bits = new ulong[(capacity + 63) >> 6];
                break;
            case ValueKind.Number or ValueKind.Share or ValueKind.Rate:
                Doubles = new double[capacity];
                break;
            case ValueKind.Ip:
                Ips = new Bits128[capacity];
                break;
            case ValueKind.Cidr:
                Ips = new Bits128[capacity];
                Longs = new long[capacity];
                break;
            case ValueKind.Text or ValueKind.Entity or ValueKind.List:
                break;
            default:
                Longs = new long[capacity];
                break;
        }
        if (slices)
        {
            Starts = new int[capacity];
            Lengths = new int[capacity];
        }
        if (handles) Handles = new int[capacity];
    }

    /// <summary>Booleans that are never missing: many such vectors share the bitmap of all rows.</summary>
    internal Vector(ulong[] present)
    {
        Kind = ValueKind.Boolean;
        Capacity = present.Length * 64;
        Present = present;
        Bits = new ulong[present.Length];
    }

    public ValueKind Kind { get; }

    public int Capacity { get; }

    public ulong[] Present { get; }

    /// <summary>Rows where the JSON had an explicit null; only for columns that need it.</summary>
    public ulong[]? Nulls { get; set; }

    /// <summary>The truth of booleans; a subset of <see cref="Present"/>.</summary>
    public ulong[] Bits { get; } = [];

    /// <summary>Cidr: the prefix length on the scale of 128 bits; the network is in <see cref="Ips"/>.</summary>
    public long[] Longs { get; } = [];

    public double[] Doubles { get; } = [];

    public Bits128[] Ips { get; } = [];

    /// <summary>Text as slices of <see cref="Arena"/>. List columns: first element and count in <see cref="Elements"/>.</summary>
    public int[] Starts { get; } = [];

    public int[] Lengths { get; } = [];

    /// <summary>The bytes that slices point into: the batch's text, or a computed column's own.</summary>
    public byte[] Arena { get; set; } = [];

    /// <summary>Dense handles of the domain; −1 where the value is missing.</summary>
    public int[] Handles { get; } = [];

    /// <summary>Elements of list cells.</summary>
    public Vector? Elements { get; set; }

    /// <summary>Elements in use.</summary>
    public int ElementCount { get; set; }

    public bool IsPresent(int row) => (Present[row >> 6] >> (row & 63) & 1) != 0;

    public bool IsTrue(int row) => (Bits[row >> 6] >> (row & 63) & 1) != 0;

    public void SetPresent(int row) => Present[row >> 6] |= 1UL << (row & 63);

    public void SetTrue(int row) => Bits[row >> 6] |= 1UL << (row & 63);

    public ReadOnlySpan<byte> Slice(int row) => Arena.AsSpan(Starts[row], Lengths[row]);

    public void ClearRow(int row)
    {
        var others = ~(1UL << (row & 63));
        Present[row >> 6] &= others;
        if (Bits.Length > 0) Bits[row >> 6] &= others;
        if (Nulls is not null) Nulls[row >> 6] &= others;
    }

    /// <summary>A longer vector with the same cells, for elements of lists: nobody knows beforehand how many there will be.</summary>
    public Vector Enlarge(int capacity)
    {
        var larger = new Vector(Kind, capacity, Starts.Length > 0, Handles.Length > 0) { Arena = Arena };
        Present.CopyTo(larger.Present.AsSpan());
        Bits.CopyTo(larger.Bits.AsSpan());
        Longs.CopyTo(larger.Longs.AsSpan());
        Doubles.CopyTo(larger.Doubles.AsSpan());
        Ips.CopyTo(larger.Ips.AsSpan());
        Starts.CopyTo(larger.Starts.AsSpan());
        Lengths.CopyTo(larger.Lengths.AsSpan());
        Handles.CopyTo(larger.Handles.AsSpan());
        return larger;
    }

    public void Clear(int count)
    {
        var words = (count + 63) >> 6;
        Present.AsSpan(0, words).Clear();
        Bits.AsSpan(0, Math.Min(words, Bits.Length)).Clear();
        Nulls?.AsSpan(0, words).Clear();
    }
}
