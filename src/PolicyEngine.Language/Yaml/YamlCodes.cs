namespace PolicyEngine.Language.Yaml;

/// <summary>The codes of YAML as such; each has an entry in the catalog.</summary>
internal static class YamlCodes
{
    public const string Stuck = "P5001";
    public const string Tab = "P5002";
    public const string Indentation = "P5003";
    public const string Unclosed = "P5004";
    public const string UnknownEscape = "P5005";
    public const string Anchor = "P5006";
    public const string Tag = "P5007";
    public const string Merge = "P5008";
    public const string DuplicateKey = "P5009";
    public const string KeyIsNoText = "P5010";
    public const string TooDeep = "P5011";
    public const string TooLarge = "P5012";
    public const string LeftOut = "P5013";
    public const string ColonInText = "P5014";
}
