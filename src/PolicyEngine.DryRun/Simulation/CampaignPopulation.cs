namespace PolicyEngine.DryRun.Simulation;

/// <summary>
/// The accounts of a campaign, ring by ring. A ring is what one card pays for: it shares templates, addresses and, where that is a
/// tactic, the moments at which it acts. With replacement a ring comes again and again with new accounts.
/// </summary>
internal sealed class CampaignPopulation(Population population, Campaign campaign)
{
    private const long Lifetime = 4 * Calendar.Day;
    private const byte CoverShare = 84;
    private const int Bundle = 6;
    private const int OwnTemplates = 24;
    private const int RefusedAtTheEnd = 3;

    private readonly Dice _dice = new(Draw.Of(population.Dice.Next(), (ulong)campaign.Name.Length));
    private readonly ulong _templates = campaign.Asks == Asks.Reasoning ? Templates.Known : population.Dice.Next();
    private int _made;
    private long _given;

    private int Generations =>
        campaign.Uses(Tactics.Replacement) ? (int)Math.Clamp(population.Span / Lifetime, 1, Math.Max(1, campaign.Accounts / 2)) : 1;

    private int RingSize => Math.Clamp(campaign.AccountsOnCard, 1, Math.Max(1, campaign.Accounts / (2 * Generations)));

    public void Build()
    {
        var cohort = population.NewCohort(campaign.Name, isFraud: true);
        var proxies = campaign.Uses(Tactics.Rotation) ? Proxies() : default;
        while (_made < campaign.Accounts)
        {
            int[] devices = [Device(), Device(), Device()];
            var ring = new Ring(population.NewCard(), Networks.SomeCountry(_dice), RingAddresses(proxies), devices);
            for (var generation = 0; generation < Generations && _made < campaign.Accounts; generation++)
                AddRing(cohort, ring, generation);
        }
    }

    private void AddRing(byte cohort, Ring ring, int generation)
    {
        var size = Math.Min(RingSize, campaign.Accounts - _made);
        var exchanges = (long)((UInt128)(ulong)campaign.Exchanges * (ulong)(_made + size) / (ulong)campaign.Accounts) - _given;
        var begins = Begins(generation);
        var ends = campaign.Uses(Tactics.Replacement)
            ? Math.Min(population.Span, begins + (Lifetime / 2) + Draw.Wait(_dice.Next(), Lifetime / 2)) : population.Span;
        var plan = new Plan(cohort, begins, Math.Max(ends, Math.Min(population.Span, begins + Calendar.Day)), _dice.Next());
        for (var i = 0; i < size; i++)
        {
            var part = (exchanges * (i + 1) / size) - (exchanges * i / size);
            AddAccount(ring, plan, (int)part, (int)((exchanges + size - 1) / size));
        }
        _made += size;
        _given += exchanges;
    }

    private long Begins(int generation)
    {
        var room = population.Span / Generations;
        if (Generations > 1) return (generation * room) + _dice.Below(Math.Max(1, room / 3));
        return _dice.Below(campaign.Uses(Tactics.Bursts) ? population.Span / 5 : population.Span * 4 / 5);
    }

    /// <param name="most">What the busiest account of the ring makes: all plan for that many, and so keep time with each other.</param>
    private void AddAccount(Ring ring, Plan plan, int exchanges, int most)
    {
        var isTogether = campaign.Uses(Tactics.Ticks | Tactics.Loose);
        var spread = campaign.Uses(Tactics.Bursts) ? 40 * Calendar.Minute : (plan.Ends - plan.Begins) / 3;
        var signsUp = plan.Begins + _dice.Below(spread);
        var begins = campaign.Uses(Tactics.Aged) && _dice.Chance(50) ? -1 : signsUp;
        var pool = campaign.Uses(Tactics.Rotation) ? OwnAddresses(ring) : ring.Addresses;
        var pivots = campaign.Uses(Tactics.Pivot) && _dice.Chance(50);
        var account = new Account
        {
            Seed = _dice.Next(), Clock = isTogether ? plan.Clock : 0, Cohort = plan.Cohort, Country = ring.Country.Place,
            Habit = (byte)Array.IndexOf(Population.Habits, HabitOf()), Rhythm = 0, Surface = Surface.Api,
            Card = campaign.Uses(Tactics.Cards) ? ring.Card : population.NewCard(), HasCard = true,
            Device = _dice.Of(ring.Devices), Mail = MailOf(), HasVoip = _dice.Chance(40),
            AddressStart = pool.Start, AddressCount = pool.Count, AddressHold = (byte)(campaign.Uses(Tactics.Rotation) ? 1 : 6),
            TemplateSeed = _templates, TemplateCount = (ushort)(campaign.Asks == Asks.Reasoning ? Templates.Questions : OwnTemplates),
            NewModelFrom = population.ReleaseAt + (pivots ? _dice.Below(20 * Calendar.Hour) : 3 * Calendar.Day),
            NewModelShare = (byte)(pivots ? 255 : 20),
            Cover = campaign.Uses(Tactics.Cover) ? CoverShare : (byte)0,
            RefusedAfter = campaign.Uses(Tactics.Replacement) ? Math.Max(1, exchanges - RefusedAtTheEnd) : int.MaxValue,
            ExchangeDelay = campaign.Uses(Tactics.Ticks) ? 1500 : 0,
            SessionDelay = campaign.Uses(Tactics.Loose) ? (int)(3 * Calendar.Hour) : 0,
            Left = most, Spare = (byte)(most - exchanges),
        };
        Steps.Plan(ref account, population, begins, _dice);
        StartTogether(ref account, plan, isTogether ? spread : 0, signsUp);
        Steps.WorkUntil(ref account, population, plan.Ends);
        population.Add(account);
    }

