using PolicyEngine.DryRun.Benchmarking;
using PolicyEngine.DryRun.Sampling;

namespace PolicyEngine.Benchmarks;

/// <summary>What a measure keeps: the engine's memory with it less the memory without it, by key and by live entry or pair.</summary>
internal static class StructureSizes
{
    private const long Hour = 3_600_000;

    private const string Head = """
        pack sizes
          owner  "engine"
          policy "none"
          stage  enforce
        entity account
        entity device
        event exchange {
          account: account
          device: device
          task: text
          output_tokens: integer
        }
        rule never on exchange per account when hits >= 1_000_000_000 then observe
        measure hits = count of exchange per account

        """;

    private static readonly (string Name, string Measure, long Span, Func<TrafficEvent, (int, int)>? Pair)[] Structures =
    [
        ("count over 1h", "count of exchange per account over 1h", Hour, null),
        ("count over 24h", "count of exchange per account over 24h", 24 * Hour, null),
        ("count over 24h step 1h", "count of exchange per account over 24h step 1h", 24 * Hour, null),
        ("sum over 24h", "sum output_tokens of exchange per account over 24h", 24 * Hour, null),
        ("entropy over 24h", "entropy task of exchange per account over 24h", 24 * Hour, null),
        ("distinct over 7d", "distinct device of exchange per account over 7d", 168 * Hour, e => (e.Account, e.Device)),
        ("distinct per device over 7d", "distinct account of exchange per device over 7d", 168 * Hour, e => (e.Device, e.Account)),
    ];

    public static void Run(int events, TextWriter writer)
    {
        writer.WriteLine();
        var without = State(Head, events);
        writer.WriteLine($"{"structure",-32}{"MiB",10}{"keys",10}{"live entries",14}{"B/key",10}{"B/entry",10}");
        foreach (var (name, measure, span, pair) in Structures)
        {
            var key = measure.Contains("per device", StringComparison.Ordinal) ? "device" : "account";
            var reading = measure.StartsWith("entropy", StringComparison.Ordinal) ? "m >= 1000.0" : "m >= 1_000_000_000";
            var bytes = Math.Max(0, State($"{Head}measure m = {measure}\nrule reads on exchange per {key} when {reading} then observe\n", events) - without);
            var (keys, entries) = Live(events, span, key == "device", pair);
            writer.WriteLine($"{name,-32}{bytes / 1048576.0,10:0.0}{keys,10:N0}{entries,14:N0}{bytes / (double)keys,10:0}{bytes / (double)Math.Max(1, entries),10:0.0}");
        }
        writer.WriteLine($"without any of them: {without / 1048576.0:0.0} MiB (ids of accounts, duplicates of a day, batches)");
    }

    private static long State(string policy, int events) =>
        new BenchRunner(Plans.Compile(policy), BenchTraffic.Invented(events, seed: 1)).Pass(1, null).Pass.StateBytes;

    /// <summary>Keys ever seen, and events or pairs within the span at the end.</summary>
    private static (int Keys, int Entries) Live(int events, long span, bool byDevice, Func<TrafficEvent, (int, int)>? pair)
    {
        var traffic = new BenchmarkTraffic(events, seed: 1);
        var keys = new HashSet<int>();
        var times = new List<long>();
        var last = new Dictionary<(int, int), long>();
        for (var i = 0; i < events; i++)
        {
            var e = traffic.Next();
            if (e.Kind != TrafficKind.Exchange) continue;
            keys.Add(byDevice ? e.Device : e.Account);
            times.Add(e.Time);
            if (pair is not null) last[pair(e)] = e.Time;
        }
        var from = times[^1] - span;
        return (keys.Count, pair is null ? times.Count(t => t > from) : last.Values.Count(t => t > from));
    }
}
