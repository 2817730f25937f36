using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>Rules: trigger, filter and condition, exceptions, responses, and what is said about the rule.</summary>
internal sealed class RuleBinder(Workspace workspace)
{
    public void Bind(RuleSymbol rule)
    {
        workspace.Sources.Ensure(rule);
        var (scope, syntax) = workspace.Declarations[rule];
        var statement = (RuleStatement)syntax;
        rule.Title = statement.Title?.Value;
        rule.Metadata = new MetadataBinder(workspace).Bind(statement.Clauses.OfType<MetadataClause>().Select(c => c.Metadata), scope.Pack.Metadata);
        // A recipe that could not be expanded has said why.
        if (statement.Body is not { } body) return;
        var hand = workspace.HandsOfRules[rule] = BindTrigger(rule, scope, body.Trigger);
        var binder = new ExpressionBinder(workspace, new ExpressionContext(scope, hand));
        if (body.When is { } when) rule.When = [.. Split(binder.BindCondition(when)).Select(c => new Conjunct(c, Filters.IsFilter(c)))];
        rule.Exceptions = [.. body.Exceptions.Select(e => new RuleException(binder.BindCondition(e.When), e.Until?.Milliseconds, e.Because.Value, e.Span))];
        rule.Actions = new ActionBinder(workspace, scope, hand, rule).Bind(body.Actions);
        rule.Because = body.Because is null ? null : new TemplateBinder(workspace, binder).Bind(body.Because);
        Clauses(rule, scope, statement, binder);
        if (rule.Trigger is KeyedTrigger && !hand.IsUnknown) RefuseFilterOnly(rule, body);
        if (rule.Trigger is EveryTrigger every && !hand.IsUnknown) rule.Trigger = EveryKeys.Collect(workspace, rule, every, body.Trigger.Span);
    }

    /// <summary>`except for RULES when …`, from this or another pack.</summary>
    public void Attach(PackScope scope, ExceptForStatement statement)
    {
        foreach (var path in statement.Rules)
        {
            if (workspace.Names.Rule(scope, path) is not { } rule) continue;
            var binder = new ExpressionBinder(workspace, new ExpressionContext(scope, workspace.HandsOfRules.GetValueOrDefault(rule, Hand.Unknown)));
            var exception = new RuleException(binder.BindCondition(statement.When), statement.Until?.Milliseconds, statement.Because.Value, statement.Span)
            {
                FromPack = rule.Pack == scope.Pack ? null : scope.Pack.Name,
            };
            rule.Exceptions = [.. rule.Exceptions, exception];
        }
    }

    private static Hand EntityHand(EntitySymbol entity) => Hand.OfKeys([new HandKey(entity.Name, new PolicyType(TypeKind.Entity, Entity: entity))]);

    private Hand BindTrigger(RuleSymbol rule, PackScope scope, TriggerSyntax syntax)
    {
        switch (syntax)
        {
            case EachTriggerSyntax:
                return workspace.HandOf([rule]);
            case KeyedTriggerSyntax { Follows.Count: > 0 } steps:
                return new SequenceBinder(workspace, scope).Bind(rule, steps);
            case KeyedTriggerSyntax keyed:
                return Keyed(rule, scope, keyed);
            case JoinTriggerSyntax joins:
                return Joins(rule, scope, joins);
            case LabelTriggerSyntax label:
                return Label(rule, scope, label);
            case EveryTriggerSyntax every:
                return new EveryKeys(workspace, scope).Bind(rule, every);
            default:
                throw new InvalidOperationException($"unexpected trigger {syntax.GetType().Name}");
        }
    }

    private Hand Keyed(RuleSymbol rule, PackScope scope, KeyedTriggerSyntax syntax)
    {
        if (syntax.First.Times is { } times) workspace.Add(RuleErrors.StepWordsOnTrigger(times.Span, "times"));
        if (syntax.First.As is { } name) workspace.Add(RuleErrors.StepWordsOnTrigger(name.Span, "as"));
        var hand = workspace.HandOf([rule]);
        var keys = workspace.Keys.Declare(scope, syntax.Keys, hand);
        rule.Trigger = new KeyedTrigger(((KeyedTrigger)rule.Trigger).Sources, keys ?? []);
        return keys is null ? Hand.Unknown : hand;
    }