    /// <summary>Accounts that keep time begin when the last of them is ready; the others when they are, aged ones in their turn.</summary>
    private void StartTogether(ref Account account, Plan plan, long wait, long signsUp)
    {
        account.NextExchange = Math.Min((wait > 0 ? plan.Begins + wait : signsUp) + Calendar.SettlingIn, population.Span - 1);
        account.Tempo = Calendar.Active(account, account.NextExchange, population.Start);
    }

    private Habit HabitOf() => campaign.Asks switch
    {
        Asks.Reasoning => Habit.AsksForReasoning,
        Asks.Tools => Habit.AsksForTools,
        _ => Habit.AsksForAll,
    };

    private byte MailOf()
    {
        if (campaign.Uses(Tactics.CommonMail) || _dice.Chance(45)) return Mail.Usual(_dice);
        return _dice.Chance(35) ? Mail.Throwaway(_dice) : Mail.Own;
    }

    private int Device() => campaign.Uses(Tactics.Scattered) && _dice.Chance(60) ? _dice.Below(40) : population.NewDevice();

    /// <summary>The pool all rings draw from: three of ten addresses are also those of strangers behind carriers and public VPNs.</summary>
    private Pool Proxies()
    {
        var most = Math.Max(60, campaign.Accounts * (campaign.Uses(Tactics.Scattered) ? 6 : 3));
        return population.Addresses.Add(Enumerable.Range(0, most / Bundle).SelectMany(ProxyBundle).ToList());
    }

    /// <summary>Proxies are rented by the bundle; one seller has them next to each other, a careful buyer asks many sellers.</summary>
    private IEnumerable<Address> ProxyBundle(int place)
    {
        var first = Proxy(place);
        for (var i = 0; i < Bundle; i++)
        {
            var isElsewhere = campaign.Uses(Tactics.Scattered) || place % 10 <= 2;
            yield return isElsewhere ? Proxy(place) : Networks.All[first.Network].Host((int)first.Value + i);
        }
    }

    private Address Proxy(int place) => (place % 10) switch
    {
        < 2 => population.Addresses.Public(_dice.Of(Networks.Of(NetworkKind.Carrier)), _dice),
        2 => population.Addresses.Public(_dice.Of(Networks.Of(NetworkKind.Vpn)), _dice),
        < 8 => _dice.Of(Networks.Of(NetworkKind.Provider)).Host(_dice.Below(65_536)),
        _ => _dice.Of(Networks.Of(NetworkKind.Hosting)).Host(_dice.Below(65_536)),
    };

    /// <summary>The part of the proxies that a ring uses, or two servers of its own.</summary>
    private Pool RingAddresses(Pool proxies)
    {
        if (proxies.Count > 0)
        {
            var count = Math.Min(proxies.Count, 40);
            return new Pool(proxies.Start + _dice.Below(proxies.Count - count + 1), count);
        }
        var network = _dice.Of(Networks.Of(NetworkKind.Hosting));
        var host = _dice.Below(65_000);
        return population.Addresses.Add([network.Host(host), network.Host(host + 1)]);
    }

    /// <summary>Scattered: so many of the ring's addresses that hardly two accounts meet on one.</summary>
    private Pool OwnAddresses(Ring ring)
    {
        if (!campaign.Uses(Tactics.Scattered)) return ring.Addresses;
        var count = Math.Min(ring.Addresses.Count, 8);
        return new Pool(ring.Addresses.Start + _dice.Below(ring.Addresses.Count - count + 1), count);
    }

    private sealed record Ring(int Card, Country Country, Pool Addresses, int[] Devices);

    private sealed record Plan(byte Cohort, long Begins, long Ends, ulong Clock);
}
