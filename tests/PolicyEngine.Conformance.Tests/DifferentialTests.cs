using System.Globalization;
using PolicyEngine.Oracle.Differential;
using PolicyEngine.Oracle.Generation;
using Xunit.Abstractions;
using IoPath = System.IO.Path;

namespace PolicyEngine.Conformance.Tests;

/// <summary>
/// Engine and oracle on random policies and streams (N1). `CONFORMANCE_SEED` and `CONFORMANCE_DECISIONS` choose another part of the
/// space; a difference is shrunken and written under `Cases/regressions`, where it is replayed from then on.
/// </summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private static readonly string Regressions = IoPath.Combine(AppContext.BaseDirectory, "Cases", "regressions");

    public static TheoryData<string, long> Streams => new()
    {
        { "in order", 100_000 }, { "disorderly", 100_000 }, { "far future", 10_000 },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public void EngineAndOracleDecideTheSame(string stream, long eventDecisions)
    {
        var seed = Setting("CONFORMANCE_SEED", 1);
        var coverage = DifferentialRun.Run(Engines.UnderTest, seed, Setting("CONFORMANCE_DECISIONS", eventDecisions), TraitsOf(stream));
        output.WriteLine($"{stream}, from seed {seed}: {coverage with { Differences = [] }}");
        foreach (var difference in coverage.Differences)
        {
            var folder = Record(difference);
            output.WriteLine($"{difference.Report}\nwritten to {folder}");
        }
        Assert.True(coverage.Differences.Count == 0, coverage.Differences.Count == 0 ? "" : coverage.Differences[0].Report);
    }

    [Fact]
    public void RecordedDifferencesStayGone()
    {
        foreach (var folder in Directory.Exists(Regressions) ? Directory.GetDirectories(Regressions) : [])
        {
            var input = CaseFolder.Read(folder);
            var expected = Oracle.Interpreter.Run(Policies.Compile(input.Files), input.Log);
            foreach (var settings in new[] { new EngineSettings(), new EngineSettings(1), new EngineSettings(7, 2, false) })
            {
                var report = Comparison.Compare(expected, Engines.UnderTest, input, settings);
                Assert.True(report is null, $"{folder}, {settings}: {report}");
            }
        }
    }

    private static StreamTraits TraitsOf(string stream) => stream switch
    {
        "in order" => new StreamTraits { Disorder = false, SeveralSources = false, Ticks = false },
        "far future" => new StreamTraits { FarFuture = true, Duplicates = false, SeveralSources = false, Ticks = false },
        _ => new StreamTraits(),
    };

    private static long Setting(string name, long otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Beside the sources of the tests where they are at hand, else beside the binaries.</summary>
    private static string Record(Difference difference)
    {
        var root = Regressions;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var sources = IoPath.Combine(at.FullName, "tests", "PolicyEngine.Conformance.Tests", "Cases");
            if (Directory.Exists(sources)) root = IoPath.Combine(sources, "regressions");
        }
        var folder = IoPath.Combine(root, $"seed-{difference.Seed:000000}");
        CaseFolder.Write(folder, difference.Input);
        return folder;
    }
}
