using PolicyEngine.Language.Model;
using PolicyEngine.Oracle.Log;
using PolicyEngine.Oracle.Rules;
using PolicyEngine.Oracle.State;
using PolicyEngine.Oracle.Values;

namespace PolicyEngine.Oracle;

/// <summary>
/// The meaning of a policy, told as plainly as possible: one event at a time, every measure recounted from the list of all events.
/// Slow on purpose; it shares no structure with the engine it is compared with.
/// </summary>
public sealed class Interpreter
{
    private readonly EventLog _log;
    private readonly World _world;
    private readonly LogCounters _counters = new();
    private readonly WaitingRoom _room;
    private readonly EventReader _reader;
    private readonly Strata _strata;
    private readonly EffectRunner _effects;
    private readonly InstantRunner _instants;
    private readonly Ticker _ticker;
    private readonly Sequences _sequences;
    private readonly List<OracleDecision> _decisions = [];
    private readonly HashSet<LabelSymbol> _endReaders;
    private long _clock = long.MinValue;
    private long _timersRun = long.MinValue;
    private int _arrivals;

    private Interpreter(PolicyModel model, EventLog log)
    {
        _log = log;
        _world = new World(model) { MembersLookedAt = log.Limits.MembersLookedAt };
        _room = new WaitingRoom(log, _counters);
        _reader = new EventReader(model);
        _strata = new Strata(model);
        _effects = new EffectRunner(_world);
        var evaluator = new Evaluator(_world);
        var edges = new Edges();
        _world.Groups = new Links.Groups(_world, evaluator, edges);
        _ticker = new Ticker(_strata, _world, evaluator, edges);
        _sequences = new Sequences(_strata, evaluator);
        _instants = new InstantRunner(_world, evaluator, _strata, new Recorder(_world, evaluator, _strata), _effects, edges, _sequences);
        _endReaders = [.. _strata.Rules.Select(r => r.Trigger).OfType<LabelTrigger>().Where(t => !t.Added).Select(t => t.Label)];
    }

    public static OracleResult Run(PolicyModel model, EventLog log)
    {
        var interpreter = new Interpreter(model, log);
        foreach (var entry in log.Entries)
        {
            interpreter.Take(entry);
            interpreter.Release(all: false);
            if (entry is TickEntry tick) interpreter.MoveClock(tick.Time);
        }
        interpreter.End();
        return new OracleResult(interpreter._decisions, interpreter._counters)
        {
            EventDecisions = (long)interpreter._world.Applied.Count * interpreter._strata.Rules.Count,
        };
    }

    private void Take(LogEntry entry)
    {
        switch (entry)
        {
            case EventEntry arrival: Arrive(arrival); break;
            case TickEntry tick: _room.Tick(tick.Time); break;
            case IdleEntry idle: _room.Idle(idle.Source); break;
            case ListEditEntry edit: Edit(edit); break;
        }
    }

    private void Arrive(EventEntry arrival)
    {
        _counters.Events++;
        if (_reader.Read(arrival.Source, arrival.Json, out _) is not { } read)
        {
            _counters.Rejected++;
            return;
        }
        read.Arrival = _arrivals++;
        foreach (var now in _room.Arrive(read, _clock))
        {
            if (now.Late) Release(all: false);
            Apply(now);
        }
    }

    private void Edit(ListEditEntry edit)
    {
        var list = _world.Model.Lists.Single(l => l.Name == edit.List);
        var value = Lists.Parse(list, edit.Value);
        if (edit.Add) _world.Lists.Add(list, value, Sight.Enforced, _clock, edit.Until, ++_world.Order);
        else _world.Lists.Remove(list, value, Sight.Enforced, ++_world.Order);
    }

    private void Release(bool all)
    {
        foreach (var released in _room.Release(all)) Apply(released);
    }

    private void End()
    {
        foreach (var now in _room.End(_clock)) Apply(now);
        Release(all: true);
        if (_log.Limits.Until is { } until && _clock != long.MinValue) MoveClock(until);
    }

    /// <summary>Time goes on without an event: timers up to then run.</summary>
    private void MoveClock(long time)
    {
        RunTimers(time);
        _clock = Math.Max(_clock, time);
    }

    /// <summary>A late event stands at the clock; timers due before an event or with it run first (A9).</summary>
    private void Apply(LoggedEvent e)
    {
        e.Applied = _clock == long.MinValue ? e.Time : e.Late ? _clock : Math.Max(e.Time, _clock);
        MoveClock(e.Applied);
        _decisions.AddRange(_instants.Run(new Instant(e.Applied, e)));
        if (!e.Late) _ticker.Saw(e);
    }

    private void RunTimers(long upTo)
    {
        while (NextTimer() is { } due && due <= upTo)
        {
            if (LabelEnds().Contains(due)) _decisions.AddRange(_instants.Run(new Instant(due) { LabelsEnd = true }));
            _timersRun = Math.Max(_timersRun, due);
            _world.Groups.RunBoundaries(due);
            if (_sequences.NextDue == due) _decisions.AddRange(_instants.Run(new Instant(due) { Deadlines = _sequences.TakeDue(due) }));
            foreach (var delayed in _effects.TakeDue(due)) _decisions.AddRange(_instants.Run(new Instant(due) { Delayed = delayed }));
            if (_ticker.Next == due) _decisions.AddRange(_instants.Run(new Instant(due) { Ticks = _ticker.Take(due) }));
        }
    }

    private IEnumerable<long> LabelEnds() => _world.Labels.Ends(_endReaders, _timersRun);

    private long? NextTimer() => LabelEnds().Select(end => (long?)end).Append(_sequences.NextDue).Append(_effects.NextDue).Append(_ticker.Next).Append(_world.Groups.NextBoundary).Min();
}
