using PolicyEngine.Compiler.Planning;
using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>Rules to plain data. Strata, screens and the plan's hash are filled in when all rules are known.</summary>
internal sealed class RuleLowering(LoweringContext context)
{
    private const long Day = 24 * 3_600_000L;

    private readonly EvidenceLowering _evidence = new(context);
    private readonly ActionLowering _actions = new(context);

    public RulePlan Lower(RuleSymbol rule)
    {
        context.Reader = rule.Trigger is EachTrigger or KeyedTrigger ? context.State.Rule(rule) : null;
        var plan = LowerParts(rule);
        context.Reader = null;
        return plan;
    }

    private RulePlan LowerParts(RuleSymbol rule)
    {
        var view = context.State.ViewOf(rule);
        var sequence = RuleSteps.Of(rule.Trigger).Count > 0 ? context.Sequences.Lower(rule, view) : null;
        var scope = ScopeOf(rule) with { KeyDomains = sequence?.KeyDomains, Kept = sequence?.Kept };
        var condition = context.Nodes.And(ConditionParts(rule).Select(c => context.Expressions.Lower(c, scope)));
        var plan = new RulePlan
        {
            Index = context.State.Rule(rule),
            Name = rule.Name,
            Id = $"{rule.Pack.Name}.{rule.Formerly ?? rule.Name}",
            Hash = DefinitionText.HashOf(rule, context.State.StageOf(rule), context.State.HoldoutOf(rule)),
            Pack = rule.Pack.Name,
            PackHash = "",
            Title = rule.Title,
            Severity = rule.Metadata.Severity,
            Trigger = KindOf(rule.Trigger),
            Stratum = 0,
            Condition = context.Nodes.IsTrue(condition) ? -1 : condition,
            Horizon = Math.Max(Day, SpanOf(rule)),
            Once = rule.Once ?? 0,
            Rearm = rule.Rearm is { } rearm ? context.Expressions.Lower(rearm, scope) : -1,
            FailClosed = rule.FailClosed,
            Stage = Enum.Parse<RuleStage>(context.State.StageOf(rule).ToString()),
            SampledShare = rule.Metadata.SampledShare,
            Holdout = context.State.HoldoutOf(rule),
            View = scope.View,
            Exceptions = [.. rule.Exceptions.Select(e =>
                new ExceptionPlan(context.Expressions.Lower(e.When, scope), e.Until, e.Because, e.FromPack))],
            Actions = [.. rule.Actions.Select(a => _actions.Lower(a, scope))],
            Because = _evidence.Template(rule.Because, scope),
            Clauses = _evidence.Clauses(rule, scope),
            Operands = _evidence.Operands(rule, scope),
            Group = GroupOf(rule, scope),
        };
        return WithTrigger(plan, rule, scope) with { Sequence = sequence?.Finish() ?? -1 };
    }

    public ProbePlan Lower(Probe probe)
    {
        var scope = new Scope(View.Enforced, [], probe.Entity is { } entity ? [new PolicyType(TypeKind.Entity, Entity: entity)] : []);
        var domain = probe.Entity is null ? -1 : context.Schema.EntityDomain(probe.Entity);
        return new ProbePlan(context.Expressions.Lower(probe.Condition, scope), domain, _evidence.Operands([probe.Condition], scope));
    }

    /// <summary>The group a rule speaks of: the one in hand, or that of the first member it asks about.</summary>
    private GroupOfRule? GroupOf(RuleSymbol rule, Scope scope)
    {
        var group = RuleParts.Expressions(rule).SelectMany(ExpressionWalk.All).FirstOrDefault(e => e.Type.Kind == TypeKind.Group);
        if (group is null) return null;
        return new GroupOfRule(
            context.Links.IndexOf(GroupLowering.LinkOf(group), scope.View), context.Groups.Handle(context.Expressions.Lower(group, scope)));
    }

    private RulePlan WithTrigger(RulePlan plan, RuleSymbol rule, Scope scope) => rule.Trigger switch
    {
        EachTrigger t => plan with
        {
            Sample = context.Sources.Lower(t.Sources, scope.View), SeesLateEvents = ReadsOnlyTheEvent(rule, t), KeyNames = ["event"],
        },
        KeyedTrigger t => WithKey(plan, t.Keys, scope) with { Sample = Sample(rule, t, scope) },
        EveryTrigger t => plan with
        {
            Every = t.Every, KeyNames = NamesOf(t.Keys), KeyDomain = DomainOf(t.Keys),
            KeyLink = KeyLinkOf(t.Keys, scope),
        },
        JoinTrigger t => plan with
        {
            TriggerLink = context.Links.IndexOf(t.Link, scope.View), KeyNames = [t.Link.Entity.Name],
            KeyDomain = context.Schema.EntityDomain(t.Link.Entity),
        },
        LabelTrigger { Label.Link: { } link } t => plan with
        {
            TriggerLabel = context.State.Label(t.Label), KeyNames = [link.Name], KeyDomain = context.Links.GroupDomain(link),
        },
        SequenceTrigger or AbsenceTrigger => WithKey(plan, RuleSteps.KeysOf(rule.Trigger), scope) with { Key = -1 },
        LabelTrigger t => plan with
        {
            TriggerLabel = context.State.Label(t.Label), KeyNames = [t.Label.Entity.Name],
            KeyDomain = context.Schema.EntityDomain(t.Label.Entity),
        },
        _ => throw new InvalidOperationException($"{rule.Trigger.GetType().Name} reached the compiler"),
    };

