using System.Buffers;
using System.Text;

namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// `normalise`: compatibility composition (NFKC), without zero-width and direction marks, look-alikes of Latin letters made
/// Latin, lower case — all from one committed table, since the platform without ICU would return the text unchanged. Doing it
/// twice changes nothing.
/// </summary>
/// <remarks>
/// Text that is honestly Cyrillic or Greek comes out mixed with Latin letters: compare it with literals that were normalised too.
/// </remarks>
public static class Normalise
{
    public static string UnicodeVersion => NormaliseTable.UnicodeVersion;

    /// <summary>Appends the normalised text to the buffer.</summary>
    public static void Apply(ReadOnlySpan<byte> text, TextBuffer output)
    {
        var destination = output.Reserve(text.Length);
        Ascii.ToLower(text, destination, out var ascii);
        if (ascii == text.Length)
        {
            output.Advance(ascii);
            return;
        }
        // The last ASCII letter may take a mark that follows it.
        var plain = Math.Max(ascii - 1, 0);
        output.Advance(plain);
        ApplyUnicode(text[plain..], output);
    }

    private static void ApplyUnicode(ReadOnlySpan<byte> text, TextBuffer output)
    {
        // Eighteen scalars is the longest that one becomes; most become one, so the array grows when it must.
        var scalars = ArrayPool<int>.Shared.Rent(text.Length + 32);
        var count = 0;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var length);
            text = text[length..];
            if (scalars.Length - count < 32)
                scalars = Grow(scalars, count);
            count += Map(rune.Value, scalars.AsSpan(count));
        }
        var all = scalars.AsSpan(0, count);
        Reorder(all);
        all = all[..Compose(all)];
        Encode(all, output);
        ArrayPool<int>.Shared.Return(scalars);
    }

    private static int[] Grow(int[] scalars, int count)
    {
        var larger = ArrayPool<int>.Shared.Rent(scalars.Length * 2);
        scalars.AsSpan(0, count).CopyTo(larger);
        ArrayPool<int>.Shared.Return(scalars);
        return larger;
    }

    private static int Map(int scalar, Span<int> output)
    {
        if (NormaliseData.Instance.TryMap(scalar, out var target))
        {
            target.CopyTo(output);
            return target.Length;
        }
        output[0] = scalar;
        return 1;
    }

    /// <summary>Marks between two starters go into the order of their classes; equal ones keep theirs.</summary>
    private static void Reorder(Span<int> scalars)
    {
        var data = NormaliseData.Instance;
        for (var i = 0; i < scalars.Length;)
        {
            if (data.ClassOf(scalars[i]) == 0)
            {
                i++;
                continue;
            }
            var end = i + 1;
            while (end < scalars.Length && data.ClassOf(scalars[end]) != 0)
                end++;
            SortMarks(scalars[i..end], data);
            i = end;
        }
    }

    private static void SortMarks(Span<int> marks, NormaliseData data)
    {
        if (marks.Length > MarksSortedByInsertion)
        {
            SortManyMarks(marks, data);
            return;
        }
        for (var i = 1; i < marks.Length; i++)
        {
            var mark = marks[i];
            var rank = data.ClassOf(mark);
            var at = i;
            for (; at > 0 && data.ClassOf(marks[at - 1]) > rank; at--)
                marks[at] = marks[at - 1];
            marks[at] = mark;
        }
    }

    private const int MarksSortedByInsertion = 32;

    /// <summary>Text stuffed with marks must not cost the square of their number: counted out class by class instead.</summary>
    private static void SortManyMarks(Span<int> marks, NormaliseData data)
    {
        Span<int> starts = stackalloc int[257];
        starts.Clear();
        foreach (var mark in marks)
            starts[data.ClassOf(mark) + 1]++;
        for (var rank = 1; rank < starts.Length; rank++)
            starts[rank] += starts[rank - 1];
        var sorted = ArrayPool<int>.Shared.Rent(marks.Length);
        foreach (var mark in marks)
            sorted[starts[data.ClassOf(mark)]++] = mark;
        sorted.AsSpan(0, marks.Length).CopyTo(marks);
        ArrayPool<int>.Shared.Return(sorted);
    }

    /// <summary>Joins each starter with the marks that are not blocked from it, in place; returns the new length.</summary>
    private static int Compose(Span<int> scalars)
    {
        var data = NormaliseData.Instance;
        var starter = -1;
        var lastRank = 0;
        var written = 0;
        for (var i = 0; i < scalars.Length; i++)
        {
            var scalar = scalars[i];
            var rank = data.ClassOf(scalar);
            var adjacent = starter == written - 1;
            if (starter >= 0 && (adjacent || (lastRank < rank && lastRank != 0))
                && data.TryCompose(scalars[starter], scalar, out var composed))
            {
                scalars[starter] = composed;
                continue;
            }
            if (rank == 0)
                starter = written;
            lastRank = rank;
            scalars[written++] = scalar;
        }
        return written;
    }

    private static void Encode(ReadOnlySpan<int> scalars, TextBuffer output)
    {
        foreach (var scalar in scalars)
            output.Advance(new Rune(scalar).EncodeToUtf8(output.Reserve(4)));
    }
}
