using PolicyEngine.DryRun.Sampling;

namespace PolicyEngine.Benchmarks;

/// <summary>An exchange as an object, for those that start from objects. Time in milliseconds.</summary>
public sealed class Exchange
{
    public long Time { get; init; }
    public int Account { get; init; }
    public string Country { get; init; } = "";
    public string Model { get; init; } = "";
    public string Task { get; init; } = "";
    public double CotScore { get; init; }
    public int InputTokens { get; init; }
    public int OutputTokens { get; init; }
    public int ToolCalls { get; init; }
    public int Status { get; init; }

    public static Exchange Of(in TrafficEvent e) => new()
    {
        Time = e.Time, Account = e.Account, Country = TrafficWords.Countries[e.Country], Model = TrafficWords.Models[e.Model],
        Task = TrafficWords.Tasks[e.Task], CotScore = e.CotScore / 100.0, InputTokens = e.InputTokens, OutputTokens = e.OutputTokens,
        ToolCalls = e.ToolCalls, Status = e.Status,
    };
}
