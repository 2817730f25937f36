using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>P2112 and P2113: patterns that cannot be read, or that could not be run in linear time.</summary>
internal static class PatternErrors
{
    public static Diagnostic Malformed(TextSpan span, string why) => Report.Error("P2112", span, $"this pattern cannot be used: {why}");

    public static Diagnostic Refused(TextSpan span, string what) =>
        Report.Error("P2113", span, $"patterns run in linear time, which rules out {what}", "say it with two tests joined by `and`");
}
