namespace PolicyEngine.DryRun.Simulation;

/// <summary>What a campaign does so as not to be seen as one.</summary>
[Flags]
public enum Tactics
{
    None = 0,
    /// <summary>Requests leave through a pool of proxies, some of them behind carriers and public VPNs.</summary>
    Rotation = 1,
    /// <summary>Several accounts are paid with one card.</summary>
    Cards = 2,
    /// <summary>The accounts of a card send at the same moments.</summary>
    Ticks = 4,
    /// <summary>A third of the traffic is what other people ask.</summary>
    Cover = 8,
    /// <summary>An account acts for some days and is then replaced by one with the same card and addresses.</summary>
    Replacement = 16,
    /// <summary>Half of the accounts move to a new model within a day of its release.</summary>
    Pivot = 32,
    /// <summary>The accounts of a card sign up within minutes; without it sign-ups trickle in over the whole time.</summary>
    Bursts = 64,
    /// <summary>Every address stands in a network of its own.</summary>
    Scattered = 128,
    /// <summary>Mail at the providers that everybody uses.</summary>
    CommonMail = 256,
    /// <summary>Half of the accounts are older than the recording.</summary>
    Aged = 512,
    /// <summary>The accounts of a card work from the same plan, but hours apart.</summary>
    Loose = 1024,
}

/// <summary>What a campaign is after.</summary>
public enum Asks { Reasoning, Tools, All }
