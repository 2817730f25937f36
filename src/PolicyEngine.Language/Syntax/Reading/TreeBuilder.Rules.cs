using static PolicyEngine.Language.Syntax.Generated.PolicyParser;

namespace PolicyEngine.Language.Syntax.Reading;

internal sealed partial class TreeBuilder
{
    private RuleStatement Rule(RuleDeclContext c) => new(
        Span(c), Name(c.name()), OptionalText(c.TEXT()), c.body() is { } body ? Body(body) : null,
        c.@ref() is { } recipe ? Ref(recipe) : null, Arguments(c.arguments(), 1), List(c.clause(), Clause));

    private RecipeStatement Recipe(RecipeDeclContext c) => new(
        Span(c), Name(c.name()), Parameters(c.parameters()), List(c.measureDecl(), Measure), Body(c.body()), List(c.clause(), Clause));

    private RuleBody Body(BodyContext c) => new(
        Span(c), Trigger(c.trigger()), Optional(c.expression()), List(c.except(), Except), List(c.action(), Action),
        OptionalText(c.TEXT()));

    private ExceptSyntax Except(ExceptContext c) =>
        new(Span(c), Expression(c.expression()), OptionalMoment(c.moment()), Text(c.TEXT()));

    private TriggerSyntax Trigger(TriggerContext context) => context switch
    {
        EachTriggerContext c => new EachTriggerSyntax(Span(c), Sources(c.sources())),
        KeyedTriggerContext c => Keyed(c),
        EveryTriggerContext c => new EveryTriggerSyntax(Span(c), Duration(c.duration()), Keys(c.keys())),
        LabelTriggerContext c => new LabelTriggerSyntax(Span(c), Ref(c.@ref(0)), c.ADDED() is not null, Ref(c.@ref(1))),
        JoinTriggerContext c => new JoinTriggerSyntax(Span(c), Ref(c.@ref(0)), Ref(c.@ref(1))),
        _ => throw new InvalidOperationException($"no trigger is built from {context.GetType().Name}"),
    };

    private KeyedTriggerSyntax Keyed(KeyedTriggerContext c)
    {
        var first = Step(c.step());
        if (c.sequence() is not { } sequence)
        {
            if (first.Where is { } where) report.Add(SyntaxMessages.WhereWithoutSteps(c.step().WHERE().Symbol.Span(source), where.Span));
            return new KeyedTriggerSyntax(Span(c), first, Keys(c.keys()), [], null, null);
        }
        var follows = List(sequence.follow(), f => new FollowSyntax(Span(f), f.NOT() is not null, Step(f.step())));
        return new KeyedTriggerSyntax(
            Span(c), first, Keys(c.keys()), follows, Duration(sequence.duration()), sequence.step() is { } until ? Step(until) : null);
    }

    private StepSyntax Step(StepContext c) => new(
        Span(c), c.NUMBER() is { } times ? NumberOf(times) : null, Sources(c.sources()), c.word() is { } name ? Word(name) : null,
        Optional(c.expression()));

    private ActionSyntax Action(ActionContext c) => new(
        Span(c), Act(c.act()), c.rate() is { } rate ? RateOf(rate) : null, Optional(c.duration(0)), Optional(c.duration(1)));

    private ActSyntax Act(ActContext context) => context switch
    {
        ObserveActContext c => new ObserveAct(Span(c)),
        LabelActContext c => new LabelAct(Span(c), Target(c.target()), Ref(c.@ref()), Optional(c.duration())),
        UnlabelActContext c => new UnlabelAct(Span(c), Target(c.target()), Ref(c.@ref())),
        AddActContext c => new AddAct(
            Span(c), Additive(c.additive(), 1), Ref(c.@ref()), c.target() is { } target ? Target(target) : null, Optional(c.duration())),
        RemoveActContext c => new RemoveAct(Span(c), Additive(c.additive(), 1), Ref(c.@ref())),
        OpenCaseActContext c => new OpenCaseAct(Span(c), Target(c.target())),
        ResponseActContext c => new ResponseAct(
            Span(c), Ref(c.@ref()), Target(c.target()),
            List(c.responseArgument(), a => new ResponseArgumentSyntax(Span(a), a.preposition().GetText(), Additive(a.additive(), 1)))),
        _ => throw new InvalidOperationException($"no response is built from {context.GetType().Name}"),
    };

    private TargetSyntax Target(TargetContext c) => c.path() is { } path
        ? new TargetSyntax(Span(c), Path(path), null, null)
        : new TargetSyntax(Span(c), Ref(c.@ref(0)), Ref(c.@ref(1)), c.memberCondition() is { } where ? Member(where) : null);

    private ClauseSyntax Clause(ClauseContext context) => context switch
    {
        OnceClauseContext c => new OnceClause(Span(c), Duration(c.duration())),
        RearmClauseContext c => new RearmClause(Span(c), Expression(c.expression())),
        FailClosedClauseContext c => new FailClosedClause(Span(c)),
        FormerlyClauseContext c => new FormerlyClause(Span(c), Ref(c.@ref())),
        MetadataClauseContext c => new MetadataClause(Span(c), Metadata(c.metadata())),
        _ => throw new InvalidOperationException($"no clause is built from {context.GetType().Name}"),
    };

    private Metadata Metadata(MetadataContext context) => context switch
    {
        OwnerMetadataContext c => new OwnerMetadata(Span(c), Text(c.TEXT())),
        PolicyMetadataContext c => new PolicyMetadata(Span(c), Text(c.TEXT())),
        RunbookMetadataContext c => new RunbookMetadata(Span(c), Text(c.TEXT())),
        TagsMetadataContext c => new TagsMetadata(Span(c), List(c.TEXT(), Text)),
        SeverityMetadataContext c => new SeverityMetadata(Span(c), c.severityWord().GetText()),
        StageMetadataContext c => new StageMetadata(
            Span(c), c.stageWord().Start.Text, c.stageWord().PERCENT() is { } share ? ShareOf(share.Symbol) : null),
        HoldoutMetadataContext c => new HoldoutMetadata(Span(c), ShareOf(c.PERCENT().Symbol)),
        _ => throw new InvalidOperationException($"no metadata is built from {context.GetType().Name}"),
    };
}
