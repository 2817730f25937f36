namespace PolicyEngine.Benchmarks;

/// <summary>
/// The windows of the three windowed rules for one account, by hand: (t − 1h, t] and (t − 24h, t], the current event included.
/// </summary>
public sealed class AccountWindow
{
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;

    private readonly Queue<(long Time, int Tokens, bool Asks)> _day = new();
    private readonly Queue<long> _hour = new();

    public int RequestsHour => _hour.Count;

    public int RequestsDay => _day.Count;

    public long TokensDay { get; private set; }

    public int AsksDay { get; private set; }

    public AccountWindow Add(Exchange e)
    {
        while (_hour.TryPeek(out var time) && time <= e.Time - Hour) _hour.Dequeue();
        while (_day.TryPeek(out var oldest) && oldest.Time <= e.Time - Day)
        {
            _day.Dequeue();
            TokensDay -= oldest.Tokens;
            if (oldest.Asks) AsksDay--;
        }
        var asks = e.CotScore >= 0.7;
        _hour.Enqueue(e.Time);
        _day.Enqueue((e.Time, e.OutputTokens, asks));
        TokensDay += e.OutputTokens;
        if (asks) AsksDay++;
        return this;
    }
}
