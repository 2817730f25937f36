namespace PolicyEngine.Language.Diagnostics;

/// <summary>How diagnostics are shown.</summary>
/// <param name="Colour">Uses the 16 terminal colours; without it there is no escape sequence at all.</param>
/// <param name="Width">Longest stretch of a source line that is shown, in columns; longer lines are cut around the place.</param>
public sealed record RenderOptions(bool Colour = false, int Width = 120)
{
    public static readonly RenderOptions Plain = new();
}
