using PolicyEngine.Runtime.Events;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>In the order in which timers of one time run (A9).</summary>
internal enum TimerKind : byte { LabelEnd, LinkBoundary, Absence, Delayed, Every }

/// <summary>
/// Due at <paramref name="Due"/>, before events of that time. Subject: label, sequence, delayed response, or rule by kind. Domain and Key: of
/// whom, −1 for none.
/// </summary>
internal readonly record struct Timer(long Due, TimerKind Kind, int Subject, int Domain, int Key);

/// <summary>Timers in order of time, kind, subject, key bytes. Ties never depend on when a timer was set.</summary>
internal sealed class Timers(KeyTables tables)
{
    private readonly PriorityQueue<Timer, Timer> _queue = new(Comparer<Timer>.Create((a, b) => Compare(tables, a, b)));
    private readonly HashSet<Timer> _set = [];

    public long NextDue { get; private set; } = long.MaxValue;

    public int Count => _queue.Count;

    public IEnumerable<Timer> Pending => _set;

    public void Set(Timer timer)
    {
        if (!_set.Add(timer)) return;
        _queue.Enqueue(timer, timer);
        NextDue = _queue.Peek().Due;
    }

    /// <summary>Takes all timers of the earliest time and kind: they are one instant.</summary>
    public void Take(List<Timer> into)
    {
        into.Clear();
        do
        {
            var timer = _queue.Dequeue();
            _set.Remove(timer);
            into.Add(timer);
        }
        while (_queue.TryPeek(out var next, out _) && next.Due == into[0].Due && next.Kind == into[0].Kind);
        NextDue = _queue.TryPeek(out var first, out _) ? first.Due : long.MaxValue;
    }

    /// <summary>After a change of plan: every timer by its new subject; null where nobody waits for it any more.</summary>
    public void Renumber(Func<Timer, Timer?> renumber)
    {
        var timers = _set.Select(renumber).OfType<Timer>().ToList();
        _set.Clear();
        _queue.Clear();
        NextDue = long.MaxValue;
        foreach (var timer in timers) Set(timer);
    }

    private static int Compare(KeyTables tables, Timer a, Timer b)
    {
        var order = a.Due.CompareTo(b.Due);
        if (order == 0) order = a.Kind.CompareTo(b.Kind);
        if (order == 0) order = a.Subject.CompareTo(b.Subject);
        if (order == 0) order = a.Domain.CompareTo(b.Domain);
        if (order == 0 && a.Domain >= 0 && a.Key >= 0 && b.Key >= 0) order = tables.Compare(a.Domain, a.Key, b.Key);
        return order;
    }
}
