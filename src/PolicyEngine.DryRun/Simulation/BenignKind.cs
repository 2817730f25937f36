namespace PolicyEngine.DryRun.Simulation;

/// <summary>Where the accounts of a kind come from.</summary>
internal enum Place : byte { Home, Office, Campus, Carrier, Vpn, Customers, Hosting }

/// <summary>
/// A population that does nothing wrong, most of them looking like a campaign in one way or another. Accounts of a group share card,
/// organisation or addresses, as the kind says.
/// </summary>
/// <param name="Share">Accounts of 10 000.</param>
/// <param name="Weight">How much it asks, compared with the others.</param>
internal sealed record BenignKind(string Name, int Share, int Weight, Habit Habit, Rhythm Rhythm, Place Place)
{
    public (int Least, int Most) Group { get; init; } = (1, 1);

    /// <summary>Of 100 groups, how many sign up during the simulation.</summary>
    public int Newcomers { get; init; } = 30;

    /// <summary>Of 100 groups, how many pay.</summary>
    public int Paying { get; init; } = 55;

    /// <summary>Of 100 accounts, how many are programs with a key.</summary>
    public int Programs { get; init; } = 6;

    public bool HasOneCard { get; init; }

    public bool HasOrg { get; init; }

    /// <summary>How many templates the group uses; those of <see cref="KnownTemplates"/> are the same everywhere.</summary>
    public int TemplateCount { get; init; }

    public bool KnownTemplates { get; init; }

    public static readonly BenignKind[] All =
    [
        new("regular", 4600, 44, Habit.Regular, Rhythm.Person, Place.Home),
        new("household", 1000, 44, Habit.Regular, Rhythm.Person, Place.Home) { Group = (2, 5), HasOneCard = true, Paying = 100 },
        new("company", 1400, 150, Habit.Worker, Rhythm.Office, Place.Office)
        {
            Group = (8, 260), Newcomers = 20, Paying = 100, HasOneCard = true, HasOrg = true, TemplateCount = 12, Programs = 12,
        },
        new("campus", 900, 60, Habit.Student, Rhythm.Student, Place.Campus) { Group = (60, 600), Newcomers = 45, Paying = 8 },
        new("carrier", 1300, 40, Habit.Regular, Rhythm.Person, Place.Carrier) { Newcomers = 35, Programs = 1 },
        new("vpn", 400, 60, Habit.Regular, Rhythm.Person, Place.Vpn) { Newcomers = 35 },
        new("reseller", 150, 560, Habit.Reseller, Rhythm.Machine, Place.Customers)
        {
            Group = (12, 70), Newcomers = 35, Paying = 100, HasOneCard = true, HasOrg = true, TemplateCount = 6, Programs = 100,
        },
        new("builder", 190, 2600, Habit.Builder, Rhythm.Machine, Place.Hosting)
        {
            Group = (1, 3), Newcomers = 25, Paying = 100, HasOneCard = true, TemplateCount = 3, Programs = 100,
        },
        new("evaluation", 60, 1100, Habit.Evaluation, Rhythm.Machine, Place.Office)
        {
            Group = (3, 12), Paying = 100, HasOneCard = true, HasOrg = true, Programs = 100,
            TemplateCount = Templates.Questions, KnownTemplates = true,
        },
    ];
}

internal static class Templates
{
    /// <summary>How many questions there are that teams which measure models and campaigns after reasoning both use.</summary>
    public const int Questions = 40;

    /// <summary>The seed of those questions.</summary>
    public const ulong Known = 0x5175_6573_7469_6F6E;
}
