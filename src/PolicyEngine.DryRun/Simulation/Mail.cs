namespace PolicyEngine.DryRun.Simulation;

/// <summary>Where mail addresses are from. Places in the list are kept by accounts.</summary>
internal static class Mail
{
    private const int Common = 9;

    /// <summary>A domain of one's own: that of the organisation, or one bought together with the card.</summary>
    public const byte Own = byte.MaxValue;

    /// <summary>First those that everybody uses, then those whose addresses last for minutes.</summary>
    public static readonly string[] Domains =
    [
        "gmail.com", "gmail.com", "gmail.com", "outlook.com", "yahoo.com", "icloud.com", "hotmail.com", "proton.me", "gmx.net",
        "mailinator.com", "yopmail.com", "guerrillamail.com", "sharklasers.com", "temp-mail.org",
    ];

    public static byte Usual(Dice dice) => (byte)dice.Below(Common);

    public static byte Throwaway(Dice dice) => (byte)dice.Between(Common, Domains.Length - 1);
}
