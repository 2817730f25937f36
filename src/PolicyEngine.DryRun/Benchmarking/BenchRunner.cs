using System.Diagnostics;
using PolicyEngine.Runtime;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Storage.Sinks;

namespace PolicyEngine.DryRun.Benchmarking;

/// <summary>
/// Runs a plan over traffic in memory again and again: once to warm up, the best of three for each number of threads (others share the
/// machine), once with a clock in each stage, and once through the decoder alone. Each time on a fresh engine.
/// </summary>
public sealed class BenchRunner(Plan plan, BenchTraffic traffic)
{
    private const int Batch = 2048;
    private const int Repeats = 3;

    /// <param name="stop">Between passes; the benchmark ends without a result.</param>
    public BenchReport Run(IReadOnlyList<int> threads, Action<string>? progress = null, CancellationToken stop = default)
    {
        progress?.Invoke("warming up");
        Pass(1, null);
        var passes = new List<BenchPass>();
        IReadOnlyList<BenchRule> rules = [];
        foreach (var count in threads)
        {
            stop.ThrowIfCancellationRequested();
            progress?.Invoke($"{count} {(count == 1 ? "thread" : "threads")}");
            (var best, rules) = Pass(count, null);
            for (var repeat = 1; repeat < Repeats; repeat++)
            {
                stop.ThrowIfCancellationRequested();
                var (pass, _) = Pass(count, null);
                if (pass.Seconds < best.Seconds) best = pass;
            }
            passes.Add(best);
        }
        stop.ThrowIfCancellationRequested();
        progress?.Invoke("stages");
        var clock = new StageClock(Stopwatch.GetTimestamp);
        var events = Pass(1, clock).Pass.Events;
        var (decoding, bytes) = Decode();
        return new BenchReport(traffic.Name, plan.Hash, (double)bytes / Math.Max(1, events), passes, Stages(clock, decoding, events), rules);
    }

    /// <summary>The whole way once.</summary>
    public (BenchPass Pass, IReadOnlyList<BenchRule> Rules) Pass(int threads, StageClock? stages)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var engine = new Engine(plan, new EngineOptions { BatchSize = Batch, Threads = threads, Stages = stages }, NullSink.Instance);
        var source = engine.AddSource(new SourceOptions("bench", SourceMode.Ordered));
        var (ticks, allocated) = (0L, 0L);
        foreach (var stretch in traffic.Stretches())
        {
            var (began, had) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
            engine.Append(source, stretch, isLast: false);
            engine.Flush();
            ticks += Stopwatch.GetTimestamp() - began;
            allocated += GC.GetTotalAllocatedBytes() - had;
        }
        var finishing = Stopwatch.GetTimestamp();
        engine.Finish();
        ticks += Stopwatch.GetTimestamp() - finishing;
        var counters = engine.Counters;
        var state = GC.GetTotalMemory(forceFullCollection: true) - before;
        var seconds = (double)ticks / Stopwatch.Frequency;
        var pass = new BenchPass(
            threads, counters.Events, counters.Decisions, seconds, counters.Events / Math.Max(seconds, 1e-9),
            (double)allocated / Math.Max(1, counters.Events), state);
        return (pass, [.. engine.RuleCounters.Select(r => Rule(r, Math.Max(1.0, counters.Events)))]);
    }

    private static BenchRule Rule(RuleCounters rule, double events) => new(
        rule.Pack, rule.Rule, rule.Sampled / events, rule.True / events, rule.Risen / events, rule.Cooled / events, rule.Decided / events);

    private static List<BenchStage> Stages(StageClock clock, long decoding, long events)
    {
        BenchStage Stage(string name, long ticks) => new(name, ticks * (1e9 / Stopwatch.Frequency) / Math.Max(1, events));
        return
        [
            Stage("decode", decoding),
            Stage("order, intern, duplicates", Math.Max(0, clock[EngineStage.Intake] - decoding)),
            Stage("measures", clock[EngineStage.Measures]),
            Stage("screen", clock[EngineStage.Screen]),
            Stage("decide", clock[EngineStage.Decide] - clock[EngineStage.Record]),
            Stage("record", clock[EngineStage.Record]),
        ];
    }

    /// <summary>Ticks of the decoder alone, and how long the lines are in all.</summary>
    private (long Ticks, long Bytes) Decode()
    {
        var decoder = new EventDecoder(plan);
        var batch = new EventBatch(plan, Batch);
        var (ticks, bytes) = (0L, 0L);
        foreach (var stretch in traffic.Stretches())
        {
            var began = Stopwatch.GetTimestamp();
            var rest = stretch.Span;
            while (rest.Length > 0)
            {
                var feed = rest.IndexOf((byte)'\n');
                var line = feed < 0 ? rest : rest[..feed];
                if (batch.IsFull) batch.Clear();
                // A line that is refused costs its time as well.
                _ = decoder.Append(batch, line, idsFromContent: false);
                rest = feed < 0 ? default : rest[(feed + 1)..];
            }
            ticks += Stopwatch.GetTimestamp() - began;
            bytes += stretch.Length;
        }
        return (ticks, bytes);
    }
}
