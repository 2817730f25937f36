namespace PolicyEngine.Benchmarks;

/// <summary>Ten rules about one event and three about a window of an account: here in our language and in C#, elsewhere for each peer.</summary>
internal static class ThirteenRules
{
    public const int Count = 13;

    public const string Policy = """
        pack bench
          owner  "engine"
          policy "none"
          stage  enforce
        entity account
        event exchange {
          account: account
          country: text
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
        measure cot_24h      = share of exchange where cot_score >= 0.7 per account over 24h
        rule a on each exchange when cot_score >= 0.97 and task = "reasoning" then observe
        rule b on each exchange when input_tokens > 3000 then observe
        rule c on each exchange when output_tokens > 3900 then observe
        rule d on each exchange when status = 500 and model = "large-4" then observe
        rule e on each exchange when status = 429 and task = "vision" then observe
        rule f on each exchange when country in ["BR", "KE"] and output_tokens < 15 then observe
        rule g on each exchange when tool_calls >= 2 and input_tokens between 2900 and 2950 then observe
        rule h on each exchange when task = "translation" and model = "large-5" and input_tokens < 50 then observe
        rule i on each exchange when cot_score < 0.02 and task != "reasoning" then observe
        rule j on each exchange when output_tokens > input_tokens * 40 then observe
        rule k on exchange per account when requests_1h >= 25 then observe
        rule l on exchange per account when tokens_24h >= 350_000 then observe
        rule m on exchange per account when cot_24h >= 90% and requests_24h >= 100 then observe
        """;

    public static readonly Func<Exchange, bool>[] Stateless =
    [
        e => e.CotScore >= 0.97 && e.Task == "reasoning",
        e => e.InputTokens > 3000,
        e => e.OutputTokens > 3900,
        e => e.Status == 500 && e.Model == "large-4",
        e => e.Status == 429 && e.Task == "vision",
        e => e.Country is "BR" or "KE" && e.OutputTokens < 15,
        e => e.ToolCalls >= 2 && e.InputTokens is >= 2900 and <= 2950,
        e => e.Task == "translation" && e.Model == "large-5" && e.InputTokens < 50,
        e => e.CotScore < 0.02 && e.Task != "reasoning",
        e => e.OutputTokens > e.InputTokens * 40,
    ];

    public static readonly Func<AccountWindow, bool>[] Windowed =
    [
        w => w.RequestsHour >= 25,
        w => w.TokensDay >= 350_000,
        w => (double)w.AsksDay / w.RequestsDay >= 0.9 && w.RequestsDay >= 100,
    ];
}
