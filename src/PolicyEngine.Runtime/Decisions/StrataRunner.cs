using System.Runtime.InteropServices;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Sequences;
using PolicyEngine.Runtime.State;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>One instant: strata of rules from below, effects after each, dependent measures, then responses and records (B1, B3–B7).</summary>
internal sealed partial class StrataRunner
{
    private readonly EngineState _state;
    private readonly EngineOptions _options;
    private readonly RowEvaluator _rows;
    private readonly Sampler _sampler;
    private readonly EvidenceWriter _evidence;
    private readonly ActionPlanner _planner;
    private readonly Effects _effects;
    private readonly Responder _responder;
    private readonly RecordWriter _records;
    private const long NoEvent = -1;
    private const int BeforeStrata = -1;
    private readonly Instant _instant = new();
    /// <summary>The event of this instant: `previous` and `since last` look before it, in rules upon labels too.</summary>
    private long _event = NoEvent;
    private readonly List<int> _entities = [];
    private readonly PendingCounts[] _counts;
    /// <summary>Measures kept row by row by the stratum after whose rules they count, those before all rules first.</summary>
    private readonly PendingCounts[][] _countsAfter;
    private readonly Functions.TextBuffer _trace = new();
    private readonly bool _hasLabelRules;
    private readonly EveryReaders _every;
    private readonly SequenceRunner _sequences;

    public StrataRunner(
        Plan plan, EngineState state, (BatchEvaluator Batches, RowEvaluator Rows) evaluators, EngineOptions options,
        (IDecisionSink Sink, Stretch Stretch) ends)
    {
        var rows = evaluators.Rows;
        _state = state;
        _options = options;
        _rows = rows;
        _sampler = new Sampler(rows);
        _evidence = new EvidenceWriter(rows, plan, state.Measures, options.SensitiveKey)
        {
            Entries = new EntryEvidence(plan, state.Lists, rows),
            Group = new GroupEvidence(plan, state.Tables, state.Links, state.Alignments, rows),
        };
        _planner = new ActionPlanner(plan, state.Tables, rows, _evidence, state.Links);
        var limiter = new Limiter(state.Limits, state.Labels, state.Lists);
        _effects = new Effects(plan, state.Labels, state.Scores, state.Lists, limiter, state.Timers, state.Links);
        _responder = new Responder(plan, state.Grants, limiter);
        _records = new RecordWriter(plan, state.Tables, _evidence, ends.Sink);
        _hasLabelRules = state.Rules.OnLabels.Any(s => s.Length > 0);
        _every = new EveryReaders(state);
        _counts = [.. state.Measures.Sequential.ToArray().Select(u => new PendingCounts(plan, u, evaluators, _every, ends.Stretch))];
        _countsAfter = [.. Enumerable.Range(BeforeStrata, plan.Strata + 1).Select(stratum => _counts.Where(c => c.AfterStratum == stratum).ToArray())];
        state.Facts.Pending = [.. plan.Measures.Select(m => Array.Find(_counts, c => c.Measures.Contains(m.Index)))];
        _sequences = new SequenceRunner(state, rows);
    }

    public EveryReaders Every => _every;

    /// <param name="work">Rules to look at, ascending.</param>
    /// <param name="screened">Those of them whose screen holds on the row.</param>
    /// <param name="sequences">Sequences to which the event may be a step, ascending.</param>
    public void RunEvent(
        ReadOnlySpan<int> work, ReadOnlySpan<int> screened, ReadOnlySpan<int> sequences, in RowContext context)
    {
        var isLate = _instant.IsLate;
        _event = context.Ordinal;
        var eventId = context.Batch!.Id(context.Row);
        if (!isLate) EnterMeasures(BeforeStrata, context);
        var next = 0;
        for (var stratum = 0; stratum < _state.Rules.Strata; stratum++)
        {
            var firstAction = _instant.Actions.Count;
            // Whoever of one stratum comes first has its response carried out first, so both kinds go in the order of rules.
            for (var rule = First(work[next..], sequences); rule is not null && rule.Plan.Stratum == stratum; rule = First(work[next..], sequences))
            {
                if (rule.Plan.Sequence < 0)
                {
                    SampleOnEvent(rule, screened.BinarySearch(work[next++]) >= 0, eventId, context);
                    continue;
                }
                OfferStep(sequences[0], eventId, context);
                sequences = sequences[1..];
            }
            if (!isLate) SampleJoins(stratum, eventId, context.Tau);
            FinishStratum(stratum, firstAction, eventId, context.Tau);
            if (!isLate) EnterMeasures(stratum, context);
        }
        Finish(eventId);
    }

