using System.Text;
using PolicyEngine.Compiler;
using PolicyEngine.Language.Model;
using PolicyEngine.Runtime;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.DryRun.Testing;

/// <summary>One test on an engine of its own: what is given goes in by time, values are looked at by the way.</summary>
internal sealed class TestRun : IDisposable
{
    private const long AnHour = 3_600_000;

    private readonly TestSymbol _test;
    private readonly IReadOnlyDictionary<ValueExpected, int> _probes;
    private readonly TestDecisions _decisions;
    private readonly Engine _engine;
    private readonly int _source;
    private readonly List<(long Time, byte[] Line)> _events;
    private readonly List<Rejection> _rejections = [];
    private readonly Dictionary<ValueExpected, ProbeResult> _values = new(ReferenceEqualityComparer.Instance);
    private readonly long _end;

    public TestRun(Plan plan, TestSymbol test, IReadOnlyDictionary<ValueExpected, int> probes)
    {
        _test = test;
        _probes = probes;
        _decisions = new TestDecisions(plan, test.Starting);
        _engine = new Engine(plan, new EngineOptions { BatchSize = 64 }, _decisions, _rejections.Add);
        _source = _engine.AddSource(new SourceOptions("test", SourceMode.Ordered));
        _events = TestEvents.Lines(test);
        _end = Math.Max(LastGiven() + AnHour, test.Starting + (test.Expectations.Max(e => e.To ?? e.From) ?? 0));
    }

    public void Play()
    {
        // Tests jump over hours of silence; the door would take that for a broken clock.
        _engine.Believe(_end);
        foreach (var entry in _test.Givens.OfType<EntryGiven>())
            _engine.AddEntry(entry.List.Name, PlanCompiler.Constant(entry.Value), null, "test");
        var next = 0;
        foreach (var (time, includesEvents, act) in Stops())
        {
            while (next < _events.Count && (_events[next].Time < time || (includesEvents && _events[next].Time == time))) Append(_events[next++]);
            // What is looked at after the events of its time stands a millisecond later.
            var at = includesEvents ? time + 1 : time;
            _engine.Tick(at);
            act(at);
        }
        while (next < _events.Count) Append(_events[next++]);
        _engine.Finish(_end);
        if (_engine.LastDeadline is { } deadline) _engine.Finish(deadline);
        if (_rejections.Count > 0)
            throw new InputException($"the test \"{_test.Title}\" gives an event that the engine refuses: {_rejections[0].Reason} {_rejections[0].Detail}");
    }

    /// <summary>Whether it is met, and what happened instead.</summary>
    public (bool Holds, string Instead) Check(Expectation expectation)
    {
        if (expectation is ValueExpected value)
        {
            var seen = _values[value];
            var values = seen.Values.Select(v => $"{v.Key} was {v.Value}");
            return (seen.Holds, string.Join(", ", values));
        }
        var check = new ExpectationCheck(_test, _decisions.All);
        return (check.Holds(expectation), check.Instead(expectation));
    }

    /// <summary>The places in time where something else than an event happens, in order; labels come before the events of their time.</summary>
    private IEnumerable<(long Time, bool IncludesEvents, Action<long> Act)> Stops()
    {
        var labels = _test.Givens.OfType<LabelGiven>().Select(label => (
            Time: _test.Starting + label.At, IncludesEvents: false,
            Act: (Action<long>)(at => _engine.AddLabel(label.Label.Name, Encoding.UTF8.GetBytes(label.EntityId), null, at))));
        var looks = _test.Expectations.OfType<ValueExpected>().SelectMany(value => Moments(value).Select(moment => (
            Time: moment, IncludesEvents: true, Act: (Action<long>)(at => Look(value, at)))));
        return labels.Concat(looks).OrderBy(stop => stop.Time).ThenBy(stop => stop.IncludesEvents);
    }

    /// <summary>One time: then. From one time to another: at both and after each event between. None: at the end.</summary>
    private IEnumerable<long> Moments(ValueExpected value)
    {
        if (value.From is not { } first) return [_end];
        var (from, to) = (_test.Starting + first, _test.Starting + (value.To ?? first));
        return _events.Select(e => e.Time).Where(time => time > from && time < to).Append(from).Append(to).Distinct().Order();
    }

    /// <summary>Once it held, that is kept; else the last look counts.</summary>
    private void Look(ValueExpected value, long at)
    {
        if (_values.TryGetValue(value, out var seen) && seen.Holds) return;
        _values[value] = _engine.Probe(_probes[value], Encoding.UTF8.GetBytes(value.EntityId ?? ""), at);
    }

    private void Append((long Time, byte[] Line) given) => _engine.Append(_source, given.Line, isLast: false);

    public void Dispose() => _engine.Dispose();

    private long LastGiven()
    {
        var last = _events.Count > 0 ? _events[^1].Time : _test.Starting;
        return _test.Givens.OfType<LabelGiven>().Select(g => _test.Starting + g.At).Append(last).Max();
    }
}
