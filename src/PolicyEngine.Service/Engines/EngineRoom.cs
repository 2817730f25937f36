using System.Security.Cryptography;
using PolicyEngine.Runtime;
using PolicyEngine.Runtime.Decisions;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Storage.Sinks;

namespace PolicyEngine.Service.Engines;

/// <summary>What a caller gets for a stretch of lines.</summary>
/// <param name="Rejections">Lines are counted from 1 within the stretch.</param>
internal sealed record Taken(long Accepted, IReadOnlyList<Rejection> Rejections);

/// <summary>
/// The engine with its sources and its door. Only the engine's thread comes in here, so nothing is locked. The door keeps what the
/// engine may not know: the wall clock.
/// </summary>
internal sealed class EngineRoom : IDisposable
{
    private static readonly TimeSpan TickAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IdleAfter = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time;
    private readonly Engine _engine;
    private readonly DecisionTap _tap = new();
    private readonly List<Rejection> _rejections = [];
    private readonly int _ordered;
    private readonly int _immediate;
    private readonly long _lateness;
    private long _orderedLines;
    private long _immediateLines;
    private long _newest = long.MinValue;
    private long _arrived;
    private bool _orderedIsIdle;

    public EngineRoom(Plan plan, ServiceSettings settings, TimeProvider time, IDecisionSink sink)
    {
        _time = time;
        _lateness = (long)settings.Lateness.TotalMilliseconds;
        var options = new EngineOptions
        {
            Seed = (BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8))),
        };
        _engine = new Engine(plan, options, new TeeSink(sink, _tap), _rejections.Add);
        _ordered = _engine.AddSource(new SourceOptions("http", SourceMode.Ordered, _lateness) { IdsFromContent = settings.IdsFromContent });
        _immediate = _engine.AddSource(new SourceOptions("evaluate", SourceMode.Immediate) { IdsFromContent = settings.IdsFromContent });
        // Nobody has sent anything yet: a silent source must not hold the other one back.
        _engine.SourceIdle(_ordered);
        _orderedIsIdle = true;
    }

    public Plan Plan => _engine.Plan;

    public EngineCounters Counters => _engine.Counters;

    public IReadOnlyList<RuleCounters> RuleCounters => _engine.RuleCounters;

    /// <summary>A measure of the plan that has not seen its whole window yet.</summary>
    public bool IsWarming(MeasurePlan measure) => _engine.IsWarming(measure.Index);

    /// <summary>Whole lines, each with its line feed.</summary>
    public Taken Append(ReadOnlyMemory<byte> lines)
    {
        var taken = Append(_ordered, lines, _orderedLines);
        _orderedLines += CountLines(lines);
        _orderedIsIdle = false;
        return taken;
    }

    /// <summary>One line, judged at once; with the records of the decisions that stand on its event.</summary>
    public (Taken Taken, IReadOnlyList<byte[]> Decisions) Evaluate(ReadOnlyMemory<byte> line, ReadOnlyMemory<byte> eventId)
    {
        _tap.Open(eventId);
        try
        {
            var taken = Append(_immediate, line, _immediateLines);
            _immediateLines += CountLines(line);
            return (taken, _tap.Records);
        }
        finally
        {
            _tap.Close();
        }
    }

    public ActivationReport Activate(Plan plan) => _engine.Activate(plan);

    /// <summary>
    /// Called now and then: when no event came for a second the clock goes on by the wall time that has passed since, and a source that
    /// was silent for a minute holds nobody back any more (A8).
    /// </summary>
    public void Wake()
    {
        if (_newest == long.MinValue) return;
        var silent = _time.GetElapsedTime(_arrived);
        if (silent < TickAfter) return;
        _engine.Tick(_newest + (long)silent.TotalMilliseconds - _lateness);
        if (silent < IdleAfter || _orderedIsIdle) return;
        _engine.SourceIdle(_ordered);
        _orderedIsIdle = true;
    }

    public void Dispose() => _engine.Dispose();

    private Taken Append(int source, ReadOnlyMemory<byte> lines, long linesBefore)
    {
        _rejections.Clear();
        var before = _engine.Counters.Rejected;
        _engine.Believe(_time.GetUtcNow().ToUnixTimeMilliseconds());
        var used = _engine.Append(source, lines, isLast: false);
        if (used != lines.Length) throw new InvalidOperationException($"the engine left {lines.Length - used} bytes of whole lines");
        _newest = Math.Max(_newest, _engine.Newest);
        _arrived = _time.GetTimestamp();
        // An event that was held aside may be refused only now (A7); it was answered before and is counted, not named.
        var own = _rejections.Where(r => r.Source == source && r.Line > linesBefore).Select(r => r with { Line = r.Line - linesBefore }).ToList();
        return new Taken(CountEvents(lines) - own.Count, own);
    }

    private static long CountLines(ReadOnlyMemory<byte> lines) => lines.Span.Count((byte)'\n');

    /// <summary>Blank lines are no events.</summary>
    private static long CountEvents(ReadOnlyMemory<byte> lines)
    {
        var count = 0L;
        foreach (var range in lines.Span.Split((byte)'\n'))
            if (lines.Span[range].IndexOfAnyExcept(" \t\r"u8) >= 0) count++;
        return count;
    }

    /// <summary>Keeps the records that stand on one event while it is open.</summary>
    private sealed class DecisionTap : IDecisionSink
    {
        private ReadOnlyMemory<byte>? _event;
        private List<byte[]> _records = [];

        public IReadOnlyList<byte[]> Records => _records;

        public void Open(ReadOnlyMemory<byte> eventId)
        {
            _event = eventId;
            _records = [];
        }

        public void Close() => _event = null;

        public void Write(in DecisionRecord record)
        {
            if (_event is { } wanted && record.EventId.SequenceEqual(wanted.Span)) _records.Add(record.Json.ToArray());
        }
    }
}