    /// <summary>The instant of an event: nothing may be asked of it before.</summary>
    public void BeginEvent(long tau, bool isLate) => Begin(tau, isLate);

    /// <summary>An event on which no rule can fire, but which measures or links kept row by row may count.</summary>
    public void RunQuietly(in RowContext context)
    {
        for (var stratum = BeforeStrata; stratum < _state.Rules.Strata; stratum++) EnterMeasures(stratum, context);
    }

    /// <summary>A stretch begins: rows that must have their turn because of what is counted.</summary>
    public void CollectRows(StateColumns columns, ulong[] visits)
    {
        foreach (var counts in _counts) counts.Begin(columns, visits);
    }

    /// <summary>Something of the row's entities has changed since the stretch began.</summary>
    public void Correct(in RowContext context)
    {
        foreach (var counts in _counts) counts.Correct(context);
    }

    /// <summary>The end of a stretch: what its rows brought lies in columns no longer.</summary>
    public void Settle()
    {
        foreach (var counts in _counts) counts.Settle();
    }

    /// <summary>The lower of the next rule on the event and the next one upon steps; null when both are done.</summary>
    private RuleState? First(ReadOnlySpan<int> work, ReadOnlySpan<int> sequences)
    {
        var onEvent = work.IsEmpty ? null : _state.Rules.All[work[0]];
        var onSteps = sequences.IsEmpty ? null : _sequences.RuleOf(sequences[0]);
        return onEvent is null || (onSteps is not null && onSteps.Plan.Index < onEvent.Plan.Index) ? onSteps : onEvent;
    }

    private void OfferStep(int sequence, ReadOnlySpan<byte> eventId, in RowContext context)
    {
        if (_sequences.Offer(sequence, context, out var key) is not { } completed) return;
        var after = new RowContext
        {
            Batch = context.Batch, Row = context.Row, Tau = context.Tau, Ordinal = context.Ordinal, Vectors = context.Vectors,
            Steps = completed.Sequences!.Kept,
        };
        SampleSteps(completed, key, "sequence"u8, eventId, after);
    }

    /// <summary>All steps have come, or not come: what the rule asks after them.</summary>
    private void SampleSteps(SequenceState state, int key, ReadOnlySpan<byte> trigger, ReadOnlySpan<byte> eventId, in RowContext context)
    {
        var rule = _sequences.RuleOf(state.Plan.Index);
        rule.SampledRows++;
        var fires = _sampler.Sample(rule, key, Ask(rule.Plan, context), context, out var suppressed);
        if (_options.Trace is { } trace) Trace(trace, rule.Plan, context);
        if (!fires) return;
        Fire(rule, key, suppressed, trigger, eventId, context, state);
        if (context.Batch is null) CollectionsMarshal.AsSpan(_instant.Firings)[^1].EventId = eventId.ToArray();
    }

    private void Begin(long tau, bool isLate)
    {
        _instant.Begin(tau, _state.Ordinal);
        _instant.IsLate = isLate;
        _event = NoEvent;
        _state.Labels.Instant++;
        _state.Labels.Clock = tau;
        _state.Labels.InstantOfEnds = false;
        _state.Labels.Changes.Clear();
    }

    private void SampleOnEvent(RuleState rule, bool screened, ReadOnlySpan<byte> eventId, in RowContext context)
    {
        var plan = rule.Plan;
        if (_options.Screen && IsShut(rule, context)) return;
        var exact = plan.IsExact && _options.Screen;
        if (!(exact && screened) && !_rows.IsTrue(plan.Sample, context))
        {
            _options.Trace?.Rule(plan, TraceStatus.NotApplicable, context.Tau, []);
            return;
        }
        var key = plan.Key < 0 ? -1 : _rows.Handle(plan.Key, context);
        if (plan.Key >= 0 && key < 0)
        {
            rule.MissingKeys++;
            _options.Trace?.Rule(plan, TraceStatus.NoKey, context.Tau, []);
            return;
        }
        if (rule.Samples is null) rule.SampledRows++;
        var asked = exact ? (screened, false) : Ask(plan, context);
        if (asked is (false, false) && _options.Trace is null && rule.Held?.IsHeld(rule.HeldBit, key) != true) return;
        var fires = _sampler.Sample(rule, key, asked, context, out var suppressed);
        if (_options.Trace is { } trace) Trace(trace, plan, context);
        if (fires)
            Fire(rule, key, suppressed, plan.Key < 0 ? "each"u8 : "per"u8, eventId, context);
    }

