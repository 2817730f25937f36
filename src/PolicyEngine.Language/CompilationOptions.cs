namespace PolicyEngine.Language;

/// <summary>What compiling may ask of its caller, and its limits.</summary>
public sealed record CompilationOptions
{
    public static readonly CompilationOptions Default = new();

    /// <summary>
    /// Reads a list file: pack name and path relative to the pack's folder give the text, or null when there is no such file.
    /// Without a reader, list files are not looked at and their lists have no entries.
    /// </summary>
    public Func<string, string, string?>? ReadList { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC, for exceptions past their end; null: nothing is said about them.</summary>
    public long? Today { get; init; }

    /// <summary>Most declarations of one kind (rules, measures, labels …).</summary>
    public int MaximumDeclarations { get; init; } = 10_000;

    /// <summary>Errors after which no more are collected.</summary>
    public int MaximumErrors { get; init; } = 1_000;

    /// <summary>Parts of the expression that one use of a `define` may come to.</summary>
    public int MaximumExpansion { get; init; } = 10_000;

    /// <summary>Entries of one list.</summary>
    public int MaximumListEntries { get; init; } = 5_000_000;

    /// <summary>Events that the givens of one test may come to.</summary>
    public int MaximumTestEvents { get; init; } = 1_000_000;

    /// <summary>Declarations that may lean on one another in a row.</summary>
    public int MaximumDepth { get; init; } = 100;
}
