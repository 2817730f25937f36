namespace PolicyEngine.DryRun.Simulation;

/// <summary>A campaign to be simulated: so many accounts, which make so many exchanges between them.</summary>
public sealed record Campaign(string Name, int Accounts, long Exchanges)
{
    public Asks Asks { get; init; } = Asks.All;

    public Tactics Tactics { get; init; }

    /// <summary>How many accounts one card pays for; they also share addresses and moments, as far as there are tactics for it.</summary>
    public int AccountsOnCard { get; init; } = 12;

    internal bool Uses(Tactics tactic) => (Tactics & tactic) != 0;
}
