using PolicyEngine.Oracle.Values;

namespace PolicyEngine.Oracle.Log;

/// <summary>What became of the events that arrived; each is in exactly one of Accepted and Rejected.</summary>
public sealed record LogCounters
{
    public long Events { get; set; }
    public long Accepted { get; set; }
    public long Rejected { get; set; }
    public long Late { get; set; }
    public long Duplicates { get; set; }
}

/// <summary>
/// Decides from the list of arrivals which events wait, which are applied in which order, and which are late, doubled or unbelievable
/// (A4–A8, A11). The frontier W is worked out anew from all sources at every entry.
/// </summary>
internal sealed class WaitingRoom(EventLog log, LogCounters counters)
{
    private const long Hour = 3_600_000;
    private readonly SourceState[] _sources = [.. log.Sources.Select(_ => new SourceState())];
    private readonly List<LoggedEvent> _waiting = [];
    private readonly HashSet<(string Id, long Time)> _known = [];

    private sealed class SourceState
    {
        public long? Newest { get; set; }
        public bool Idle { get; set; }
        public LoggedEvent? Held { get; set; }
    }

    /// <summary>W: no event before it is waited for any more; null before every source has spoken.</summary>
    public long? Frontier { get; private set; }

    private bool HasImmediate => log.Sources.Any(s => s.Immediate);

    public void Tick(long time) => Frontier = Math.Max(Frontier ?? long.MinValue, time);

    public void Idle(int source)
    {
        _sources[source].Idle = true;
        Advance();
    }

    /// <summary>Takes one arrival; the events that must be applied at once because they are late or their source is immediate.</summary>
    public List<LoggedEvent> Arrive(LoggedEvent arrived, long clock)
    {
        var now = new List<LoggedEvent>();
        var state = _sources[arrived.Source];
        if (IsKnown(arrived, clock)) return now;
        if (state.Held is { } held)
        {
            if (held.Id == arrived.Id && held.Time == arrived.Time)
            {
                CountDuplicate();
                return now;
            }
            state.Held = null;
            if (arrived.Time >= held.Time - log.Limits.Skew) Take(held, clock, now);
            else counters.Rejected++;
        }
        if (state.Newest is { } newest && arrived.Time > newest + log.Limits.Skew)
        {
            if (log.Sources[arrived.Source].Immediate) counters.Rejected++;
            else state.Held = arrived;
            return now;
        }
        Take(arrived, clock, now);
        return now;
    }

    /// <summary>The waiting events before W, in the total order; all of them when nothing more can come.</summary>
    public List<LoggedEvent> Release(bool all)
    {
        var released = _waiting.Where(e => all || e.Time < Frontier).Order(Comparer<LoggedEvent>.Create(LoggedEvent.Compare)).ToList();
        _waiting.RemoveAll(released.Contains);
        return released;
    }

    /// <summary>The end of the input: what was held aside is taken after all.</summary>
    public List<LoggedEvent> End(long clock)
    {
        var now = new List<LoggedEvent>();
        foreach (var held in _sources.Select(s => s.Held).OfType<LoggedEvent>().OrderBy(h => h.Arrival)) Take(held, clock, now);
        return now;
    }

    private bool IsKnown(LoggedEvent arrived, long clock)
    {
        var oldestCell = clock == long.MinValue ? long.MinValue : Value.FloorDivide(clock - log.Limits.DuplicateHorizon, Hour);
        if (!_known.Contains((arrived.Id, arrived.Time)) || Value.FloorDivide(arrived.Time, Hour) < oldestCell) return false;
        CountDuplicate();
        Spoke(arrived, isLate: arrived.Time < Frontier);
        var twin = _waiting.FindIndex(e => e.Id == arrived.Id && e.Time == arrived.Time);
        if (twin >= 0 && LoggedEvent.Compare(arrived, _waiting[twin]) < 0) _waiting[twin] = arrived;
        return true;
    }

    private void CountDuplicate()
    {
        counters.Accepted++;
        counters.Duplicates++;
    }

    private void Take(LoggedEvent taken, long clock, List<LoggedEvent> now)
    {
        counters.Accepted++;
        var immediate = log.Sources[taken.Source].Immediate;
        taken.Late = immediate
            ? clock != long.MinValue && taken.Time < clock - log.Limits.Tolerance
            : taken.Time < Frontier - (HasImmediate ? log.Limits.Tolerance : 0);
        Spoke(taken, taken.Late);
        _known.Add((taken.Id, taken.Time));
        if (taken.Late) counters.Late++;
        if (taken.Late || immediate) now.Add(taken);
        else _waiting.Add(taken);
    }

    private void Spoke(LoggedEvent arrived, bool isLate)
    {
        var state = _sources[arrived.Source];
        state.Idle = false;
        if (!isLate) state.Newest = Math.Max(state.Newest ?? long.MinValue, arrived.Time);
        Advance();
    }

    private void Advance()
    {
        var ordered = Enumerable.Range(0, _sources.Length).Where(i => !log.Sources[i].Immediate && !_sources[i].Idle).ToList();
        if (ordered.Count == 0) return;
        var borders = ordered.Select(i => _sources[i].Newest - log.Sources[i].Lateness).ToList();
        if (borders.Contains(null)) return;
        Frontier = Math.Max(Frontier ?? long.MinValue, borders.Min()!.Value);
    }
}
