using System.Text.Json;
using PolicyEngine.Runtime;
using PolicyEngine.Runtime.Decisions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.DryRun.Evaluation;

/// <summary>What became of one rule at an event.</summary>
public enum RuleStatus
{
    Hit,
    NoHit,
    /// <summary>The condition held and an exception kept the rule from firing.</summary>
    Excepted,
    /// <summary>The condition cannot be told: more members than can be looked at.</summary>
    Fault,
    /// <summary>The condition held, as it did before; the rule fires again once it was seen false.</summary>
    Held,
    /// <summary>The condition held within the time of `once in`.</summary>
    KeptBack,
    /// <summary>The event is no sample of the rule: of another kind, or the filter does not let it through.</summary>
    NotApplicable,
}

/// <summary><paramref name="Evidence"/>: the record of what each clause came to; null when the event is no sample.</summary>
public sealed record RuleTrace(RulePlan Rule, RuleStatus Status, byte[]? Evidence)
{
    /// <summary>Of a rule upon steps: how far they have come.</summary>
    public SequenceStanding? Standing { get; init; }
}

/// <summary>Events judged at once, one after the other, on a fresh engine.</summary>
/// <param name="Decisions">Records of all decisions, in order.</param>
/// <param name="Traces">What each rule made of the last event.</param>
public sealed record EventEvaluation(IReadOnlyList<byte[]> Decisions, IReadOnlyList<RuleTrace> Traces)
{
    /// <param name="events">JSON objects one after the other or in an array.</param>
    /// <exception cref="InputException">The text is no JSON, or the engine refuses an event.</exception>
    public static EventEvaluation Run(Plan plan, ReadOnlyMemory<byte> events)
    {
        var lines = Lines(events.Span);
        if (lines.Count == 0) throw new InputException("there is no event");
        var sink = new TraceSink();
        Rejection? refused = null;
        using var engine = new Engine(TracePlan.Of(plan), new EngineOptions { BatchSize = 1 }, sink, rejection => refused ??= rejection);
        var source = engine.AddSource(new SourceOptions("eval", SourceMode.Immediate) { IdsFromContent = true });
        IReadOnlyList<RuleCounters> before = [];
        for (var i = 0; i < lines.Count; i++)
        {
            if (i == lines.Count - 1) before = engine.RuleCounters;
            sink.Evidence.Clear();
            engine.Believe(FarAhead);
            engine.Append(source, lines[i], isLast: true);
            if (refused is { } rejection) throw new InputException($"event {i + 1} is refused: {rejection.Reason}: {rejection.Detail}");
        }
        return new EventEvaluation(sink.Decisions, TracesOf(engine, before, sink));
    }

    /// <summary>The year 2255: whatever time an event tells is believed here.</summary>
    private const long FarAhead = 9_000_000_000_000;

    private static List<RuleTrace> TracesOf(Engine engine, IReadOnlyList<RuleCounters> before, TraceSink sink)
    {
        var after = engine.RuleCounters;
        var traces = new List<RuleTrace>();
        for (var i = 0; i < after.Count; i++)
        {
            var rule = engine.Plan.Rules[i];
            if (TracePlan.IsTrace(rule)) continue;
            var evidence = sink.Evidence.GetValueOrDefault(rule.Pack + "." + rule.Name);
            traces.Add(new RuleTrace(rule, Status(before[i], after[i], evidence), evidence) { Standing = engine.Standing(i) });
        }
        return traces;
    }

    private static RuleStatus Status(RuleCounters before, RuleCounters after, byte[]? evidence) =>
        after.Decided > before.Decided ? RuleStatus.Hit
        : after.Excepted > before.Excepted ? RuleStatus.Excepted
        : after.Faults > before.Faults ? RuleStatus.Fault
        : after.Cooled > before.Cooled ? RuleStatus.KeptBack
        : after.Suppressed > before.Suppressed ? RuleStatus.Held
        : evidence is null ? RuleStatus.NotApplicable : RuleStatus.NoHit;

    private static List<byte[]> Lines(ReadOnlySpan<byte> events)
    {
        try
        {
            var lines = new List<byte[]>();
            var reader = new Utf8JsonReader(events, new JsonReaderOptions { AllowMultipleValues = true });
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartArray && reader.CurrentDepth == 0) continue;
                if (reader.TokenType == JsonTokenType.EndArray) continue;
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                byte[] line = [.. events[start..(int)reader.BytesConsumed], (byte)'\n'];
                line.AsSpan(0, line.Length - 1).Replace((byte)'\n', (byte)' ');
                lines.Add(line);
            }
            return lines;
        }
        catch (JsonException error)
        {
            throw new InputException($"the event is no JSON: {error.Message}", error);
        }
    }

    private sealed class TraceSink : IDecisionSink
    {
        public List<byte[]> Decisions { get; } = [];

        public Dictionary<string, byte[]> Evidence { get; } = [];

        public void Write(in DecisionRecord record)
        {
            if (TracePlan.IsTrace(record.Rule)) Evidence[record.Rule.Pack + "." + record.Rule.Name] = record.Json.ToArray();
            else Decisions.Add(record.Json.ToArray());
        }
    }
}