    private RulePlan WithKey(RulePlan plan, IReadOnlyList<KeyPart> keys, Scope scope)
    {
        var key = MeasureLowering.Keys(context, KeyParts(context, keys, scope));
        return plan with { Key = key, KeyDomain = context.Nodes[key].Domain, KeyNames = NamesOf(keys), KeyLink = KeyLinkOf(keys, scope) };
    }

    private int KeyLinkOf(IReadOnlyList<KeyPart> keys, Scope scope) => keys is [{ Type.Link: { } link }] ? context.Links.IndexOf(link, scope.View) : -1;

    /// <summary>Handle nodes of the parts of a key on the events that carry it.</summary>
    public static int[] KeyParts(LoweringContext context, IReadOnlyList<KeyPart> keys, Scope scope) => [.. keys.Select(k =>
    {
        var byType = k.ByEvent.Select(p => (context.Schema.TypeOf(p.Key), context.Expressions.Lower(p.Value, scope)));
        return context.Expressions.Handle(context.Expressions.Choose([.. byType]), k.Type.Entity);
    })];

    private int Sample(RuleSymbol rule, KeyedTrigger trigger, Scope scope)
    {
        var filters = rule.When.Where(c => c.IsFilter).Select(c => context.Expressions.Lower(c.Condition, scope));
        return context.Nodes.And([context.Sources.Lower(trigger.Sources, scope.View), .. filters]);
    }

    private static IEnumerable<Expression> ConditionParts(RuleSymbol rule) =>
        rule.When.Where(c => rule.Trigger is not KeyedTrigger || !c.IsFilter).Select(c => c.Condition);

    private Scope ScopeOf(RuleSymbol rule) => new(context.State.ViewOf(rule), TypesOf(rule.Trigger), rule.Trigger switch
    {
        JoinTrigger t => [new PolicyType(TypeKind.Entity, Entity: t.Link.Entity)],
        LabelTrigger { Label.Link: { } link } => [new PolicyType(TypeKind.Group) { Link = link }],
        AbsenceTrigger t => [.. t.Keys.Select(k => k.Type)],
        LabelTrigger t => [new PolicyType(TypeKind.Entity, Entity: t.Label.Entity)],
        EveryTrigger t => [.. t.Keys.Select(k => k.Type)],
        _ => [],
    })
    {
        IsAtCuts = rule.Trigger is EveryTrigger { Every: >= Plan.ShortestCut },
    };

    /// <summary>Types of the event in hand; at the deadline of an absence there is none.</summary>
    private List<int> TypesOf(Trigger trigger) => trigger is AbsenceTrigger ? [] : [.. trigger.Underlying.Select(context.Schema.TypeOf).Distinct().Order()];

    private int DomainOf(IReadOnlyList<KeyPart> keys)
    {
        var parts = keys.Select(k => k.Type.Link is { } link
            ? context.Links.GroupDomain(link) : context.Schema.DomainOf(Schema.KindOf(k.Type), k.Type.Entity, arriving: true)).ToArray();
        return parts.Length == 1 ? parts[0] : context.Schema.Composite(parts);
    }

    private static string[] NamesOf(IReadOnlyList<KeyPart> keys) => [.. keys.Select(k => k.Type.Link?.Name ?? k.Type.Entity?.Name ?? k.Text)];

    private static TriggerKind KindOf(Trigger trigger) => trigger switch
    {
        EachTrigger => TriggerKind.Each,
        KeyedTrigger => TriggerKind.Keyed,
        EveryTrigger => TriggerKind.Every,
        JoinTrigger => TriggerKind.Join,
        LabelTrigger { Added: true } => TriggerKind.LabelAdded,
        SequenceTrigger => TriggerKind.Sequence,
        AbsenceTrigger => TriggerKind.Absence,
        _ => TriggerKind.LabelRemoved,
    };

    /// <summary>The longest window that the condition reads, in milliseconds (C3).</summary>
    private static long SpanOf(RuleSymbol rule) =>
        RuleParts.Conditions(rule).SelectMany(ExpressionWalk.All).OfType<MeasureRead>()
            .Select(r => SpanOf(r.Measure.Window))
            .Concat(RuleParts.Conditions(rule).SelectMany(ExpressionWalk.All).OfType<GroupRead>().Select(r => r.Link.Length)).DefaultIfEmpty().Max();

    private static long SpanOf(Window window) => window.Kind == WindowKind.Session ? Day : window.Length + window.Ending;

    private static bool ReadsOnlyTheEvent(RuleSymbol rule, EachTrigger trigger) =>
        RuleParts.Expressions(rule).All(IsOfTheEvent) && trigger.Sources.All(IsOfTheEvent);

    private static bool IsOfTheEvent(EventSource source) => source switch
    {
        EventSymbol => true,
        NamedEventSymbol named => named.Sources.All(IsOfTheEvent) && (named.Where is null || IsOfTheEvent(named.Where)),
        _ => false,
    };

    private static bool IsOfTheEvent(Expression expression) => ExpressionWalk.All(expression).All(e => e switch
    {
        MeasureRead or ScoreRead or LabelTestExpression or KeyRead or GroupRead => false,
        FieldRead r => r.ByEvent.Values.All(f => f.Computed is null || IsOfTheEvent(f.Computed)),
        _ => true,
    });
}
