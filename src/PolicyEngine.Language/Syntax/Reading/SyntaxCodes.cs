namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>The codes of the syntax room; each has an entry in the catalog.</summary>
internal static class SyntaxCodes
{
    public const string Stuck = "P1001";
    public const string UnknownStatement = "P1002";
    public const string StrayCharacter = "P1003";
    public const string Unclosed = "P1004";
    public const string UnknownEscape = "P1005";
    public const string NumberWithLetters = "P1006";
    public const string OtherOperator = "P1007";
    public const string CommentSign = "P1008";
    public const string SmartQuotes = "P1009";
    public const string ChainedComparison = "P1010";
    public const string BareTrigger = "P1011";
    public const string WordAsName = "P1012";
    public const string ReservedField = "P1013";
    public const string ClauseOrder = "P1014";
    public const string WhereWithoutSteps = "P1015";
    public const string MissingReason = "P1016";
    public const string WrongQuotes = "P1017";
    public const string NoBranches = "P1018";
    public const string UnitApart = "P1019";
    public const string TooDeep = "P1020";
    public const string TooLarge = "P1021";
    public const string LeftOut = "P1022";
    public const string OutOfRange = "P1023";
    public const string OpenBracket = "P1024";
    public const string ByNeedsOneEntity = "P1025";
    public const string TemplateHole = "P1026";
    public const string Comma = "P1027";
}
