using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>Columns against a constant or another column, 64 rows to a word of the result, masked with the rows that count.</summary>
internal static class Comparisons
{
    private const int WordBits = 64;

    public static void Compare<T>(Op op, ReadOnlySpan<T> values, T constant, ReadOnlySpan<ulong> mask, Span<ulong> bits)
        where T : unmanaged, IComparisonOperators<T, T, bool>
    {
        switch (op)
        {
            case Op.Equal:
                Run<T, IsEqual>(values, constant, mask, bits);
                break;
            case Op.Less:
                Run<T, IsLess>(values, constant, mask, bits);
                break;
            case Op.LessOrEqual:
                Run<T, IsLessOrEqual>(values, constant, mask, bits);
                break;
            case Op.Greater:
                Run<T, IsGreater>(values, constant, mask, bits);
                break;
            default:
                Run<T, IsGreaterOrEqual>(values, constant, mask, bits);
                break;
        }
    }

    public static void Compare<T>(Op op, ReadOnlySpan<T> left, ReadOnlySpan<T> right, ReadOnlySpan<ulong> mask, Span<ulong> bits)
        where T : unmanaged, IComparisonOperators<T, T, bool>
    {
        switch (op)
        {
            case Op.Equal:
                Run<T, IsEqual>(left, right, mask, bits);
                break;
            case Op.Less:
                Run<T, IsLess>(left, right, mask, bits);
                break;
            case Op.LessOrEqual:
                Run<T, IsLessOrEqual>(left, right, mask, bits);
                break;
            case Op.Greater:
                Run<T, IsLess>(right, left, mask, bits);
                break;
            default:
                Run<T, IsLessOrEqual>(right, left, mask, bits);
                break;
        }
    }

    private static void Run<T, TTest>(ReadOnlySpan<T> values, T constant, ReadOnlySpan<ulong> mask, Span<ulong> bits)
        where T : unmanaged, IComparisonOperators<T, T, bool>
        where TTest : ITest
    {
        var wanted = Vector512.Create(constant);
        ref var start = ref MemoryMarshal.GetReference(values);
        for (var word = 0; word < mask.Length; word++)
        {
            var found = 0UL;
            if (mask[word] != 0)
            {
                var at = word * WordBits;
                var rows = Math.Min(WordBits, values.Length - at);
                var i = 0;
                for (; i <= rows - Vector512<T>.Count; i += Vector512<T>.Count)
                    found |= TTest.Test(Vector512.LoadUnsafe(ref start, (nuint)(at + i)), wanted).ExtractMostSignificantBits() << i;
                for (; i < rows; i++)
                    found |= (TTest.Test(values[at + i], constant) ? 1UL : 0) << i;
            }
            bits[word] = found & mask[word];
        }
    }

    private static void Run<T, TTest>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, ReadOnlySpan<ulong> mask, Span<ulong> bits)
        where T : unmanaged, IComparisonOperators<T, T, bool>
        where TTest : ITest
    {
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        var length = Math.Min(left.Length, right.Length);
        for (var word = 0; word < mask.Length; word++)
        {
            var found = 0UL;
            if (mask[word] != 0)
            {
                var at = word * WordBits;
                var rows = Math.Min(WordBits, length - at);
                var i = 0;
                for (; i <= rows - Vector512<T>.Count; i += Vector512<T>.Count)
                {
                    var test = TTest.Test(Vector512.LoadUnsafe(ref a, (nuint)(at + i)), Vector512.LoadUnsafe(ref b, (nuint)(at + i)));
                    found |= test.ExtractMostSignificantBits() << i;
                }
                for (; i < rows; i++)
                    found |= (TTest.Test(left[at + i], right[at + i]) ? 1UL : 0) << i;
            }
            bits[word] = found & mask[word];
        }
    }

    private interface ITest
    {
        static abstract Vector512<T> Test<T>(Vector512<T> a, Vector512<T> b);

        static abstract bool Test<T>(T a, T b) where T : IComparisonOperators<T, T, bool>;
    }

    private readonly struct IsEqual : ITest
    {
        public static Vector512<T> Test<T>(Vector512<T> a, Vector512<T> b) => Vector512.Equals(a, b);

        public static bool Test<T>(T a, T b) where T : IComparisonOperators<T, T, bool> => a == b;
    }

    private readonly struct IsLess : ITest
    {
        public static Vector512<T> Test<T>(Vector512<T> a, Vector512<T> b) => Vector512.LessThan(a, b);

        public static bool Test<T>(T a, T b) where T : IComparisonOperators<T, T, bool> => a < b;
    }

    private readonly struct IsLessOrEqual : ITest
    {
        public static Vector512<T> Test<T>(Vector512<T> a, Vector512<T> b) => Vector512.LessThanOrEqual(a, b);

        public static bool Test<T>(T a, T b) where T : IComparisonOperators<T, T, bool> => a <= b;
    }

    private readonly struct IsGreater : ITest
    {
        public static Vector512<T> Test<T>(Vector512<T> a, Vector512<T> b) => Vector512.GreaterThan(a, b);

        public static bool Test<T>(T a, T b) where T : IComparisonOperators<T, T, bool> => a > b;
    }

    private readonly struct IsGreaterOrEqual : ITest
    {
        public static Vector512<T> Test<T>(Vector512<T> a, Vector512<T> b) => Vector512.GreaterThanOrEqual(a, b);

        public static bool Test<T>(T a, T b) where T : IComparisonOperators<T, T, bool> => a >= b;
    }
}
