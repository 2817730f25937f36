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
}
