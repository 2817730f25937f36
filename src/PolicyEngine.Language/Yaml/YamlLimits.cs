namespace PolicyEngine.Language.Yaml;

/// <summary>What a YAML text may ask of the reader. Texts come from outside, so each has an end.</summary>
/// <param name="SourceBytes">Longest source, in UTF-8 bytes.</param>
/// <param name="Depth">Deepest nesting of mappings and sequences.</param>
/// <param name="Diagnostics">Most diagnostics for one source; one more says how many were left out.</param>
public sealed record YamlLimits(int SourceBytes = 1 << 20, int Depth = 32, int Diagnostics = 100)
{
    public static readonly YamlLimits Default = new();
}
