using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolicyEngine.Runtime.Functions;

/// <summary>Walks over the tokens of a classified text and gathers the skeleton.</summary>
internal ref struct TemplateReader(
    ReadOnlySpan<byte> bytes, ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> digits, ReadOnlySpan<ulong> wide, int length)
{
    private const int IdBytes = 64;
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private readonly ReadOnlySpan<ulong> words = words;
    private readonly ReadOnlySpan<ulong> digits = digits;
    private readonly ReadOnlySpan<ulong> wide = wide;
    private readonly int length = length;
    private Skeleton skeleton = new();
    private bool sentenceStart = true;
    private bool quotesPair = true;
    private bool ticksPair = true;

    internal ulong Read()
    {
        var at = 0;
        while (at < length)
        {
            var start = Next(words, at, 0);
            if (start > at && (start - at > 1 || bytes[at] != ' '))
            {
                at = ReadGap(at, Math.Min(start, length));
                if (at != start)
                    continue;
            }
            if (start >= length)
                break;
            at = Next(words, start, ulong.MaxValue);
            ReadToken(start, at);
        }
        return skeleton.Finish(length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReadToken(int start, int end)
    {
        if (Holds(wide, start, end))
        {
            ReadWideToken(start, end);
            return;
        }
        if (Holds(digits, start, end))
            skeleton.Mark(SkeletonMark.Number);
        else if (!sentenceStart && bytes[start] is >= (byte)'A' and <= (byte)'Z')
            skeleton.Mark(SkeletonMark.Name);
        else
            skeleton.Word(HashWord(start, end));
        sentenceStart = false;
    }

    /// <summary>Reads punctuation up to the next token; returns where reading goes on, which may lie behind tokens that were quoted.</summary>
    private int ReadGap(int at, int end)
    {
        while (at < end)
        {
            var value = bytes[at++];
            if (value <= ' ' && value != '\n')
                continue;
            var isEnd = bytes[at] <= ' ';
            switch (value)
            {
                case (byte)'"' when quotesPair && SkipPair(value, ref at, ref quotesPair):
                case (byte)'`' when ticksPair && SkipPair(value, ref at, ref ticksPair):
                    return at;
                case (byte)'[' when SkipId((byte)']', ref at):
                case (byte)'{' when SkipId((byte)'}', ref at):
                    return at;
                case (byte)':' when isEnd:
                    skeleton.OpenTopic(at);
                    break;
                case (byte)'.' or (byte)'!' or (byte)'?' or (byte)';' when isEnd:
                case (byte)'\n':
                    EndSentence(at - 1);
                    break;
            }
        }
        return at;
    }

    private void EndSentence(int at)
    {
        skeleton.CloseTopic(at);
        sentenceStart = true;
    }

    private bool SkipPair(byte quote, ref int at, ref bool pairs)
    {
        var closing = bytes[at..length].IndexOf(quote);
        // Without a partner for this one no later quote has one either.
        pairs = closing >= 0;
        if (!pairs)
            return false;
        skeleton.Mark(SkeletonMark.Quote);
        sentenceStart = false;
        at += closing + 1;
        return true;
    }

    private bool SkipId(byte closing, ref int at)
    {
        var rest = bytes[at..Math.Min(at + IdBytes, length)];
        var end = rest.IndexOfAny(closing, (byte)' ', (byte)'\n');
        if (end < 0 || rest[end] != closing)
            return false;
        skeleton.Mark(SkeletonMark.Id);
        sentenceStart = false;
        at += end + 1;
        return true;
    }

    /// <summary>A token with scalars beyond ASCII: punctuation among them ends words, digits are masked apart from other scripts.</summary>
    private void ReadWideToken(int start, int end)
    {
        var from = start;
        for (var at = start; at < end;)
        {
            var size = WidePunctuation.Classify(bytes[at..], out var kind);
            if (kind == WideKind.None && (at == from || bytes[at] >= 0x80 == bytes[from] >= 0x80 || !Holds(digits, start, end)))
            {
                at += size;
                continue;
            }
            ReadPart(from, at);
            if (kind == WideKind.None)
            {
                from = at;
                at += size;
                continue;
            }
            from = at + size;
            if (kind == WideKind.Colon)
                skeleton.OpenTopic(from);
            else if (kind == WideKind.SentenceEnd)
                EndSentence(at);
            at = from;
        }
        ReadPart(from, end);
    }

    private void ReadPart(int start, int end)
    {
        if (end <= start)
            return;
        if (Holds(digits, start, end))
            skeleton.Mark(SkeletonMark.Number);
        else if (!sentenceStart && WidePunctuation.IsCapital(bytes[start..]))
            skeleton.Mark(SkeletonMark.Name);
        else
            skeleton.Word(HashWord(start, end));
        sentenceStart = false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ulong HashWord(int start, int end)
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), start);
        ulong word = 0;
        var left = end - start;
        for (; left > 8; left -= 8)
        {
            word = BitOperations.RotateLeft(word ^ Fold(Unsafe.ReadUnaligned<ulong>(ref first)), 27) + Skeleton.LongWord;
            first = ref Unsafe.Add(ref first, 8);
        }
        var tail = Fold(Unsafe.ReadUnaligned<ulong>(ref first)) & (ulong.MaxValue >> (64 - 8 * left));
        return word ^ tail;
    }

    /// <summary>ASCII letters to lower case; bytes of longer scalars stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong eight) => eight | ((~eight & 0x8080_8080_8080_8080) >> 2);

    /// <summary>The next position whose bit differs from the flag (all ones or all zeros); at least the length if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Next(ReadOnlySpan<ulong> bits, int at, ulong flip)
    {
        var block = at >> 6;
        var found = (bits[block] ^ flip) >> (at & 63);
        if (found != 0)
            return at + BitOperations.TrailingZeroCount(found);
        var last = length >> 6;
        while (++block <= last)
        {
            found = bits[block] ^ flip;
            if (found != 0)
                return (block << 6) + BitOperations.TrailingZeroCount(found);
        }
        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Holds(ReadOnlySpan<ulong> bits, int start, int end)
    {
        var block = start >> 6;
        var found = bits[block] >> (start & 63);
        var left = end - start;
        if ((start & 63) + left <= 64)
            return (found & (ulong.MaxValue >> (64 - left))) != 0;
        return HoldsFar(bits, block, found, end);
    }

    private static bool HoldsFar(ReadOnlySpan<ulong> bits, int block, ulong found, int end)
    {
        while (found == 0 && ++block < end >> 6)
            found = bits[block];
        return found != 0 || ((end & 63) != 0 && bits[end >> 6] << (64 - (end & 63)) != 0);
    }
}
