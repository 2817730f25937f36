using PolicyEngine.Oracle;
using PolicyEngine.Oracle.Differential;
using PolicyEngine.Oracle.Generation;
using Xunit.Abstractions;

namespace PolicyEngine.Conformance.Tests;

/// <summary>What the generator makes is worth comparing: it compiles, fires, and reaches every kind of outcome.</summary>
public sealed class GeneratorTests(ITestOutputHelper output)
{
    [Fact]
    public void DraftsCompileAndFire()
    {
        var coverage = DifferentialRun.Run(engine: null, firstSeed: 1, eventDecisions: 20_000, new StreamTraits());
        output.WriteLine($"{coverage}");
        Assert.True(coverage.Refused < 20 * coverage.Cases, $"{coverage.Refused} drafts refused for {coverage.Cases} cases");
        Assert.True(coverage.Decisions > coverage.EventDecisions / 100, $"{coverage.Decisions} decisions of {coverage.EventDecisions}");
    }

    [Fact]
    public void SequencesAndAbsencesFire()
    {
        var steps = new List<IReadOnlyList<OracleStep>>();
        for (var seed = 1L; seed <= 300; seed++)
        {
            var (_, model, log, _) = DifferentialRun.Generate(seed, new StreamTraits());
            steps.AddRange(Interpreter.Run(model, log).Decisions.Select(d => d.Steps).Where(s => s.Count > 0));
        }
        var (absences, repeats, between) = (0, 0, 0);
        foreach (var decision in steps)
        {
            if (decision[^1].Events.Count == 0) absences++;
            if (decision.Any(s => s.Events.Count == 2)) repeats++;
            if (decision.SkipLast(1).Any(s => s.Events.Count == 0)) between++;
        }
        output.WriteLine($"{steps.Count} decisions upon steps: {absences} absences, {repeats} with repeats, {between} with what did not come between");
        Assert.True(absences > 50 && repeats > 50 && between > 30, $"{absences} {repeats} {between}");
    }
}
