using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Sigma;

/// <summary>Whether the linear engine takes a pattern (E11), with the place within the pattern where it does not.</summary>
internal static class SigmaPatterns
{
    public static (int Offset, int Length, string Why)? Problem(string pattern)
    {
        // The check reports places in a file, so the pattern is given as a file of its own, in quotes.
        var source = new SourceText("", $"'{pattern}'");
        var literal = new LiteralExpression(PolicyType.Text, new TextSpan(source, 0, pattern.Length + 2), pattern) { IsPattern = true };
        if (Patterns.Check(literal) is not { } problem) return null;
        var offset = Math.Max(0, problem.Span.Start - 1);
        return (offset - pattern.AsSpan(0, Math.Min(offset, pattern.Length)).Count('\''), problem.Span.Length, problem.Label ?? problem.Message);
    }
}
