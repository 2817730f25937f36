namespace PolicyEngine.DryRun.Simulation;

/// <summary>Everybody who does nothing wrong, kind by kind and group by group.</summary>
internal sealed class BenignPopulation(Population population, int accounts, long exchanges)
{
    private readonly Dice _dice = population.Dice;

    public void Build()
    {
        var first = population.Count;
        var (shares, all) = (0L, BenignKind.All.Sum(k => (long)k.Share));
        foreach (var kind in BenignKind.All)
        {
            shares += kind.Share;
            var cohort = population.NewCohort(kind.Name, isFraud: false);
            var until = (int)(accounts * shares / all);
            while (population.Count - first < until) AddGroup(kind, cohort, until - (population.Count - first));
        }
        Apportion(population.From(first));
    }

    private void AddGroup(BenignKind kind, byte cohort, int most)
    {
        var size = Math.Min(most, GroupSize(kind));
        var country = Networks.SomeCountry(_dice);
        var group = new Group(
            country, Addresses(kind, country), kind.HasOrg ? population.NewOrg() : 0, kind.HasOneCard ? population.NewCard() : -1,
            _dice.Chance(kind.Newcomers) ? _dice.Below(population.Span) : -1, _dice.Chance(kind.Paying),
            kind.KnownTemplates ? Templates.Known : _dice.Next());
        for (var i = 0; i < size; i++) AddAccount(kind, cohort, group);
    }

    /// <summary>Many small groups and a few large ones.</summary>
    private int GroupSize(BenignKind kind)
    {
        var (least, most) = kind.Group;
        var part = (long)_dice.Below(1000) * _dice.Below(1000);
        return least + (int)((most - least + 1) * part / 1_000_000);
    }

    private void AddAccount(BenignKind kind, byte cohort, Group group)
    {
        var last = population.Span - (2 * Calendar.SettlingIn);
        var begins = group.Begins < 0 ? -1 : Math.Min(group.Begins + Draw.Wait(_dice.Next(), 4 * Calendar.Hour), last);
        var isProgram = _dice.Chance(kind.Programs);
        var pool = OwnAddresses(kind, group);
        var account = new Account
        {
            Seed = _dice.Next(), RefusedAfter = int.MaxValue, Cohort = cohort, Country = group.Country.Place,
            Habit = (byte)Array.IndexOf(Population.Habits, kind.Habit), Rhythm = (byte)Array.IndexOf(Population.Rhythms, kind.Rhythm),
            Surface = isProgram ? Surface.Api : _dice.Chance(35) ? Surface.App : Surface.Web,
            Card = group.Card >= 0 ? group.Card : population.NewCard(), HasCard = group.Pays, Org = group.Org,
            Device = Device(isProgram), Mail = group.Org > 0 ? Mail.Own : Mail.Usual(_dice), HasVoip = _dice.Chance(6),
            AddressStart = pool.Start, AddressCount = pool.Count, AddressHold = (byte)(kind.Place == Place.Customers ? 0 : 3),
            TemplateSeed = group.Templates, TemplateCount = (ushort)kind.TemplateCount,
            NewModelFrom = population.ReleaseAt + Draw.Wait(_dice.Next(), 12 * Calendar.Day), NewModelShare = (byte)_dice.Between(90, 250),
        };
        Steps.Plan(ref account, population, begins, _dice);
        Steps.WorkUntil(ref account, population, population.Span);
        var weight = 1 + (kind.Weight / 4) + Draw.Wait(_dice.Next(), kind.Weight * 3 / 4);
        account.Left = (int)(begins < 0 ? weight : 1 + (weight * (population.Span - begins) / population.Span));
        population.Add(account);
    }

    private int Device(bool isProgram)
    {
        const int Programs = 40;
        if (isProgram) return _dice.Chance(65) ? _dice.Below(Programs) : population.NewDevice();
        return _dice.Chance(35) ? _dice.Between(Programs, Population.PopularDevices - 1) : population.NewDevice();
    }

    /// <summary>What a group shares: office, campus or home; the others have addresses of their own.</summary>
    private Address[] Addresses(BenignKind kind, Country country) => kind.Place switch
    {
        Place.Home => [Some(NetworkKind.Provider, country)],
        Place.Office => Neighbours(Some(NetworkKind.Business, country), _dice.Between(1, 3)),
        Place.Campus => Neighbours(Some(NetworkKind.Campus, country), 6),
        Place.Hosting => Neighbours(Some(NetworkKind.Hosting, country), _dice.Between(1, 4)),
        _ => [],
    };

    private Pool OwnAddresses(BenignKind kind, Group group)
    {
        var (shared, country) = (group.Addresses, group.Country);
        return kind.Place switch
        {
            Place.Carrier => population.Addresses.Public(_dice.Of(Networks.Of(NetworkKind.Carrier, country))),
            Place.Vpn => population.Addresses.Public(_dice.Of(Networks.Of(NetworkKind.Vpn))),
            Place.Customers => population.Addresses.Add(Homes(country, _dice.Between(8, 30)).ToList()),
            Place.Hosting => population.Addresses.Add(shared),
            Place.Home => population.Addresses.Add([shared[0], shared[0], shared[0], Mobile(country)]),
            _ => population.Addresses.Add([.. Enumerable.Range(0, 7).Select(i => shared[i % shared.Length]), .. Homes(country, 1)]),
        };
    }

    private Address Mobile(Country country) => population.Addresses.Public(_dice.Of(Networks.Of(NetworkKind.Carrier, country)), _dice);

    private IEnumerable<Address> Homes(Country country, int count) =>
        Enumerable.Range(0, count).Select(_ => Some(NetworkKind.Provider, country));

    private Address Some(NetworkKind kind, Country country) => _dice.Of(Networks.Of(kind, country)).Host(_dice.Below(65_536));

    /// <summary>Addresses of one /24.</summary>
    private static Address[] Neighbours(Address first, int count) =>
        [.. Enumerable.Range(0, count).Select(i => first with { Value = (first.Value & ~0xFFu) | ((first.Value + (uint)i) & 0xFF) })];

    /// <summary>Turns weights into exchanges: at least one each, and together what was asked for.</summary>
    private void Apportion(Span<Account> all)
    {
        var weights = 0L;
        foreach (ref var account in all) weights += account.Left;
        var (rest, sum, given) = (Math.Max(0, exchanges - all.Length), 0L, 0L);
        foreach (ref var account in all)
        {
            sum += account.Left;
            var until = (long)((UInt128)(ulong)rest * (ulong)sum / (ulong)weights);
            account.Left = (int)(1 + until - given);
            given = until;
        }
    }

    private readonly record struct Group(Country Country, Address[] Addresses, int Org, int Card, long Begins, bool Pays, ulong Templates);
}