    private (bool When, bool IsFault) Ask(RulePlan rule, in RowContext context) =>
        rule.Condition < 0 || _rows.IsTrue(rule.Condition, context) ? (true, false) : (false, _rows.IsFaulty);

    /// <summary>The condition cannot hold, and is not held, so that nothing could be rearmed.</summary>
    private bool IsShut(RuleState rule, in RowContext context)
    {
        if (rule.MarkDomain >= 0 && !(_rows.Handle(rule.Plan.Marked, context) is >= 0 and var entity && _state.Marks.Has(rule.MarkDomain, entity)))
            return !IsHeld(rule, context);
        foreach (var condition in rule.Gate)
            if (!_rows.IsTrue(condition, context)) return !IsHeld(rule, context);
        return false;
    }

    private bool IsHeld(RuleState rule, in RowContext context) =>
        rule.Held is { IsEmpty: false } held && held.IsHeld(rule.HeldBit, _rows.Handle(rule.Plan.Key, context));

    private void Trace(ITrace trace, RulePlan rule, in RowContext context)
    {
        _trace.Clear();
        _evidence.Write(_trace, rule, context);
        trace.Rule(rule, _sampler.Last, context.Tau, _trace.Written);
    }

    private void SampleForKey(RuleState rule, int key, ReadOnlySpan<byte> eventId, long tau)
    {
        var context = InHand(rule, key, tau, stackalloc int[8]);
        rule.SampledRows++;
        if (!_sampler.Sample(rule, key, Ask(rule.Plan, context), context, out var suppressed)) return;
        if (rule.Plan.Trigger == TriggerKind.Every) Fire(rule, key, suppressed, "tick"u8, TickName(tau), context);
        else if (rule.Plan.Trigger == TriggerKind.Join) Fire(rule, key, suppressed, "join"u8, eventId, context);
        else Fire(rule, key, suppressed, "label"u8, eventId.IsEmpty ? TickName(tau) : eventId, context);
    }

