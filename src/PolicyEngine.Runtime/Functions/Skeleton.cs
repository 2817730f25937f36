using System.Runtime.CompilerServices;

namespace PolicyEngine.Runtime.Functions;

/// <summary>What stands in a skeleton for something that varies.</summary>
internal enum SkeletonMark
{
    None,
    Number,
    Name,
    Quote,
    Id,
    Topic,
}

/// <summary>The running fingerprint of a skeleton, one multiplication a word. Its constants are part of the format.</summary>
internal struct Skeleton
{
    internal const ulong LongWord = 0xD6E8_FEB8_6659_FD93;
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;
    private const ulong Start = 0x2545_F491_4F6C_DD1D;
    internal ulong Hash = Start;
    internal SkeletonMark Last;
    private ulong beforeTopic;
    private int topicStart = -1;
    private SkeletonMark lastBeforeTopic;

    public Skeleton()
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Word(ulong word)
    {
        Hash = Mix(Hash, word);
        Last = SkeletonMark.None;
    }

    internal void Mark(SkeletonMark mark)
    {
        if (Last == mark)
            return;
        Hash = Mix(Hash, (ulong)mark);
        Last = mark;
    }

    /// <summary>
    /// A colon: what follows may be a topic. What led to it is skeleton, though it stood behind a colon itself.
    /// </summary>
    internal void OpenTopic(int at)
    {
        topicStart = at;
        beforeTopic = Hash;
        lastBeforeTopic = Last;
    }

    /// <summary>The end of a sentence: a short stretch since the colon is forgotten for a mark.</summary>
    internal void CloseTopic(int at)
    {
        if (topicStart < 0)
            return;
        if (at - topicStart <= Template.TopicBytes && Hash != beforeTopic)
        {
            Hash = beforeTopic;
            Last = lastBeforeTopic;
            Mark(SkeletonMark.Topic);
        }
        topicStart = -1;
    }

    internal ulong Finish(int at)
    {
        CloseTopic(at);
        // The multiplications above carry upwards only: fold the upper half down once more.
        var value = Mix(Hash, 0) ^ LongWord;
        return value ^ (value >> 29);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Mix(ulong hash, ulong word)
    {
        var product = (hash ^ word) * Multiplier;
        return product ^ (product >> 32);
    }
}
