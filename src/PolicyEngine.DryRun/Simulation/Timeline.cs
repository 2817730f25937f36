namespace PolicyEngine.DryRun.Simulation;

/// <summary>
/// The events of all accounts in order of time, a minute at once. Each account stands in the list of the minute in which it acts next, so
/// that finding who acts costs the same however many there are.
/// </summary>
internal sealed class Timeline
{
    private const int AccountShift = 8;
    private const int TimeShift = 32;
    public const int MostAccounts = (1 << (TimeShift - AccountShift)) - 1;

    private readonly Population _population;
    private readonly int[] _firsts;
    private readonly int[] _nexts;
    private readonly int _releaseMinute;
    private ulong[] _keys = new ulong[1024];

    public Timeline(Population population)
    {
        _population = population;
        _firsts = new int[population.Span / Calendar.Minute];
        _nexts = new int[population.Accounts.Length];
        _releaseMinute = (int)(population.ReleaseAt / Calendar.Minute);
        for (var i = population.Accounts.Length - 1; i >= 0; i--) Enlist(i, Next(population.Accounts[i]));
    }

    public int Minutes => _firsts.Length;

    /// <summary>The minute that <see cref="Coming"/> speaks of; -1 before the first.</summary>
    public int Minute { get; private set; } = -1;

    /// <summary>The events of the minute, in order; to be read with <see cref="Read"/>.</summary>
    public ReadOnlySpan<ulong> Coming => _keys.AsSpan(0, Count);

    public int Count { get; private set; }

    public static (int Milliseconds, int Account, Step Step) Read(ulong key) =>
        ((int)(key >> TimeShift), (int)(key >> AccountShift) & MostAccounts, (Step)(key & 0xF));

    /// <summary>Goes on to the next minute, false at the end.</summary>
    public bool Advance()
    {
        if (++Minute >= Minutes) return false;
        Count = 0;
        var end = (Minute + 1) * Calendar.Minute;
        if (Minute == _releaseMinute) Note(_population.ReleaseAt, 0, Step.Release);
        for (var at = _firsts[Minute] - 1; at >= 0;)
        {
            var next = _nexts[at] - 1;
            Enlist(at, Gather(at, ref _population.Accounts[at], end));
            at = next;
        }
        _keys.AsSpan(0, Count).Sort();
        return true;
    }

    /// <summary>All that the account does before the end of the minute; gives the time of what follows.</summary>
    private long Gather(int at, ref Account account, long end)
    {
        while (true)
        {
            var isOther = account.NextOther < account.NextExchange;
            var time = isOther ? account.NextOther : account.NextExchange;
            if (time >= end) return time;
            if (isOther)
            {
                Note(time, at, Calendar.TakeStep(ref account));
            }
            else
            {
                Note(time, at, Step.Exchange);
                account.NextExchange = Calendar.NextExchange(ref account, _population.Start, _population.Span);
            }
        }
    }

    private void Note(long time, int account, Step step)
    {
        if (Count == _keys.Length) Array.Resize(ref _keys, 2 * Count);
        var milliseconds = (ulong)(time - (Minute * Calendar.Minute));
        _keys[Count++] = (milliseconds << TimeShift) | ((ulong)account << AccountShift) | (ulong)step;
    }

    private void Enlist(int account, long time)
    {
        if (time >= _population.Span) return;
        ref var first = ref _firsts[time / Calendar.Minute];
        _nexts[account] = first;
        first = account + 1;
    }

    private static long Next(in Account account) => Math.Min(account.NextOther, account.NextExchange);
}
