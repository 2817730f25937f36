namespace PolicyEngine.DryRun.Simulation;

/// <summary>A group of accounts as the truth file and the summary name it.</summary>
internal sealed record Cohort(string Name, bool IsFraud);

/// <summary>Everybody who takes part, and where they come from; built before the first event.</summary>
internal sealed class Population
{
    public static readonly Habit[] Habits =
    [
        Habit.Regular, Habit.Worker, Habit.Student, Habit.Builder, Habit.Reseller, Habit.Evaluation,
        Habit.AsksForReasoning, Habit.AsksForTools, Habit.AsksForAll,
    ];

    public static readonly Rhythm[] Rhythms = [Rhythm.Even, Rhythm.Person, Rhythm.Office, Rhythm.Student, Rhythm.Machine];

    private readonly List<Account> _accounts = [];
    private int _cards;
    private int _orgs;
    private int _devices = PopularDevices;

    private Population(SimulationOptions options)
    {
        Dice = new Dice(Draw.Mix(options.Seed));
        Span = options.Days * Calendar.Day;
        Start = options.Start;
        ReleaseAt = Span / 5 * 3 + (Span / 5 * 3 % Calendar.Day / 2);
    }

    /// <summary>Fingerprints that strangers share: much-sold telephones, and programs that all look alike.</summary>
    public const int PopularDevices = 160;

    public Dice Dice { get; }

    public AddressBook Addresses { get; } = new();

    public List<Cohort> Cohorts { get; } = [];

    public Account[] Accounts { get; private set; } = [];

    /// <summary>Milliseconds from the beginning to the end.</summary>
    public long Span { get; }

    /// <summary>Milliseconds since the epoch.</summary>
    public long Start { get; }

    /// <summary>When the new model is released, milliseconds since the beginning.</summary>
    public long ReleaseAt { get; }

    public int Count => _accounts.Count;

    public static Population Of(SimulationOptions options)
    {
        var population = new Population(options);
        if (options.BenignAccounts > 0) new BenignPopulation(population, options.BenignAccounts, options.BenignExchanges).Build();
        foreach (var campaign in options.Campaigns) new CampaignPopulation(population, campaign).Build();
        population.Accounts = [.. population._accounts];
        foreach (ref var account in population.Accounts.AsSpan()) population.SetOut(ref account);
        return population;
    }

    public int NewCard() => _cards++;

    public int NewOrg() => ++_orgs;

    public int NewDevice() => _devices++;

    public byte NewCohort(string name, bool isFraud)
    {
        Cohorts.Add(new Cohort(name, isFraud));
        return (byte)(Cohorts.Count - 1);
    }

    public int Add(in Account account)
    {
        _accounts.Add(account);
        return _accounts.Count - 1;
    }

    public Span<Account> From(int first) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_accounts)[first..];

    /// <summary>Plans the first exchange, once it is known how many there are.</summary>
    private void SetOut(ref Account account)
    {
        if (account.Clock == 0) account.Clock = Draw.Mix(~account.Seed);
        account.NextExchange = Calendar.FirstExchange(ref account, this);
    }
}
