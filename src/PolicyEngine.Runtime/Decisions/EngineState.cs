using PolicyEngine.Runtime.Alignments;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Links;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Sequences;
using PolicyEngine.Runtime.State;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>Everything that a place in the log depends on beside the event: what a snapshot must hold.</summary>
internal sealed class EngineState
{
    public EngineState(Plan plan, EngineOptions options)
    {
        Tables = new KeyTables(plan.Domains, options.Seed);
        Measures = new MeasureSet(plan.Limits, readOnAllRows: options.Trace is not null || !options.Screen);
        Lists = new Lists(plan, Tables);
        Timers = new Timers(Tables);
        Labels = new LabelStore(Marks);
        Scores = new ScoreStore(Marks);
        Links = new LinkSet(Tables, Labels, Marks, Timers);
        Facts = new EngineFacts(Labels, Scores, Measures);
        Plan = plan;
        BindParts(plan, options, started: null);
    }

    public Plan Plan { get; private set; }

    public KeyTables Tables { get; }

    public Lists Lists { get; private set; }

    public MeasureSet Measures { get; }

    public MarkSet Marks { get; } = new();

    public LabelStore Labels { get; }

    public ScoreStore Scores { get; }

    public LinkSet Links { get; }

    public GrantStore Grants { get; } = new();

    public LimitStore Limits { get; } = new();

    public Timers Timers { get; }

    public SequenceSet Sequences { get; } = new();

    public AlignmentSet Alignments { get; } = new();

    public RuleSet Rules { get; } = new();

    public EngineFacts Facts { get; }

    private bool IsAwaited(Timer timer) => timer.Kind switch
    {
        TimerKind.Delayed or TimerKind.Every => true,
        TimerKind.LabelEnd => Rules.All.Any(r => r.Plan.Trigger == TriggerKind.LabelRemoved && r.Plan.TriggerLabel == timer.Subject),
        _ => false,
    };

    /// <summary>Responses that wait for their delay.</summary>
    public DelayedResponses Delayed { get; } = new();

    /// <summary>
    /// What rules still wait for, each deadline for itself. Boundaries of links, and ends of labels upon which no rule stands, come to
    /// pass without a decision of their own.
    /// </summary>
    public long Pending => Timers.Pending.Count(IsAwaited) + Sequences.Pending;

    /// <summary>The greatest τ so far.</summary>
    public long Clock { get; set; } = long.MinValue;

    /// <summary>Place of the event in hand.</summary>
    public long Ordinal { get; set; }

    public long Decisions { get; set; }

    /// <summary>Events applied so far.</summary>
    public long Applied { get; set; }

    /// <summary>Hashes of the measures whose state was kept.</summary>
    public IReadOnlySet<string> Bind(Plan plan, EngineOptions options)
    {
        var before = Plan;
        Plan = plan;
        Tables.Rebind(plan.Domains);
        Delayed.Rebind(before, plan);
        RenumberTimers(before, plan);
        Lists = Lists.Rebind(plan, Tables);
        var kept = BindParts(plan, options, Clock == long.MinValue ? null : Clock);
        foreach (var state in Sequences.All) SetDeadline(state);
        return kept;
    }

    /// <summary>One timer stands for all deadlines of a rule: the earliest.</summary>
    public void SetDeadline(SequenceState state)
    {
        if (state.Absences?.NextDue is { } due) Timers.Set(new Timer(due, TimerKind.Absence, state.Plan.Index, -1, -1));
    }

    private void RenumberTimers(Plan before, Plan after) => Timers.Renumber(timer => timer.Kind switch
    {
        TimerKind.LabelEnd => after.Labels.FirstOrDefault(l => l.Name == before.Labels[timer.Subject].Name
            && l.Entity == before.Labels[timer.Subject].Entity) is { } label
            ? timer with { Subject = label.Index, Domain = label.Domain } : null,
        // Links set theirs anew.
        TimerKind.LinkBoundary => null,
        TimerKind.Every => after.Rules.FirstOrDefault(r => r.Id == before.Rules[timer.Subject].Id && r.Every > 0) is { } rule
            ? timer with { Subject = rule.Index } : null,
        TimerKind.Absence => null,
        _ => timer,
    });

    private IReadOnlySet<string> BindParts(Plan plan, EngineOptions options, long? started)
    {
        Marks.Bind(plan);
        Labels.Bind(plan);
        Scores.Bind(plan);
        Grants.Bind(plan);
        foreach (var promoted in Rules.Bind(plan)) Forget(promoted);
        Sequences.Bind(plan);
        Alignments.Bind(plan, started);
        Facts.Rules = Rules.All;
        Labels.Clock = Clock;
        Links.Bind(plan, options.BatchSize, Clock, (link, graph) => new GroupState(this, link, graph));
        return Measures.Bind(plan, options.BatchSize, started);
    }

    /// <summary>What a rule did while it had less effect than now (J3).</summary>
    private void Forget(string promoted)
    {
        Labels.DropShadow(promoted);
        Scores.DropShadow(promoted, Clock);
        Lists.DropShadow(promoted);
        Delayed.DropShadow(promoted);
    }
}
