namespace PolicyEngine.Runtime.Functions;

/// <summary>How a value is compared with a literal.</summary>
public enum TextTest
{
    Equals,
    Contains,
    StartsWith,
    EndsWith,
}
