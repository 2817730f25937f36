using System.Buffers;
using System.Globalization;

namespace PolicyEngine.DryRun.Simulation;

/// <summary>How much of a simulation belongs to a campaign or a benign population, as far as it has been written.</summary>
public readonly record struct CohortCount(string Name, bool IsFraud, int Accounts, long Exchanges, long OtherEvents);

/// <summary>
/// Invented traffic of an LLM platform, one event after the other in order of time: people, companies and programs that do nothing wrong,
/// and campaigns among them. What an account does follows from its own seed, so neither how many events are taken at once nor the size
/// of a buffer changes a byte. Nothing is kept of the events; an account takes some 300 bytes.
/// </summary>
public sealed class Simulator
{
    private readonly Population _population;
    private readonly Timeline _timeline;
    private readonly EventWriter _writer;
    private readonly Names _names;
    private readonly long[] _exchanges;
    private readonly long[] _others;
    private int _taken;

    /// <exception cref="InputException">The options cannot be simulated; the message says why.</exception>
    public Simulator(SimulationOptions options)
    {
        Check(options);
        _population = Population.Of(options);
        _timeline = new Timeline(_population);
        _writer = new EventWriter(_population, options.Seed);
        _names = new Names(options.Seed);
        _exchanges = new long[_population.Cohorts.Count];
        _others = new long[_population.Cohorts.Count];
    }

    /// <summary>Events written so far.</summary>
    public long Events { get; private set; }

    /// <summary>How much of the time has gone by, 0..1.</summary>
    public double Share => Math.Clamp((double)_timeline.Minute / _timeline.Minutes, 0, 1);

    public int Accounts => _population.Accounts.Length;

    /// <summary>Writes the next events, each a line of JSON with its line feed.</summary>
    /// <returns>How many; less than <paramref name="most"/> only at the end.</returns>
    public long Write(IBufferWriter<byte> writer, long most)
    {
        var written = 0L;
        while (written < most && IsReady())
        {
            var room = writer.GetSpan(Line.Longest);
            var length = 0;
            for (; written < most && _taken < _timeline.Count && length + Line.Longest <= room.Length; written++)
                length += WriteNext(ref room[length]);
            writer.Advance(length);
        }
        Events += written;
        return written;
    }

    /// <summary>What every account really is: a table with the columns account, label (fraud or benign) and cohort.</summary>
    public void WriteTruth(TextWriter writer)
    {
        writer.Write("account,label,cohort\n");
        for (var i = 0; i < _population.Accounts.Length; i++)
        {
            var cohort = _population.Cohorts[_population.Accounts[i].Cohort];
            var label = cohort.IsFraud ? "fraud" : "benign";
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"acc_{_names.Account(i):x6},{label},{cohort.Name}\n"));
        }
    }

    public IReadOnlyList<CohortCount> Cohorts()
    {
        var accounts = new int[_population.Cohorts.Count];
        foreach (ref readonly var account in _population.Accounts.AsSpan()) accounts[account.Cohort]++;
        return [.. _population.Cohorts.Select((c, i) => new CohortCount(c.Name, c.IsFraud, accounts[i], _exchanges[i], _others[i]))];
    }

    /// <summary>Whether there is an event to be written, in this minute or a later one.</summary>
    private bool IsReady()
    {
        while (_taken == _timeline.Count)
        {
            if (_timeline.Minute >= _timeline.Minutes || !_timeline.Advance()) return false;
            _taken = 0;
            _writer.SetMinute(_timeline.Minute);
        }
        return true;
    }

    private int WriteNext(ref byte room)
    {
        var (milliseconds, account, step) = Timeline.Read(_timeline.Coming[_taken++]);
        if (step != Step.Release) (step == Step.Exchange ? _exchanges : _others)[_population.Accounts[account].Cohort]++;
        return _writer.Write(milliseconds, account, step, ref room);
    }

    private static void Check(SimulationOptions options)
    {
        const int MostDays = 3660;
        const int MostCampaigns = 200;
        if (options.Days is < 1 or > MostDays) throw new InputException($"a simulation takes 1 to {MostDays} days, not {options.Days}");
        if (options.Start < 0 || options.Start % Calendar.Minute != 0)
            throw new InputException("a simulation starts at a whole minute of 1970 or later");
        if (options.Campaigns.Count > MostCampaigns)
            throw new InputException($"{options.Campaigns.Count} campaigns are too many; {MostCampaigns} at most");
        if (options.BenignAccounts + options.Campaigns.Sum(c => (long)c.Accounts) > Timeline.MostAccounts)
            throw new InputException($"these are too many accounts; {Timeline.MostAccounts} at most");
        foreach (var campaign in options.Campaigns)
            if (campaign.Accounts < 1 || campaign.Exchanges < campaign.Accounts || campaign.Exchanges / campaign.Accounts > 10_000_000)
                throw new InputException($"campaign {campaign.Name} needs 1 to 10 000 000 exchanges for each of its accounts");
    }
}
