using System.Diagnostics.CodeAnalysis;
using PolicyEngine.Runtime.Decisions;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime;

/// <summary>
/// The engine: a function of its log. Entries are events (lines of JSON from sources), ticks, sources falling idle, activations of
/// plans, edits; decisions go to the sink in order. No clock, no I/O; one caller at a time.
/// </summary>
public sealed class Engine : IDisposable
{
    private readonly EngineOptions _options;
    private readonly IDecisionSink _sink;
    private readonly Intake _intake;
    private readonly EngineState _state;
    private readonly List<byte[]> _sourceNames = [];
    private Applier _applier;
    private Pipeline _pipeline;

    public Engine(Plan plan, EngineOptions options, IDecisionSink sink, Action<Rejection>? onRejected = null)
    {
        _options = options;
        _sink = sink;
        _state = new EngineState(plan, options);
        _intake = new Intake(plan, _state.Tables, options, onRejected);
        Build(plan);
    }

    public Plan Plan => _state.Plan;

    /// <summary>The greatest time of anything applied, milliseconds since the epoch; the least value before the first event.</summary>
    public long Clock
    {
        get
        {
            _pipeline.Flush();
            return _state.Clock;
        }
    }

    public EngineCounters Counters
    {
        get
        {
            _pipeline.Flush();
            return _intake.Counters with { Applied = _state.Applied, Decisions = _state.Decisions, PendingAtEnd = _state.Pending };
        }
    }

    public IReadOnlyList<RuleCounters> RuleCounters
    {
        get
        {
            _pipeline.Flush();
            return [.. _state.Rules.All.Select(r => r.Counters(PendingOf(r)))];
        }
    }

    /// <summary>Whether a measure of the plan, by its index, is younger than its window: it may have counted less than happened (D7).</summary>
    public bool IsWarming(int measure)
    {
        _pipeline.Flush();
        return _state.Clock != long.MinValue && _state.Measures.IsWarming(measure, _state.Clock);
    }

    /// <summary>Cases that rules opened for groups; those that were merged into others among them.</summary>
    public IReadOnlyList<CaseFacts> Cases
    {
        get
        {
            _pipeline.Flush();
            return _state.Links.CaseFacts();
        }
    }

    /// <summary>The greatest time that an accepted event told, released or still waiting; the least value before the first.</summary>
    public long Newest => _intake.Newest;

    /// <summary>
    /// Whether an event has named this entity: its type by its bare name, and its id. Null when the plan keeps no ids of that type.
    /// </summary>
    public bool? Knows(string entity, ReadOnlySpan<byte> id)
    {
        bool? known = null;
        foreach (var domain in Plan.Domains)
        {
            if (domain.Kind != DomainKind.Entity || domain.Name[(domain.Name.LastIndexOf('.') + 1)..] != entity) continue;
            known = known == true || _state.Tables[domain.Index].Find(id) >= 0;
        }
        return known;
    }

    public int AddSource(SourceOptions source)
    {
        _pipeline.Flush();
        _sourceNames.Add(System.Text.Encoding.UTF8.GetBytes(source.Name));
        _applier.Name(_sourceNames);
        return _intake.AddSource(source);
    }

    /// <summary>
    /// Takes whole lines (the last one without a line feed only if <paramref name="isLast"/>); returns the bytes used. With two threads
    /// decisions may still be on their way when it returns; <see cref="Flush"/> waits for them.
    /// </summary>
    public int Append(int source, ReadOnlyMemory<byte> lines, bool isLast)
    {
        var used = 0;
        while (true)
        {
            var batch = _pipeline.Take();
            var began = _options.Stages?.Now() ?? 0;
            used += _intake.Fill(batch, source, lines[used..], isLast);
            _options.Stages?.Add(EngineStage.Intake, began);
            var more = batch.IsFull;
            _pipeline.Put(batch);
            if (!more) return used;
        }
    }

    /// <summary>Waits until all that was appended is decided.</summary>
    public void Flush() => _pipeline.Flush();

    /// <summary>The sources have no more: releases what waits (A10). Timers run to the clock, or on to <paramref name="until"/>.</summary>
    public void Finish(long? until = null)
    {
        _intake.Finish();
        Drain();
        var end = until ?? _state.Clock;
        if (end != long.MinValue) _applier.Decider.AdvanceTo(end);
    }

    /// <summary>No event came for a while: every event before <paramref name="time"/> has been seen (A8).</summary>
    public void Tick(long time)
    {
        _intake.Tick(time);
        Drain();
        _applier.Decider.AdvanceTo(time);
    }

    public void SourceIdle(int source)
    {
        _intake.SourceIdle(source);
        Drain();
    }

    /// <summary>The door's clock: events more than the skew ahead of it are not believed (A7).</summary>
    public void Believe(long wallTime) => _intake.Believe(wallTime);

    /// <summary>Puts a new plan in force between two events. What it defines as before keeps its state (J5, J6).</summary>
    public ActivationReport Activate(Plan plan)
    {
        _pipeline.Flush();
        var before = _state.Plan;
        var kept = _state.Bind(plan, _options);
        _intake.Rebind(plan, _state.Tables);
        Build(plan);
        return new ActivationReport(
            [.. plan.Measures.Where(m => kept.Contains(m.Hash)).Select(m => m.Name)],
            [.. plan.Measures.Where(m => !kept.Contains(m.Hash)).Select(m => m.Name)],
            [.. before.Measures.Where(m => plan.Measures.All(p => p.Hash != m.Hash)).Select(m => m.Name)]);
    }

