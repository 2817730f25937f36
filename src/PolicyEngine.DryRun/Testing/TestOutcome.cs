using PolicyEngine.Language.Model;

namespace PolicyEngine.DryRun.Testing;

public enum TestVerdict
{
    Passed,
    Failed,
    /// <summary>Everything it expects is marked `todo` and, as said there, not met yet.</summary>
    Skipped,
}

/// <summary>An expectation that was not met (or a `todo` that was): what the test says, and what happened instead.</summary>
public sealed record TestFailure(Expectation Expectation, string Expected, string Instead);

/// <param name="KnownMisses">`todo` expectations that are not met, as the test says.</param>
/// <param name="Milliseconds">Wall time.</param>
public sealed record TestOutcome(
    TestSymbol Test, TestVerdict Verdict, IReadOnlyList<TestFailure> Failures, IReadOnlyList<string> KnownMisses, double Milliseconds);
