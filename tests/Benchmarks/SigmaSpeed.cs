using System.Diagnostics;
using PolicyEngine.DryRun.Benchmarking;

namespace PolicyEngine.Benchmarks;

/// <summary>The whole way, on one thread, with 10, 100, 1 000, 3 000 and all public Sigma rules over events of two kilobytes.</summary>
internal static class SigmaSpeed
{
    private static readonly int[] Sizes = [10, 100, 1000, 3000, 0];
    private const int MostEvents = 200_000;

    public static void Run(string corpusFolder, string regressionFolder, int events, TextWriter writer)
    {
        var corpus = new SigmaCorpus(corpusFolder, regressionFolder);
        var traffic = new SigmaTraffic(corpus.Events(), Math.Min(events, MostEvents));
        writer.WriteLine();
        writer.WriteLine($"{"Sigma rules",12}{"compiled in ms",16}{"events/s",12}{"B/event",10}{"decisions",12}{"screen ns",12}{"decode ns",12}{"ratio of time",15}");
        var first = 0.0;
        foreach (var size in Sizes)
        {
            var began = Stopwatch.GetTimestamp();
            var plan = corpus.Plan(size);
            var compiled = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            var runner = new BenchRunner(plan, traffic);
            runner.Pass(1, null);
            var report = runner.Run([1]);
            var pass = report.Passes[0];
            if (first == 0) first = pass.Seconds;
            double Stage(string name) => report.Stages.First(s => s.Stage == name).NanosecondsPerEvent;
            writer.WriteLine(
                $"{plan.Rules.Count,12:N0}{compiled,16:N0}{pass.EventsPerSecond,12:N0}{traffic.TotalBytes / Math.Min(events, MostEvents),10:N0}{pass.Decisions,12:N0}"
                + $"{Stage("screen"),12:N0}{Stage("decode"),12:N0}{pass.Seconds / first,15:0.00}");
        }
    }
}