    /// <summary>An operator labels an entity from <paramref name="tau"/> on (null end: for ever), as an entry of the log of its own.</summary>
    /// <returns>False when no such label is in the plan.</returns>
    public bool AddLabel(string label, ReadOnlySpan<byte> entity, long? end, long tau)
    {
        _pipeline.Flush();
        if (Plan.Labels.FirstOrDefault(l => l.Name == label) is not { } plan) return false;
        _applier.Decider.Label(plan.Index, _state.Tables[plan.Domain].Intern(entity), add: true, end ?? long.MaxValue, tau);
        return true;
    }

    public bool RemoveLabel(string label, ReadOnlySpan<byte> entity, long tau)
    {
        _pipeline.Flush();
        if (Plan.Labels.FirstOrDefault(l => l.Name == label) is not { } plan) return false;
        _applier.Decider.Label(plan.Index, _state.Tables[plan.Domain].Intern(entity), add: false, 0, tau);
        return true;
    }

    /// <summary>An operator edits a list; the edit counts from its place in the log (I3).</summary>
    public bool AddEntry(string list, Constant value, long? endsAt, string source, string? reason = null)
    {
        _pipeline.Flush();
        if (_state.Lists.Find(list) is not { } state) return false;
        state.Add(value, endsAt, source, reason, View.Enforced);
        return true;
    }

    public bool RemoveEntry(string list, Constant value, string source)
    {
        _pipeline.Flush();
        if (_state.Lists.Find(list) is not { } state) return false;
        state.Remove(value, source, null, View.Enforced);
        return true;
    }

    /// <summary>Runs timers up to <paramref name="tau"/> and looks at a probe of the plan then, for an entity by its id.</summary>
    public ProbeResult Probe(int probe, ReadOnlySpan<byte> entity, long tau)
    {
        _pipeline.Flush();
        _applier.Decider.AdvanceTo(tau);
        var plan = Plan.Probes[probe];
        Span<int> keys = [plan.Domain < 0 ? -1 : _state.Tables[plan.Domain].Intern(entity)];
        var context = new RowContext { Tau = tau, Ordinal = -1, Keys = keys };
        var holds = _applier.Rows.IsTrue(plan.Condition, context);
        var values = new List<KeyValuePair<string, string>>();
        foreach (var operand in plan.Operands)
            values.Add(new(operand.Name, _applier.Rows.Evaluate(operand.Node, context).ToText()));
        return new ProbeResult(holds, values);
    }

    /// <summary>The latest deadline that is still to come; null when there is none.</summary>
    public long? LastDeadline
    {
        get
        {
            _pipeline.Flush();
            return _state.Sequences.All.Select(s => s.Absences?.LastDue()).Max();
        }
    }

    /// <summary>Where the steps of a rule stand; null for a rule without steps, and before it saw any.</summary>
    public SequenceStanding? Standing(int rule)
    {
        _pipeline.Flush();
        if (Plan.Rules[rule].Sequence is not (>= 0 and var sequence)) return null;
        var state = _state.Sequences.All[sequence];
        if (state.LastKey < 0) return null;
        var key = new Functions.TextBuffer();
        new KeyText(Plan, _state.Tables).Append(key, state.Plan.KeyDomain, state.LastKey);
        var met = state.Sequences?.StatesOf(state.LastKey).ToList() ?? [];
        var next = state.Absences is null ? state.Shape.StepInto((met.Count > 0 ? met[0] : 0) + 1) : 0;
        return new SequenceStanding(
            key.ToString(), met, state.Shape.States, state.Plan.Steps[next].Name, state.Absences?.DueOf(state.LastKey));
    }

    [MemberNotNull(nameof(_applier), nameof(_pipeline))]
    private void Build(Plan plan)
    {
        _applier = new Applier(plan, _state, _options, _sourceNames, _sink);
        _pipeline?.Dispose();
        _pipeline = new Pipeline(plan, _options, _applier);
    }

    private void Drain()
    {
        if (_sourceNames.Count > 0) Append(0, ReadOnlyMemory<byte>.Empty, isLast: false);
        _pipeline.Flush();
    }

    public void Dispose() => _pipeline.Dispose();

    private long PendingOf(RuleState rule) => _state.Timers.Pending.Count(t => t.Kind switch
    {
        TimerKind.Every => t.Subject == rule.Plan.Index,
        TimerKind.Delayed => _state.Delayed.IsOf(t.Subject, rule.Plan.Id),
        TimerKind.LabelEnd => rule.Plan.Trigger == TriggerKind.LabelRemoved && rule.Plan.TriggerLabel == t.Subject,
        _ => false,
    }) + (rule.Plan.Sequence < 0 ? 0 : _state.Sequences.All[rule.Plan.Sequence].Absences?.Count ?? 0);
}

/// <summary>Names of the measures of a new plan that kept their state, that begin empty, and of those nobody reads any more.</summary>
public sealed record ActivationReport(IReadOnlyList<string> Kept, IReadOnlyList<string> Begun, IReadOnlyList<string> Dropped);

/// <summary>Whether a probe's condition held, and its operands as texts show them.</summary>
public sealed record ProbeResult(bool Holds, IReadOnlyList<KeyValuePair<string, string>> Values);
