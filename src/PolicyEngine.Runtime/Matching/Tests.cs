using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>The positive tests on two values: false as soon as one is missing (E1).</summary>
internal static class Tests
{
    public static bool AreEqual(in Value a, in Value b, bool ignoringCase)
    {
        if (!ignoringCase || !Value.IsTextKind(a.Kind)) return ValueOrder.AreEqual(a, b);
        return !b.IsMissing && CaseFolding.EqualsIgnoringCase(a.Utf8, b.Utf8);
    }

    public static bool Ordered(Op op, in Value a, in Value b) => ValueOrder.Compare(a, b) is { } order && IsOrdered(op, order);

    /// <summary>Whether a difference of this sign is what the operator asks for.</summary>
    public static bool IsOrdered(Op op, int order) => op switch
    {
        Op.Equal => order == 0,
        Op.Less => order < 0,
        Op.LessOrEqual => order <= 0,
        Op.Greater => order > 0,
        _ => order >= 0,
    };

    /// <summary>An element of a list field is equal to the value; a missing list has none.</summary>
    public static bool IsIn(in Value value, in Value list, bool ignoringCase)
    {
        for (var i = 0; i < (list.IsMissing ? 0 : list.Count); i++)
        {
            if (AreEqual(value, list.Item(i), ignoringCase)) return true;
        }
        return false;
    }
}
