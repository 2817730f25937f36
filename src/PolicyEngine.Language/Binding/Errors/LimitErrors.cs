using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>P31xx: limits.</summary>
internal static class LimitErrors
{
    public static Diagnostic TooManyErrors(TextSpan span, int limit) => Report.Error("P3101", span, $"there are {limit} errors; no more are looked for");

    public static Diagnostic TooDeep(TextSpan span, int limit) =>
        Report.Error("P3102", span, $"more than {limit} declarations lean on one another in a row here");

    public static Diagnostic ExpansionTooLarge(TextSpan span, string name, int limit) =>
        Report.Error("P3103", span, $"with its arguments written in, `{name}` comes to more than {limit} parts", "let a measure or a computed field keep the result");

    public static Diagnostic TooManyDeclarations(TextSpan span, string kind, int limit) =>
        Report.Error("P3104", span, $"there are more than {limit} declarations of the kind {kind}");
}
