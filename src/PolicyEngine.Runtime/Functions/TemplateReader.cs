using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolicyEngine.Runtime.Functions;

/// <summary>Walks over the tokens of a classified text and gathers the skeleton.</summary>
internal ref struct TemplateReader(ReadOnlySpan<byte> bytes, TemplateMasks masks, int length)
{
    private const int IdBytes = 64;
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private readonly TemplateMasks masks = masks;
    private readonly int length = length;
    private Skeleton skeleton = new();
    private bool sentenceStart = true;
    private bool quotesPair = true;
    private bool ticksPair = true;

    internal ulong Read()
    {
        // The running hash and the masks stay in registers along plain words; whatever else occurs goes through the fields.
        ReadOnlySpan<ulong> words = masks.Words, special = masks.Special;
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var hash = skeleton.Hash;
        var at = 0;
        while (at < length)
        {
            var start = TemplateMasks.Next(words, at, 0, length);
            if (start > at && (start - at > 1 || Unsafe.Add(ref first, at) != ' '))
            {
                skeleton.Hash = hash;
                at = ReadGap(at, Math.Min(start, length));
                hash = skeleton.Hash;
                if (at != start)
                    continue;
            }
            if (start >= length)
                break;
            at = TemplateMasks.Next(words, start, ulong.MaxValue, length);
            if (!TemplateMasks.Holds(special, start, at))
            {
                hash = Skeleton.Mix(hash, HashWord(ref Unsafe.Add(ref first, start), at - start));
                skeleton.Last = SkeletonMark.None;
                sentenceStart = false;
                continue;
            }
            skeleton.Hash = hash;
            ReadToken(start, at);
            hash = skeleton.Hash;
        }
        skeleton.Hash = hash;
        return skeleton.Finish(length);
    }

    private void ReadToken(int start, int end)
    {
        if (TemplateMasks.Holds(masks.Wide, start, end))
            ReadWideToken(start, end);
        else
            ReadPart(start, end);
    }

    /// <summary>
    /// Reads punctuation up to the next token; returns where reading goes on, which may lie behind tokens that were quoted.
    /// </summary>
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

    /// <summary>
    /// A token with scalars beyond ASCII: punctuation among them ends words, digits are masked apart from other scripts.
    /// </summary>
    private void ReadWideToken(int start, int end)
    {
        var hasDigits = TemplateMasks.Holds(masks.Digits, start, end);
        var from = start;
        for (var at = start; at < end;)
        {
            var size = WidePunctuation.Classify(bytes[at..], out var kind);
            var staysWhole = at == from || bytes[at] >= 0x80 == bytes[from] >= 0x80 || !hasDigits;
            if (kind == WideKind.None && staysWhole)
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
        if (TemplateMasks.Holds(masks.Digits, start, end))
            skeleton.Mark(SkeletonMark.Number);
        else if (!sentenceStart && WidePunctuation.IsCapital(bytes[start..]))
            skeleton.Mark(SkeletonMark.Name);
        else
            skeleton.Word(HashWord(ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), start), end - start));
        sentenceStart = false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HashWord(ref byte first, int left)
    {
        ulong word = 0;
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
}
