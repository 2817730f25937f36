using PolicyEngine.Oracle.Differential;
using Xunit.Abstractions;

namespace PolicyEngine.Conformance.Tests;

/// <summary>Changes of the input that must not change the decisions (N2).</summary>
public sealed class RelationTests(ITestOutputHelper output)
{
    private const int Seeds = 25;

    public static TheoryData<string> Names => [.. Relations.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void DecisionsStayTheSame(string relation)
    {
        for (var seed = 1L; seed <= Seeds; seed++)
        {
            var difference = Relations.All[relation](Engines.UnderTest, seed);
            if (difference is not null) output.WriteLine($"{relation}, seed {seed}: {difference}");
            Assert.True(difference is null, $"{relation}, seed {seed}: {difference}");
        }
    }
}
