using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>Equality and order of values: exact between integers and doubles (E6), by bytes for texts and entities (E4, E10).</summary>
internal static class ValueOrder
{
    public static bool AreEqual(in Value a, in Value b)
    {
        if (a.IsMissing || b.IsMissing) return false;
        if (Value.IsTextKind(a.Kind)) return Value.IsTextKind(b.Kind) && TextsEqual(a, b);
        if (a.Kind is ValueKind.Ip or ValueKind.Cidr) return a.Kind == b.Kind && a.Network == b.Network && a.PrefixLength == b.PrefixLength;
        if (a.Kind == ValueKind.List) return b.Kind == ValueKind.List && ListsEqual(a, b);
        return IsNumber(b.Kind) && CompareNumbers(a, b) == 0;
    }

    public static int? Compare(in Value a, in Value b) =>
        IsNumber(a.Kind) && IsNumber(b.Kind) ? CompareNumbers(a, b) : null;

    private static bool IsNumber(ValueKind kind) =>
        kind is >= ValueKind.Boolean and <= ValueKind.Rate or ValueKind.Fingerprint;

    private static int CompareNumbers(in Value a, in Value b) => (Value.IsDoubleKind(a.Kind), Value.IsDoubleKind(b.Kind)) switch
    {
        (false, false) => a.Long.CompareTo(b.Long),
        (true, true) => a.Double.CompareTo(b.Double),
        (false, true) => IntegerMath.Compare(a.Long, b.Double),
        (true, false) => -IntegerMath.Compare(b.Long, a.Double),
    };

    private static bool TextsEqual(in Value a, in Value b) =>
        a.Table is { } table && ReferenceEquals(table, b.Table) ? a.Handle == b.Handle : a.Utf8.SequenceEqual(b.Utf8);

    private static bool ListsEqual(in Value a, in Value b)
    {
        if (a.Count != b.Count) return false;
        for (var i = 0; i < a.Count; i++)
        {
            if (!AreEqual(a.Item(i), b.Item(i))) return false;
        }
        return true;
    }
}
