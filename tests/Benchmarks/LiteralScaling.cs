using System.Diagnostics;
using PolicyEngine.DryRun.Benchmarking;

namespace PolicyEngine.Benchmarks;

/// <summary>The whole way with 10, 1 000 and 3 000 rules about texts of one event, with literals of their own.</summary>
internal static class LiteralScaling
{
    private static readonly int[] Sizes = [10, 1000, 3000];
    private const int MostEvents = 200_000;

    public static void Run(int events, TextWriter writer)
    {
        writer.WriteLine();
        writer.WriteLine($"{"text rules",12}{"compiled in ms",16}{"events/s",12}{"decisions",12}{"screen ns",12}{"ratio of time",15}");
        var first = 0.0;
        foreach (var size in Sizes)
        {
            var rules = new TextRules();
            var began = Stopwatch.GetTimestamp();
            var plan = Plans.Compile(rules.Policy(size));
            var compiled = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            var runner = new BenchRunner(plan, new TextTraffic(rules, Math.Min(events, MostEvents)));
            runner.Pass(1, null);
            var report = runner.Run([1]);
            var pass = report.Passes[0];
            if (first == 0) first = pass.Seconds;
            var screen = report.Stages.First(s => s.Stage == "screen").NanosecondsPerEvent;
            writer.WriteLine($"{size,12:N0}{compiled,16:N0}{pass.EventsPerSecond,12:N0}{pass.Decisions,12:N0}{screen,12:N0}{pass.Seconds / first,15:0.00}");
        }
    }
}
