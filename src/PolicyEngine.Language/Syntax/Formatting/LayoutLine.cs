namespace PolicyEngine.Language.Syntax.Formatting;

/// <summary>A line of the output and the stretch of the source that it shows.</summary>
internal sealed record LayoutLine(int Start, int End, int Indent, string Text)
{
    /// <summary>The line begins a statement that stands apart from the one before it.</summary>
    public bool Apart { get; init; }

    /// <summary>The line closes a block: comments before it belong into the block. Without text it does only that.</summary>
    public bool Closes { get; init; }
}
