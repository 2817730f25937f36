using System.Diagnostics;
using System.Text;
using PolicyEngine.DryRun.Benchmarking;

namespace PolicyEngine.Benchmarks;

/// <summary>The whole way with 10, 1 000 and 3 000 rules, all with constants of their own.</summary>
internal static class RuleScaling
{
    private static readonly int[] Sizes = [10, 1000, 3000];

    private const string Head = """
        pack many
          owner  "engine"
          policy "none"
          stage  enforce
        entity account
        event exchange {
          account: account
          model: text
          task: text
          cot_score: number
          input_tokens: integer
          output_tokens: integer
          tool_calls: integer
          status: integer
        }
        measure requests_1h  = count of exchange per account over 1h
        measure requests_24h = count of exchange per account over 24h
        measure tokens_24h   = sum output_tokens of exchange per account over 24h

        """;

    public static void Run(int events, TextWriter writer)
    {
        writer.WriteLine();
        writer.WriteLine($"{"rules",8}{"compiled in ms",16}{"events/s",12}{"decisions",12}{"ratio of time",15}");
        var first = 0.0;
        foreach (var size in Sizes)
        {
            var began = Stopwatch.GetTimestamp();
            var plan = Plans.Compile(Policy(size));
            var compiled = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            new BenchRunner(plan, BenchTraffic.Invented(20_000, seed: 2)).Pass(1, null);
            var (pass, _) = new BenchRunner(plan, BenchTraffic.Invented(events, seed: 1)).Pass(1, null);
            if (first == 0) first = pass.Seconds;
            writer.WriteLine($"{size,8:N0}{compiled,16:N0}{pass.EventsPerSecond,12:N0}{pass.Decisions,12:N0}{pass.Seconds / first,15:0.00}");
        }
    }

    /// <summary>Rules that are rarely true, so that their number is measured and not their decisions.</summary>
    private static string Policy(int rules)
    {
        string[] models = ["small-3", "large-4", "large-4-mini", "large-5"];
        string[] tasks = ["reasoning", "coding", "writing", "translation", "search", "vision"];
        var text = new StringBuilder(Head);
        for (var i = 0; i < rules; i++)
        {
            var condition = (i % 5) switch
            {
                0 => $"on each exchange when model = \"{models[i % 4]}\" and task = \"{tasks[i % 6]}\" and input_tokens > {3015 + (i % 5)} and output_tokens > {900 + i}",
                1 => $"on each exchange when cot_score >= 0.{90 + (i % 10)} and output_tokens = {1000 + i} and tool_calls = {i % 3} and status = 500",
                2 => $"on each exchange when status = {500 + (i % 4)} and input_tokens between {i} and {i + 2} and task = \"{tasks[i % 6]}\"",
                3 => $"on exchange per account when requests_1h >= {40 + i} and requests_24h >= {300 + i}",
                _ => $"on exchange per account when tokens_24h >= {700_000 + (i * 100)}",
            };
            text.Append("rule r").Append(i).Append(' ').Append(condition).Append(" then observe\n");
        }
        return text.ToString();
    }
}
