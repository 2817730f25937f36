using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>P29xx: what the language has and this version does not carry out yet. One error a use, nothing in its wake.</summary>
internal static class LaterErrors
{
    public static Diagnostic Link(TextSpan span, string name) => Later("P2901", span, $"`link {name}`");

    public static Diagnostic PerLink(TextSpan span, string link) => Later("P2902", span, $"a key of a link (`per {link}`)");

    public static Diagnostic MeasureOverLink(TextSpan span, string link) => Later("P2903", span, $"a measure over the members of a link (`of {link}`)");

    public static Diagnostic MeasureBy(TextSpan span) => Later("P2904", span, "a measure of accounts around a value (`by … of …`)");

    public static Diagnostic Joins(TextSpan span) => Later("P2906", span, "the trigger `joins`");

    public static Diagnostic UponGroup(TextSpan span, string link) => Later("P2907", span, $"a response upon a group (`{link}`)");

    public static Diagnostic Alignment(TextSpan span) => Later("P2908", span, "`alignment`");

    public static Diagnostic Recipe(TextSpan span, string what) => Later("P2909", span, what);

    private static Diagnostic Later(string code, TextSpan span, string what) => Report.Error(code, span, $"{what} is not supported yet by this version");
}
