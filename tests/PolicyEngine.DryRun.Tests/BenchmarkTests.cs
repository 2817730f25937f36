using System.Buffers;
using System.Text;
using PolicyEngine.Compiler;
using PolicyEngine.DryRun.Benchmarking;
using PolicyEngine.DryRun.Sampling;
using PolicyEngine.Language;
using PolicyEngine.Language.Text;
using PolicyEngine.Runtime;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Storage.Sinks;

namespace PolicyEngine.DryRun.Tests;

public sealed class BenchmarkTests
{
    private const string Policy = """
        pack small
        entity account
        event exchange { account: account  output_tokens: integer }
        measure hits = count of exchange per account over 1h
        rule busy on exchange per account when hits >= 5 and output_tokens >= 100 then observe once in 1h
        """;

    [Fact]
    public void Invented_traffic_is_the_same_for_the_same_seed_and_time_runs_forward()
    {
        Assert.Equal(Lines(5000, 3), Lines(5000, 3));
        Assert.NotEqual(Lines(5000, 3), Lines(5000, 4));
        var traffic = new BenchmarkTraffic(50_000, 3);
        var (last, kinds) = (0L, new HashSet<TrafficKind>());
        for (var i = 0; i < 50_000; i++)
        {
            var e = traffic.Next();
            Assert.True(e.Time > last);
            (last, _) = (e.Time, kinds.Add(e.Kind));
        }
        Assert.Equal(Enum.GetValues<TrafficKind>(), kinds.Order());
    }

    [Fact]
    public void Invented_traffic_is_of_the_platform_that_the_packs_describe()
    {
        var rejections = new List<Rejection>();
        using var engine = new Engine(Plan(ShippedPacksTests.Platform()), new EngineOptions(), NullSink.Instance, rejections.Add);
        engine.Append(engine.AddSource(new SourceOptions("made", SourceMode.Ordered)), Encoding.UTF8.GetBytes(Lines(20_000, 1)), isLast: true);
        engine.Finish();
        Assert.Empty(rejections);
        Assert.Equal(20_000, engine.Counters.Applied);
    }

    [Fact]
    public void A_benchmark_tells_passes_stages_and_rules()
    {
        var report = new BenchRunner(Plan(PolicyCompilation.Compile([new SourceText("small.policy", Policy)])), BenchTraffic.Invented(20_000, 1)).Run([1, 2]);
        Assert.Equal([1, 2], report.Passes.Select(p => p.Threads));
        Assert.All(report.Passes, p => Assert.Equal((20_000, report.Passes[0].Decisions), (p.Events, p.Decisions)));
        Assert.True(report.Passes[0].Decisions > 0);
        Assert.Equal(["decode", "order, intern, duplicates", "measures", "screen", "decide", "record"], report.Stages.Select(s => s.Stage));
        Assert.True(report.Stages.Sum(s => s.NanosecondsPerEvent) > 0);
        var rule = Assert.Single(report.Rules);
        Assert.InRange(rule.Decided, 0.00001, rule.True);
        Assert.InRange(rule.True, rule.Decided, rule.Sampled);
    }

    [Fact]
    public void A_recording_is_measured_up_to_the_events_asked_for()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Lines(1000, 1));
            var stretches = BenchTraffic.Recorded(file, 300).Stretches().Select(s => Encoding.UTF8.GetString(s.Span));
            Assert.Equal(Lines(1000, 1).Split('\n')[..300], string.Concat(stretches).TrimEnd('\n').Split('\n'));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Plan Plan(CompilationResult result) => PlanCompiler.Compile(result.Model!);

    private static string Lines(int events, ulong seed)
    {
        var traffic = new BenchmarkTraffic(events, seed);
        var buffer = new ArrayBufferWriter<byte>();
        for (var i = 0; i < events; i++) BenchmarkTraffic.Write(traffic.Next(), buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
