namespace PolicyEngine.DryRun.Simulation;

public enum Preset { Reported, Evasive, Slow, AOnly, None }

/// <summary>
/// The campaigns of the presets. Sizes at scale 1 are those that were publicly reported for three real campaigns: 24 000 accounts and
/// 16 million exchanges, of which 150 000 and 3.4 million belong to the first two.
/// </summary>
public static class PresetCampaigns
{
    private static readonly Campaign A = new("A", 600, 150_000)
    {
        Asks = Asks.Reasoning, AccountsOnCard = 30, Tactics = Tactics.Cards | Tactics.Ticks | Tactics.Bursts,
    };

    private static readonly Campaign B = new("B", 900, 3_400_000)
    {
        Asks = Asks.Tools, AccountsOnCard = 6, Tactics = Tactics.Rotation | Tactics.Cards | Tactics.Bursts,
    };

    private static readonly Campaign C = new("C", 22_500, 12_450_000)
    {
        AccountsOnCard = 15,
        Tactics = Tactics.Rotation | Tactics.Cards | Tactics.Cover | Tactics.Replacement | Tactics.Pivot | Tactics.Bursts,
    };

    private const Tactics Care = Tactics.Rotation | Tactics.Scattered | Tactics.CommonMail | Tactics.Aged | Tactics.Cover;

    public static IReadOnlyList<Campaign> Of(Preset preset, double scale) => preset switch
    {
        Preset.Reported => [Scaled(A, scale), Scaled(B, scale), Scaled(C, scale)],
        Preset.Evasive => [.. new[] { A, B, C }.Select(c => Scaled(Careful(c), scale))],
        Preset.Slow => [.. new[] { A, B, C }.Select(c => Scaled(Patient(c), scale))],
        Preset.AOnly => [Scaled(A, scale)],
        _ => [],
    };

    /// <summary>More addresses and cards, one address a network, cover traffic, the usual mail providers, aged accounts.</summary>
    private static Campaign Careful(Campaign campaign) =>
        campaign with { AccountsOnCard = Math.Max(2, campaign.AccountsOnCard / 5), Tactics = campaign.Tactics | Care };

    /// <summary>Nothing happens at the same time: not the work, not the sign-ups.</summary>
    private static Campaign Patient(Campaign campaign) =>
        campaign with { Tactics = (campaign.Tactics & ~(Tactics.Ticks | Tactics.Bursts)) | Tactics.Loose };

    /// <summary>Never less than two accounts: one alone is no campaign.</summary>
    private static Campaign Scaled(Campaign campaign, double scale)
    {
        var accounts = Math.Max(2, (int)Math.Round(campaign.Accounts * scale));
        return campaign with { Accounts = accounts, Exchanges = Math.Max(accounts, (long)Math.Round(campaign.Exchanges * scale)) };
    }
}
