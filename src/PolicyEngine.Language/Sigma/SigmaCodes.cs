namespace PolicyEngine.Language.Sigma;

/// <summary>The codes of Sigma files; each has an entry in the catalog.</summary>
internal static class SigmaCodes
{
    public const string MissingPart = "P6001";
    public const string Shape = "P6002";
    public const string Condition = "P6003";
    public const string UnknownSelection = "P6004";
    public const string Aggregation = "P6005";
    public const string UnknownModifier = "P6006";
    public const string ModifierValue = "P6007";
    public const string Pattern = "P6008";
    public const string Placeholder = "P6009";
    public const string TooMany = "P6010";
    public const string Unmapped = "P6011";
    public const string UnknownRule = "P6012";
    public const string Correlation = "P6013";
    public const string Mapping = "P6014";
    public const string Clash = "P6015";
    public const string OwnPart = "P6016";
}
