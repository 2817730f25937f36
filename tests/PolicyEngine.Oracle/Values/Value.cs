using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;

namespace PolicyEngine.Oracle.Values;

/// <summary>An entity's key: the name of its type and its id.</summary>
public sealed record EntityKey(string Type, string Id)
{
    public override string ToString() => $"{Type} {Id}";
}

/// <summary>
/// Values are plain objects: string, long (integer, time, duration), double (number, share, rate), bool, EntityKey, IPAddress,
/// IPNetwork, lists of objects. A C# null is an absent value, <see cref="Null"/> a written null; both are missing (E1).
/// </summary>
internal static class Value
{
    public static readonly object Null = new();

    public static bool IsMissing(object? value) => value is null || ReferenceEquals(value, Null);

    /// <summary>UTF-8 byte order.</summary>
    public static int CompareBytes(string a, string b) =>
        Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b));

    /// <summary>Equality of two present values, as `=` has it.</summary>
    public static bool Same(object a, object b, bool ignoringCase = false) => (a, b) switch
    {
        (EntityKey left, EntityKey right) => left == right || (ignoringCase && left.Type == right.Type && SameText(left.Id, right.Id, true)),
        (EntityKey left, string right) => SameText(left.Id, right, ignoringCase),
        (string left, EntityKey right) => SameText(left, right.Id, ignoringCase),
        (string left, string right) => SameText(left, right, ignoringCase),
        (bool left, bool right) => left == right,
        (IPAddress left, IPAddress right) => left.Equals(right),
        (IPNetwork left, IPNetwork right) => left.Equals(right),
        (IReadOnlyList<object> left, IReadOnlyList<object> right) =>
            left.Count == right.Count && left.Zip(right).All(pair => Same(pair.First, pair.Second, ignoringCase)),
        _ => CompareNumbers(a, b) == 0,
    };

    /// <summary>The sign of a − b, exactly, for longs and doubles in any mixture (E6).</summary>
    public static int CompareNumbers(object a, object b) => (a, b) switch
    {
        (long left, long right) => left.CompareTo(right),
        (double left, double right) => left < right ? -1 : left > right ? 1 : 0,
        (long left, double right) => CompareExact(left, right),
        (double left, long right) => -CompareExact(right, left),
        _ => throw new InvalidOperationException($"not comparable: {a} and {b}"),
    };

    private static int CompareExact(long left, double right)
    {
        var floor = Math.Floor(right);
        var order = new BigInteger(left).CompareTo(new BigInteger(floor));
        return order != 0 ? order : right > floor ? -1 : 0;
    }

    private static bool SameText(string a, string b, bool ignoringCase) =>
        ignoringCase ? Fold(a) == Fold(b) : string.Equals(a, b, StringComparison.Ordinal);

    /// <summary>Each scalar to its simple upper case (E10).</summary>
    public static string Fold(string text) => string.Concat(text.EnumerateRunes().Select(rune => Rune.ToUpperInvariant(rune).ToString()));

    /// <summary>A text that two present values share exactly when they are the same key or the same counted value.</summary>
    public static string Canonical(object value) => value switch
    {
        string text => "t" + text,
        EntityKey entity => $"e{entity.Type}\u0001{entity.Id}",
        long whole => "n" + whole.ToString(CultureInfo.InvariantCulture),
        double number => CanonicalNumber(number),
        bool truth => truth ? "b1" : "b0",
        _ => "o" + value,
    };

    private static string CanonicalNumber(double number) =>
        number == Math.Floor(number) && Math.Abs(number) < 9e18
            ? "n" + ((long)number).ToString(CultureInfo.InvariantCulture)
            : "d" + number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The text that stands for a part of a key in a record.</summary>
    public static string KeyText(object value) => value switch
    {
        EntityKey entity => entity.Id,
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    public static long FloorDivide(long value, long cell) => value >= 0 ? value / cell : -((-value + cell - 1) / cell);

    public static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    public static bool Contains(IPNetwork network, IPAddress address) =>
        network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address);
}
