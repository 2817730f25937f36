using PolicyEngine.Oracle.Differential;
using PolicyEngine.Oracle.Generation;
using PolicyEngine.Oracle.Log;

namespace PolicyEngine.Conformance.Tests;

/// <summary>The comparison itself: it finds a planted fault, says where, and makes the case small.</summary>
public sealed class HarnessTests
{
    /// <summary>The oracle with one fault.</summary>
    private sealed class Faulty(Func<EngineInput, EngineInput> input, Func<string, string> decision) : IEngineUnderTest
    {
        public EngineOutput Run(EngineInput given, EngineSettings settings)
        {
            var output = new OracleAsEngine().Run(input(given), settings);
            return output with { Decisions = [.. output.Decisions.Select(decision)] };
        }
    }

    private static readonly StreamTraits Plain = new() { Malformed = false };

    [Fact]
    public void TheOracleAgreesWithItself()
    {
        var coverage = DifferentialRun.Run(new OracleAsEngine(), 1, 5_000, new StreamTraits());
        Assert.Empty(coverage.Differences);
    }

    [Fact]
    public void AFaultInOneFieldIsFoundAndNamed()
    {
        var engine = new Faulty(input => input, line => line.Replace("\"suppressed_before\":0", "\"suppressed_before\":1", StringComparison.Ordinal));
        var difference = DifferentialRun.Run(engine, 1, 20_000, Plain).Differences[0];
        Assert.Contains("differs in suppressed_before", difference.Report, StringComparison.Ordinal);
        Assert.True(difference.Input.Log.Entries.Count <= 3, $"{difference.Input.Log.Entries.Count} entries are left");
    }

    [Fact]
    public void AFaultOfOneMillisecondAtTheEdgeOfAWindowIsFound()
    {
        static EngineInput Longer(EngineInput input) => input with
        {
            Files = input.Files.ToDictionary(f => f.Key, f => f.Value.Replace(" over 5m\n", " over 5m1ms\n", StringComparison.Ordinal)),
        };
        var engine = new Faulty(Longer, line => line.Replace("5m1ms", "5m", StringComparison.Ordinal));
        Assert.NotEmpty(DifferentialRun.Run(engine, 1, 200_000, Plain).Differences);
    }

    [Fact]
    public void ACaseSurvivesItsFolder()
    {
        var (draft, _, log, _) = DifferentialRun.Generate(11, new StreamTraits { ListEdits = true });
        var folder = Directory.CreateTempSubdirectory().FullName;
        CaseFolder.Write(folder, EngineInput.Of(draft.Text, log));
        var read = CaseFolder.Read(folder);
        Assert.Equal(draft.Text, read.Files["policy.policy"]);
        Assert.Equal(log.Entries.Count, read.Log.Entries.Count);
        Assert.Equal(log.Entries.Where(e => e is not EventEntry), read.Log.Entries.Where(e => e is not EventEntry));
        Assert.Equal(log.Sources.Select(s => s.Lateness), read.Log.Sources.Select(s => s.Lateness));
    }
}
