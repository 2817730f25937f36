using RulesEngine.Models;

namespace PolicyEngine.Benchmarks.Peers;

/// <summary>Microsoft RulesEngine: lambda texts over objects. It knows no windows; they are kept by hand and given as a second input.</summary>
internal sealed class MicrosoftRules : Peer
{
    private static readonly string[] Expressions =
    [
        "e.CotScore >= 0.97 && e.Task == \"reasoning\"",
        "e.InputTokens > 3000",
        "e.OutputTokens > 3900",
        "e.Status == 500 && e.Model == \"large-4\"",
        "e.Status == 429 && e.Task == \"vision\"",
        "(e.Country == \"BR\" || e.Country == \"KE\") && e.OutputTokens < 15",
        "e.ToolCalls >= 2 && e.InputTokens >= 2900 && e.InputTokens <= 2950",
        "e.Task == \"translation\" && e.Model == \"large-5\" && e.InputTokens < 50",
        "e.CotScore < 0.02 && e.Task != \"reasoning\"",
        "e.OutputTokens > e.InputTokens * 40",
        "w.RequestsHour >= 25",
        "w.TokensDay >= 350000",
        "1.0 * w.AsksDay / w.RequestsDay >= 0.9 && w.RequestsDay >= 100",
    ];

    private readonly RulesEngine.RulesEngine _engine = new(
        [
            new Workflow
            {
                WorkflowName = "bench",
                Rules = [.. Expressions.Select((text, i) => new Rule { RuleName = $"r{i}", Expression = text, RuleExpressionType = RuleExpressionType.LambdaExpression })],
            },
        ]);

    public override string Name => "Microsoft RulesEngine 6.0.1";

    public override string Way => "objects to results; windows by hand";

    public override long[] Run(Exchange[] events) => RunAsync(events).GetAwaiter().GetResult();

    private async Task<long[]> RunAsync(Exchange[] events)
    {
        var counts = new long[ThirteenRules.Count];
        var windows = new Dictionary<int, AccountWindow>();
        foreach (var e in events)
        {
            if (!windows.TryGetValue(e.Account, out var window)) windows[e.Account] = window = new AccountWindow();
            var results = await _engine.ExecuteAllRulesAsync("bench", new RuleParameter("e", e), new RuleParameter("w", window.Add(e))).ConfigureAwait(false);
            for (var i = 0; i < results.Count; i++)
                if (results[i].IsSuccess) counts[i]++;
        }
        return counts;
    }
}
