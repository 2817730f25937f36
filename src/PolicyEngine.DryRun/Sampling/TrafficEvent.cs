namespace PolicyEngine.DryRun.Sampling;

public enum TrafficKind : byte { Signup, Verification, Payment, KeyCreated, Exchange, ModelRelease }

/// <summary>
/// One event of the invented traffic as values, before it is written as a line. <see cref="Time"/>: milliseconds since the epoch, never
/// twice the same. What does not apply to the kind is 0.
/// </summary>
public readonly record struct TrafficEvent
{
    public long Number { get; init; }
    public TrafficKind Kind { get; init; }
    public long Time { get; init; }
    public int Account { get; init; }
    public uint Address { get; init; }
    public int Device { get; init; }
    public int Card { get; init; }
    /// <summary>Position in <see cref="TrafficWords.Models"/>; the other words likewise.</summary>
    public int Model { get; init; }
    public int Task { get; init; }
    public int Country { get; init; }
    /// <summary>Hundredths.</summary>
    public int CotScore { get; init; }
    public int InputTokens { get; init; }
    public int OutputTokens { get; init; }
    public int ToolCalls { get; init; }
    public int Status { get; init; }
    /// <summary>Chooses the words and the number of the prompt.</summary>
    public int Prompt { get; init; }
}

/// <summary>The words that invented traffic is made of.</summary>
public static class TrafficWords
{
    public static readonly string[] Models = ["small-3", "large-4", "large-4-mini", "large-5"];
    public static readonly string[] Tasks = ["reasoning", "coding", "writing", "translation", "search", "vision"];
    public static readonly string[] Countries = ["US", "DE", "IN", "BR", "JP", "GB", "FR", "KE"];
    internal static readonly string[] Verbs =
        ["Summarise", "Translate", "Check", "Explain", "Rewrite", "Compare", "Classify", "Extend", "Shorten", "Review", "Sort", "Describe"];
    internal static readonly string[] Subjects =
        ["the order", "this invoice", "the ticket", "our contract", "the test case", "this recipe", "the letter", "chapter", "the report", "exercise"];
    internal static readonly string[] Endings =
        ["in three sentences", "for a child", "step by step", "as a table", "with every thought written down", "in plain words", "for the board", "in French"];
}
