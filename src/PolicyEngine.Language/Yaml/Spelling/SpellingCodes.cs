namespace PolicyEngine.Language.Yaml.Spelling;

/// <summary>The codes of policies in YAML; each has an entry in the catalog.</summary>
internal static class SpellingCodes
{
    public const string NoList = "P5101";
    public const string UnknownKind = "P5102";
    public const string UnknownKey = "P5103";
    public const string MissingKey = "P5104";
    public const string WrongShape = "P5105";
    public const string SecondDocument = "P5106";
}