    private Hand Label(RuleSymbol rule, PackScope scope, LabelTriggerSyntax syntax)
    {
        var label = workspace.Names.Label(scope, syntax.Label);
        var entity = workspace.Names.Entity(scope, syntax.Entity);
        if (label is null || entity is null || workspace.Broken.Contains(label)) return Hand.Unknown;
        if (label.Link is not null) workspace.Add(LinkErrors.GroupLabelTrigger(syntax.Label.Span, label).Beside(label.Span, "declared here"));
        else if (label.Entity != entity)
            workspace.Add(RuleErrors.LabelTriggerEntity(syntax.Entity.Span, label, entity).Beside(label.Span, "declared here"));
        rule.Trigger = new LabelTrigger(label, syntax.Added);
        return EntityHand(label.Entity);
    }

    private Hand Joins(RuleSymbol rule, PackScope scope, JoinTriggerSyntax syntax)
    {
        var entity = workspace.Names.Entity(scope, syntax.Entity);
        var link = workspace.Names.Link(scope, syntax.Link);
        if (link is null || entity is null || workspace.Broken.Contains(link)) return Hand.Unknown;
        if (link.Entity != entity) workspace.Add(LinkErrors.OtherMember(syntax.Entity.Span, link).Beside(link.Span, "declared here"));
        rule.Trigger = new JoinTrigger(link);
        return EntityHand(link.Entity);
    }

    private static IEnumerable<Expression> Split(Expression when) =>
        when is AndExpression and ? and.Parts.SelectMany(Split) : [when];

    private void RefuseFilterOnly(RuleSymbol rule, RuleBody body)
    {
        if (rule.When.Any(c => !c.IsFilter || c.Condition.Type.Kind == TypeKind.Error)) return;
        if (body.Trigger is not KeyedTriggerSyntax keyed) return;
        var from = keyed.First.Sources[0].Span;
        var sources = from.To(keyed.First.Sources[^1].Span).Text;
        workspace.Add(RuleErrors.FilterOnly(body.When?.Span ?? keyed.Span, from.To(keyed.Keys[^1].Span), $"each {sources}"));
    }

    private void Clauses(RuleSymbol rule, PackScope scope, RuleStatement statement, ExpressionBinder binder)
    {
        foreach (var twice in statement.Clauses.Where(c => c is not MetadataClause).GroupBy(c => c.GetType()).Where(g => g.Count() > 1))
            workspace.Add(RuleErrors.ClauseTwice(twice.Last().Span).Beside(twice.First().Span, "said here already"));
        foreach (var clause in statement.Clauses)
        {
            switch (clause)
            {
                case OnceClause once:
                    rule.Once = workspace.Lets.PositiveDuration(scope, once.In);
                    break;
                case RearmClause rearm:
                    rule.Rearm = binder.BindCondition(rearm.When);
                    if (rule.Trigger is not (KeyedTrigger or EveryTrigger) && !workspace.Broken.Contains(rule)) workspace.Add(RuleErrors.RearmWithoutKey(rearm.Span));
                    break;
                case FailClosedClause:
                    rule.FailClosed = true;
                    break;
                case FormerlyClause formerly:
                    Formerly(rule, scope, formerly);
                    break;
            }
        }
    }

    private void Formerly(RuleSymbol rule, PackScope scope, FormerlyClause clause)
    {
        rule.Formerly = clause.Rule.Parts[^1].Text;
        if (scope.Sources.Find(rule.Formerly) is RuleSymbol living) workspace.Add(RuleErrors.FormerlyLives(clause.Rule.Span, rule.Formerly).Beside(living.Span, "declared here"));
    }
}
