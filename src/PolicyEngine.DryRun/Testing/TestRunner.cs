using System.Diagnostics;
using PolicyEngine.Compiler;
using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.DryRun.Testing;

/// <summary>
/// Runs the tests that packs carry, each on a fresh engine in virtual time: every rule but draft and paused ones acts as if enforced,
/// nobody is held out, limits hold.
/// </summary>
public sealed class TestRunner
{
    private readonly Plan _plan;
    private readonly IReadOnlyList<TestSymbol> _tests;
    private readonly Dictionary<ValueExpected, int> _probes = new(ReferenceEqualityComparer.Instance);

    public TestRunner(PolicyModel model)
    {
        _tests = [.. model.Tests];
        var values = _tests.SelectMany(t => t.Expectations.OfType<ValueExpected>()).ToList();
        for (var i = 0; i < values.Count; i++) _probes[values[i]] = i;
        _plan = PlanCompiler.Compile(
            model, new PlanOptions { AllEnforced = true, Probes = [.. values.Select(v => new Probe(v.Condition, v.Entity))] });
    }

    /// <summary>In the order of packs, files and places.</summary>
    public IReadOnlyList<TestSymbol> Tests => _tests;

    public TestOutcome Run(TestSymbol test)
    {
        var started = Stopwatch.GetTimestamp();
        using var run = new TestRun(_plan, test, _probes);
        run.Play();
        var failures = new List<TestFailure>();
        var misses = new List<string>();
        foreach (var expectation in test.Expectations)
        {
            var (holds, instead) = run.Check(expectation);
            var text = TestText.Expectation(expectation);
            if (expectation.Todo && !holds) misses.Add(text);
            else if (expectation.Todo) failures.Add(new TestFailure(expectation, text, "it is met now: take `todo` away"));
            else if (!holds) failures.Add(new TestFailure(expectation, text, instead));
        }
        var verdict = failures.Count > 0 ? TestVerdict.Failed
            : misses.Count == test.Expectations.Count && misses.Count > 0 ? TestVerdict.Skipped : TestVerdict.Passed;
        return new TestOutcome(test, verdict, failures, misses, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }
}
