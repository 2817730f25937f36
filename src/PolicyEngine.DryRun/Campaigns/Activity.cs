using System.Runtime.InteropServices;

namespace PolicyEngine.DryRun.Campaigns;

/// <summary>What was counted of a set of accounts: of one campaign, or of everybody outside all of them.</summary>
internal sealed class Activity
{
    private readonly Dictionary<(int Field, int Value), long> _values = [];

    public Dictionary<int, long> EventsByType { get; } = [];

    public Dictionary<(int Reference, bool IsNew), long> AfterReference { get; } = [];

    public IReadOnlyDictionary<(int Field, int Value), long> Values => _values;

    public long Of(int field, int value) => _values.GetValueOrDefault((field, value));

    public void CountType(int type) => CollectionsMarshal.GetValueRefOrAddDefault(EventsByType, type, out _)++;

    public void CountValue(int field, int value) => CollectionsMarshal.GetValueRefOrAddDefault(_values, (field, value), out _)++;

    public void CountAfter(int reference, bool isNew) => CollectionsMarshal.GetValueRefOrAddDefault(AfterReference, (reference, isNew), out _)++;

    public double ShareAfter(int reference)
    {
        var (old, young) = (AfterReference.GetValueOrDefault((reference, false)), AfterReference.GetValueOrDefault((reference, true)));
        return old + young == 0 ? 0 : (double)young / (old + young);
    }
}

/// <summary>What is counted of a campaign beside its <see cref="Activity"/>.</summary>
internal sealed class CampaignActivity(CampaignCase opened)
{
    private const long Day = 86_400_000;

    public CampaignCase Case { get; } = opened;

    public Activity Activity { get; } = new();

    public SlotTiming Timing { get; } = new();

    public long[] Hours { get; } = new long[24];

    public List<long> PerDay { get; } = [];

    /// <summary>Accounts that bore a value, by field and value: infrastructure and templates only.</summary>
    public Dictionary<(int Field, int Value), HashSet<int>> Bearers { get; } = [];

    public Dictionary<int, (long All, long Before)> EventsOfAccount { get; } = [];

    public long First { get; private set; } = long.MaxValue;

    public long Last { get; private set; } = long.MinValue;

    public void See(long time)
    {
        First = Math.Min(First, time);
        Last = Math.Max(Last, time);
    }

    /// <summary>An event of the kind that most of the recording is made of.</summary>
    public void Act(int account, long time, long recordingBegan, long enforced)
    {
        Timing.Add(account, time);
        Hours[(int)(time % Day / 3_600_000)]++;
        var day = (int)(time / Day - recordingBegan / Day);
        while (PerDay.Count <= day) PerDay.Add(0);
        if (day >= 0) PerDay[day]++;
        ref var events = ref CollectionsMarshal.GetValueRefOrAddDefault(EventsOfAccount, account, out _);
        events.All++;
        if (time < enforced) events.Before++;
    }

    public void Bear(int field, int value, int account)
    {
        ref var bearers = ref CollectionsMarshal.GetValueRefOrAddDefault(Bearers, (field, value), out _);
        (bearers ??= []).Add(account);
    }
}
