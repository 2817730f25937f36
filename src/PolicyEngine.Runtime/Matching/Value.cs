using System.Diagnostics;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// One value of the language, 32 bytes, without allocation. Text is a slice of an array or a handle of a key table; entities likewise;
/// lists are arrays of values or element vectors. Slices of scratch or of a batch are valid while the row is in hand.
/// </summary>
[DebuggerDisplay("{ToString()}")]
public readonly struct Value
{
    private readonly object? _holder;
    private readonly ulong _high;
    private readonly ulong _low;

    private Value(ValueKind kind, object? holder, ulong high, ulong low, byte prefixLength = 0)
    {
        Kind = kind;
        _holder = holder;
        _high = high;
        _low = low;
        PrefixLength = prefixLength;
    }

    public static readonly Value Missing;

    /// <summary>An explicit null: missing for every operator but `is null`.</summary>
    public static readonly Value Null = new(ValueKind.Null, null, 0, 0);

    public static readonly Value True = Of(true);

    public static readonly Value False = Of(false);

    public ValueKind Kind { get; }

    /// <summary>Of a cidr, counted on the 128-bit scale.</summary>
    public byte PrefixLength { get; }

    public bool IsMissing => Kind <= ValueKind.Null;

    public bool IsTrue => Kind == ValueKind.Boolean && _low != 0;

    /// <summary>Boolean (0/1), integer, time and duration (milliseconds), fingerprint.</summary>
    public long Long => (long)_low;

    /// <summary>Number, share, rate (per second).</summary>
    public double Double => BitConverter.UInt64BitsToDouble(_low);

    /// <summary>The number whichever way it is held; integers are converted.</summary>
    public double AsDouble => IsDoubleKind(Kind) ? Double : Long;

    public IpValue Ip => new(new Bits128(_high, _low));

    /// <summary>The network's address; with <see cref="PrefixLength"/> the cidr.</summary>
    public Bits128 Network => new(_high, _low);

    /// <summary>The table that this text or entity is a handle of; null for slices.</summary>
    public KeyTable? Table => _holder as KeyTable;

    /// <summary>Handle in <see cref="Table"/>.</summary>
    public int Handle => (int)_low;

    /// <summary>Texts and entities: the UTF-8 bytes.</summary>
    public ReadOnlySpan<byte> Utf8 => _holder switch
    {
        byte[] bytes => bytes.AsSpan((int)_high, (int)_low),
        KeyTable table => table.Bytes((int)_low),
        _ => default,
    };

    /// <summary>Number of elements of a list.</summary>
    public int Count => (int)_low;

    public static Value Of(bool value) => new(ValueKind.Boolean, null, 0, value ? 1UL : 0);

    /// <summary>Integer, time, duration, fingerprint or boolean.</summary>
    public static Value OfLong(ValueKind kind, long value) => new(kind, null, 0, (ulong)value);

    /// <summary>Number, share or rate; missing when not finite (E2); −0 becomes 0 (E6).</summary>
    public static Value OfDouble(ValueKind kind, double value) =>
        double.IsFinite(value) ? new(kind, null, 0, BitConverter.DoubleToUInt64Bits(value + 0.0)) : Missing;

    public static Value OfText(byte[] bytes) => OfText(bytes, 0, bytes.Length);

    public static Value OfText(byte[] bytes, int start, int length) => new(ValueKind.Text, bytes, (ulong)start, (ulong)length);

    /// <summary>An entity whose id is a slice, or a text: by <paramref name="kind"/>.</summary>
    public static Value OfSlice(ValueKind kind, byte[] bytes, int start, int length) => new(kind, bytes, (ulong)start, (ulong)length);

    /// <summary>A text or entity that is interned in <paramref name="table"/>.</summary>
    public static Value OfHandle(ValueKind kind, KeyTable table, int handle) => new(kind, table, 0, (uint)handle);

    public static Value OfIp(Bits128 bits) => new(ValueKind.Ip, null, bits.High, bits.Low);

    /// <summary>A network; <paramref name="prefixLength"/> on the 128-bit scale.</summary>
    public static Value OfCidr(Bits128 network, int prefixLength) =>
        new(ValueKind.Cidr, null, network.High, network.Low, (byte)prefixLength);

    public static Value OfList(Value[] items) => new(ValueKind.List, items, 0, (ulong)items.Length);

    /// <summary>The <paramref name="count"/> elements of <paramref name="elements"/> from <paramref name="start"/>.</summary>
    public static Value OfList(Vector elements, int start, int count) => new(ValueKind.List, elements, (ulong)start, (ulong)count);

    public static Value Of(Constant constant) => constant.Kind switch
    {
        ValueKind.Missing => Missing,
        ValueKind.Null => Null,
        ValueKind.Number or ValueKind.Share or ValueKind.Rate => OfDouble(constant.Kind, constant.Double),
        ValueKind.Text or ValueKind.Entity => OfSlice(constant.Kind, constant.Text, 0, constant.Text.Length),
        ValueKind.Ip => OfIp(constant.Ip),
        ValueKind.Cidr => OfCidr(constant.Ip, constant.PrefixLength),
        ValueKind.List => OfList([.. constant.Items.Select(Of)]),
        _ => OfLong(constant.Kind, constant.Long),
    };

    /// <summary>Element <paramref name="index"/> of a list.</summary>
    public Value Item(int index) => _holder switch
    {
        Value[] items => items[index],
        Vector elements => Cells.Read(elements, (int)_high + index, null),
        _ => Missing,
    };

    /// <summary>Whether the two are equal (E1: never when a side is missing; E4, E6).</summary>
    public static bool AreEqual(in Value a, in Value b) => ValueOrder.AreEqual(a, b);

    /// <summary>The sign of a − b; null when they have no order or one is missing.</summary>
    public static int? Compare(in Value a, in Value b) => ValueOrder.Compare(a, b);

    /// <summary>The same value without the table it came from, so that it can be kept.</summary>
    public Value Detach() => Kind is ValueKind.Text or ValueKind.Entity ? OfSlice(Kind, Utf8.ToArray(), 0, Utf8.Length) : this;

    /// <summary>The same value without anything that ends with its batch or row: texts of tables stay what they are, slices are copied.</summary>
    public Value Keep() => Kind switch
    {
        ValueKind.Text or ValueKind.Entity => Table is null ? Detach() : this,
        ValueKind.List => OfList(Items()),
        _ => this,
    };

    private Value[] Items()
    {
        var items = new Value[Count];
        for (var i = 0; i < items.Length; i++) items[i] = Item(i).Keep();
        return items;
    }

    public override string ToString() => ValueText.ToText(this);

    internal static bool IsDoubleKind(ValueKind kind) => kind is ValueKind.Number or ValueKind.Share or ValueKind.Rate;

    internal static bool IsTextKind(ValueKind kind) => kind is ValueKind.Text or ValueKind.Entity;
}
