namespace PolicyEngine.Benchmarks.Peers;

/// <summary>What a programmer would write for just these rules.</summary>
internal sealed class Loop : Peer
{
    public override string Name => "hand-written C# loop";

    public override string Way => "objects to counts";

    public override long[] Run(Exchange[] events)
    {
        var counts = new long[ThirteenRules.Count];
        var windows = new Dictionary<int, AccountWindow>();
        foreach (var e in events)
        {
            if (e.CotScore >= 0.97 && e.Task == "reasoning") counts[0]++;
            if (e.InputTokens > 3000) counts[1]++;
            if (e.OutputTokens > 3900) counts[2]++;
            if (e.Status == 500 && e.Model == "large-4") counts[3]++;
            if (e.Status == 429 && e.Task == "vision") counts[4]++;
            if (e.Country is "BR" or "KE" && e.OutputTokens < 15) counts[5]++;
            if (e.ToolCalls >= 2 && e.InputTokens is >= 2900 and <= 2950) counts[6]++;
            if (e.Task == "translation" && e.Model == "large-5" && e.InputTokens < 50) counts[7]++;
            if (e.CotScore < 0.02 && e.Task != "reasoning") counts[8]++;
            if (e.OutputTokens > e.InputTokens * 40) counts[9]++;
            if (!windows.TryGetValue(e.Account, out var window)) windows[e.Account] = window = new AccountWindow();
            window.Add(e);
            if (window.RequestsHour >= 25) counts[10]++;
            if (window.TokensDay >= 350_000) counts[11]++;
            if ((double)window.AsksDay / window.RequestsDay >= 0.9 && window.RequestsDay >= 100) counts[12]++;
        }
        return counts;
    }
}