    private static byte[] TickName(long tau) =>
        System.Text.Encoding.UTF8.GetBytes(tau.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private void Fire(
        RuleState rule, int key, int suppressed, ReadOnlySpan<byte> trigger, ReadOnlySpan<byte> origin, in RowContext context,
        SequenceState? steps = null)
    {
        rule.Decided++;
        rule.FiredIn = _state.Labels.Instant;
        if (key >= 0) rule.FiredKeys.Add(key);
        var start = _instant.Text.Length;
        _evidence.Write(_instant.Text, rule.Plan, context, steps);
        var firing = new Firing
        {
            Rule = rule.Plan.Index, Key = key, Suppressed = suppressed, Evidence = new Piece(start, _instant.Text.Length - start),
            Id = _records.IdOf(rule.Plan, key, trigger, origin), FirstAction = _instant.Actions.Count,
        };
        _instant.Firings.Add(firing);
        rule.Faults += _planner.Add(_instant, _instant.Firings.Count - 1, rule.Plan, context);
        CollectionsMarshal.AsSpan(_instant.Firings)[^1].ActionCount = _instant.Actions.Count - firing.FirstAction;
        if (key >= 0) NoteEffect(rule, key, firing.FirstAction);
    }

    /// <summary>Whether the firing did anything, or asked for it, beyond a note of what the rule would have done (J3).</summary>
    private void NoteEffect(RuleState rule, int key, int firstAction)
    {
        var actions = CollectionsMarshal.AsSpan(_instant.Actions)[firstAction..];
        var hasEffect = rule.Plan.Stage != RuleStage.Shadow && actions.Length == 0;
        foreach (ref readonly var action in actions)
            hasEffect |= action.Outcome is not (Outcome.Shadow or Outcome.NotSampled or Outcome.Holdout);
        ref var edge = ref rule.Edges.Get(key);
        edge.FiredWithEffect = hasEffect;
        edge.HeldWithEffect |= hasEffect;
    }

    private void FinishStratum(int stratum, int firstAction, ReadOnlySpan<byte> eventId, long tau)
    {
        if (_hasLabelRules && _state.Labels.Changes.Count > 0)
            foreach (var rule in _state.Rules.OnLabels[stratum]) SampleLabelRule(rule, eventId, tau);
        if (_instant.Actions.Count > firstAction) _effects.Apply(_instant, _state.Rules.All, firstAction);
    }

    private void SampleLabelRule(RuleState rule, ReadOnlySpan<byte> eventId, long tau)
    {
        _entities.Clear();
        foreach (var change in _state.Labels.Changes)
        {
            if (change.Label != rule.Plan.TriggerLabel || _entities.Contains(change.Entity)) continue;
            var before = _state.Labels.Has(change.Label, change.Entity, rule.Plan.View, had: true, 0, tau);
            var after = _state.Labels.Has(change.Label, change.Entity, rule.Plan.View, had: false, 0, tau);
            var isAdded = rule.Plan.Trigger == TriggerKind.LabelAdded;
            if (isAdded ? !before && after : before && !after) _entities.Add(change.Entity);
        }
        if (_entities.Count > 1) _entities.Sort((a, b) => _state.Tables.Compare(rule.Plan.KeyDomain, a, b));
        foreach (var entity in _entities) SampleForKey(rule, entity, eventId, tau);
    }

    /// <summary>Rules upon members that this event brought into a group (F10).</summary>
    private void SampleJoins(int stratum, ReadOnlySpan<byte> eventId, long tau)
    {
        foreach (var rule in _state.Rules.OnJoins[stratum])
            foreach (var member in _state.Links.Joined(rule.Plan.TriggerLink)) SampleForKey(rule, member, eventId, tau);
    }

    private void EnterMeasures(int stratum, in RowContext context)
    {
        foreach (var counts in _countsAfter[stratum + 1]) counts.Enter(context);
        _state.Links.EnterAfter(stratum, _rows, context);
        _state.Alignments.Enter(stratum, _rows, context);
    }

    private void Finish(ReadOnlySpan<byte> eventId)
    {
        if (_instant.Firings.Count == 0) return;
        _responder.Settle(_instant, _state.Rules.All);
        Schedule(eventId);
        if (_instant.Firings.Count > 1) SortForRecord();
        var began = _options.Stages?.Now() ?? 0;
        foreach (ref readonly var firing in CollectionsMarshal.AsSpan(_instant.Firings))
        {
            _state.Decisions++;
            _records.Write(_instant, firing, firing.EventId ?? eventId);
        }
        _options.Stages?.Add(EngineStage.Record, began);
    }

    private void SortForRecord() => CollectionsMarshal.AsSpan(_instant.Firings).Sort((a, b) =>
    {
        if (a.Rule != b.Rule) return a.Rule.CompareTo(b.Rule);
        return a.Key < 0 || b.Key < 0 ? 0 : _state.Tables.Compare(_state.Rules.All[a.Rule].Plan.KeyDomain, a.Key, b.Key);
    });

    /// <summary>Responses with a delay wait under a time that a stable hash spreads over their range (I7).</summary>
    private void Schedule(ReadOnlySpan<byte> eventId)
    {
        foreach (var action in _instant.Actions)
        {
            var firing = _instant.Firings[action.Firing];
            var rule = _state.Rules.All[firing.Rule].Plan;
            var plan = rule.Actions[action.Action];
            if (plan.After is null || action.IsDue || action.Outcome == Outcome.Fault) continue;
            var entity = action.Entity < 0 ? [] : _state.Tables[action.Domain].Bytes(action.Entity);
            var delay = plan.After!.Value;
            if (plan.AfterTo is { } to && to > delay)
                delay += Functions.StableHash.Jitter(firing.Id, plan.TargetEntity ?? "", entity, to - delay);
            var duration = action.End == GrantStore.Never ? -1 : action.End - _instant.Tau;
            var number = _state.Delayed.Add(new DelayedResponse(
                rule, action, duration, firing.Key, firing.Suppressed, firing.Id, firing.EventId ?? eventId.ToArray(),
                firing.Evidence.Of(_instant.Text).ToArray(), action.Arguments.Of(_instant.Text).ToArray()));
            _state.Timers.Set(new Timer(_instant.Tau + delay, TimerKind.Delayed, number, -1, -1));
        }
    }
}
