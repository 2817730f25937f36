namespace PolicyEngine.Language.Syntax;

/// <summary>
/// What a policy text may ask of the reader. Texts come from outside (an editor, an upload), so each has an end.
/// </summary>
/// <param name="SourceBytes">Longest source, in UTF-8 bytes.</param>
/// <param name="Tokens">Most words, literals and signs in one source.</param>
/// <param name="Depth">Deepest nesting of brackets, `not`, unary minus and operators of one level.</param>
/// <param name="Diagnostics">Most diagnostics for one source; one more says how many were left out.</param>
public sealed record ParseLimits(int SourceBytes = 1 << 20, int Tokens = 200_000, int Depth = 100, int Diagnostics = 1000)
{
    public static readonly ParseLimits Default = new();
}
