using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>P29xx: what the language has and this version does not carry out yet. One error a use, nothing in its wake.</summary>
internal static class LaterErrors
{
    public static Diagnostic Recipe(TextSpan span, string what) => Later("P2909", span, what);

    private static Diagnostic Later(string code, TextSpan span, string what) => Report.Error(code, span, $"{what} is not supported yet by this version");
}
