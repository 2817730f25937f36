using System.Numerics;
using System.Runtime.CompilerServices;
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
        ref var result = ref MemoryMarshal.GetReference(bits);
        var whole = Math.Min(mask.Length, values.Length / WordBits);
        for (var word = 0; word < whole; word++)
        {
            ref var block = ref Unsafe.Add(ref start, word * WordBits);
            // Two chains, or each shift would wait for the one before.
            ulong even = 0, odd = 0;
            for (var i = 0; i < WordBits; i += 2 * Vector512<T>.Count)
            {
                even |= TTest.Test(Vector512.LoadUnsafe(ref block, (nuint)i), wanted).ExtractMostSignificantBits() << i;
                odd |= TTest.Test(Vector512.LoadUnsafe(ref block, (nuint)(i + Vector512<T>.Count)), wanted).ExtractMostSignificantBits() << i;
            }
            Unsafe.Add(ref result, word) = (even | odd << Vector512<T>.Count) & mask[word];
        }
        if (whole < mask.Length) bits[whole] = Rest<T, TTest>(values[(whole * WordBits)..], constant) & mask[whole];
    }

    /// <summary>The rows of the last word, when the column ends within it.</summary>
    private static ulong Rest<T, TTest>(ReadOnlySpan<T> values, T constant)
        where T : unmanaged, IComparisonOperators<T, T, bool>
        where TTest : ITest
    {
        var found = 0UL;
        var i = 0;
        for (; i <= values.Length - Vector512<T>.Count; i += Vector512<T>.Count)
            found |= TTest.Test(Vector512.Create(values[i..]), Vector512.Create(constant)).ExtractMostSignificantBits() << i;
        for (; i < values.Length; i++)
            found |= (TTest.Test(values[i], constant) ? 1UL : 0) << i;
        return found;
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
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Test<T>(Vector512<T> a, Vector512<T> b) => Vector512.Equals(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Test<T>(T a, T b) where T : IComparisonOperators<T, T, bool> => a == b;
    }

    private readonly struct IsLess : ITest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Test<T>(Vector512<T> a, Vector512<T> b) => Vector512.LessThan(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Test<T>(T a, T b) where T : IComparisonOperators<T, T, bool> => a < b;
    }

    private readonly struct IsLessOrEqual : ITest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Test<T>(Vector512<T> a, Vector512<T> b) => Vector512.LessThanOrEqual(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Test<T>(T a, T b) where T : IComparisonOperators<T, T, bool> => a <= b;
    }

    private readonly struct IsGreater : ITest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Test<T>(Vector512<T> a, Vector512<T> b) => Vector512.GreaterThan(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Test<T>(T a, T b) where T : IComparisonOperators<T, T, bool> => a > b;
    }

    private readonly struct IsGreaterOrEqual : ITest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Test<T>(Vector512<T> a, Vector512<T> b) => Vector512.GreaterThanOrEqual(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Test<T>(T a, T b) where T : IComparisonOperators<T, T, bool> => a >= b;
    }
}
