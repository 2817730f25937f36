using System.Buffers;
using System.Numerics;

namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// `similarity`: how much of two texts' wording is the same, as a share. Each text is the set of its runs of four scalars,
/// ignoring case, blanks counted as one; the result is 2·(common runs) / (runs of a + runs of b). Texts shorter than four scalars
/// are one run. Equal texts give 1, texts without a common run 0; two empty ones are equal. Only the first 4 KiB of each are
/// read.
/// </summary>
public static class Similarity
{
    public const int MaxBytes = 4096;
    private const int RunScalars = 4;
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    public static double Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        a = Utf8Text.Prefix(a, MaxBytes);
        b = Utf8Text.Prefix(b, MaxBytes);
        if (a.IsEmpty || b.IsEmpty || a.SequenceEqual(b))
            return a.Length == b.Length ? 1 : 0;

        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(a.Length, b.Length) * 2);
        var rented = ArrayPool<ulong>.Shared.Rent(2 * size);
        var first = rented.AsSpan(0, size);
        var second = rented.AsSpan(size, size);
        first.Clear();
        second.Clear();
        var runsOfA = Collect(a, first, [], out _);
        var runsOfB = Collect(b, second, first, out var common);
        ArrayPool<ulong>.Shared.Return(rented);
        return 2.0 * common / (runsOfA + runsOfB);
    }

    /// <summary>
    /// Puts the runs of a text into a table and counts those it did not hold yet, and those of them that the other one holds.
    /// </summary>
    private static int Collect(ReadOnlySpan<byte> text, Span<ulong> table, ReadOnlySpan<ulong> other, out int common)
    {
        using var folded = new FoldedText(text, ignoringCase: true, stackalloc byte[FoldedText.StackLength]);
        var scalars = new RunReader(folded.Text);
        var runs = 0;
        common = 0;
        while (scalars.TryRead(out var run))
        {
            if (!Add(table, run))
                continue;
            runs++;
            if (!other.IsEmpty && table[Find(table, run)] == other[Find(other, run)])
                common++;
        }
        return runs;
    }

    private static bool Add(Span<ulong> table, ulong run)
    {
        var slot = Find(table, run);
        var isNew = table[slot] == 0;
        table[slot] = run;
        return isNew;
    }

    private static int Find(ReadOnlySpan<ulong> table, ulong run)
    {
        var mask = table.Length - 1;
        var slot = (int)(run >> 32) & mask;
        while (table[slot] != 0 && table[slot] != run)
            slot = (slot + 1) & mask;
        return slot;
    }

    /// <summary>Gives each run of four scalars as a hash that is never 0.</summary>
    private ref struct RunReader(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> text = text;
        private int at;
        private int read;
        private bool done;
        private bool afterBlank;
        private UInt128 window;

        internal bool TryRead(out ulong run)
        {
            while (!done)
            {
                if (at >= text.Length)
                {
                    done = true;
                    run = Hash(window);
                    // A text of fewer scalars is one run; a longer one has given its last already.
                    return read < RunScalars;
                }
                var scalar = NextScalar();
                var isBlank = scalar <= ' ';
                if (isBlank && afterBlank)
                    continue;
                afterBlank = isBlank;
                window = (window << 32) | (isBlank ? ' ' : scalar);
                if (++read >= RunScalars)
                {
                    run = Hash(window);
                    return true;
                }
            }
            run = 0;
            return false;
        }

        private uint NextScalar()
        {
            uint scalar = text[at++];
            while (at < text.Length && (text[at] & 0xC0) == 0x80)
                scalar = (scalar << 8) | text[at++];
            return scalar;
        }

        private static ulong Hash(UInt128 window)
        {
            var hash = ((ulong)(window >> 64) * Multiplier) ^ (ulong)window;
            hash = (hash ^ (hash >> 32)) * Multiplier;
            return (hash ^ (hash >> 29)) | 1;
        }
    }
}
