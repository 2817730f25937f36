namespace PolicyEngine.DryRun.Simulation;

/// <summary>What to simulate. The same options give the same bytes on every machine.</summary>
public sealed record SimulationOptions
{
    /// <summary>2026-02-02T00:00Z, a Monday.</summary>
    public const long UsualStart = 1_769_990_400_000;

    public ulong Seed { get; init; } = 1;

    public int Days { get; init; } = 14;

    /// <summary>Milliseconds since the epoch; a whole minute.</summary>
    public long Start { get; init; } = UsualStart;

    /// <summary>Accounts that do nothing wrong, 200 000 at scale 1.</summary>
    public int BenignAccounts { get; init; }

    /// <summary>What they ask for, 24 million at scale 1.</summary>
    public long BenignExchanges { get; init; }

    public IReadOnlyList<Campaign> Campaigns { get; init; } = [];

    /// <param name="scale">Share of the reported size: 1 is 24 000 accounts and 16 million exchanges of campaigns.</param>
    public static SimulationOptions Of(Preset preset, double scale) => new()
    {
        BenignAccounts = Math.Max(20, (int)Math.Round(200_000 * scale)),
        BenignExchanges = Math.Max(20, (long)Math.Round(24_000_000 * scale)),
        Campaigns = PresetCampaigns.Of(preset, scale),
    };
}
