using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

internal sealed class ExpectationBinder(Workspace workspace, PackScope scope)
{
    public Expectation? Bind(ExpectSyntax syntax)
    {
        var entity = syntax.Entity is null ? null : workspace.Names.Entity(scope, syntax.Entity);
        if (syntax.Entity is not null && entity is null) return null;
        if (What(syntax, entity) is not { } what) return null;
        var (from, to) = When(syntax);
        if (syntax.ByRule is not null && what is not (LabelExpected or ResponseExpected)) workspace.Add(TestErrors.ByWithoutResponse(syntax.ByRule.Span));
        var times = Times(syntax, what);
        return what with
        {
            Todo = syntax.Todo,
            No = syntax.No,
            Entity = entity,
            EntityId = entity is null ? null : syntax.Id?.Value,
            ByRule = syntax.ByRule is null ? null : workspace.Names.Rule(scope, syntax.ByRule),
            Times = times,
            From = from,
            To = to,
        };
    }

    private long? Times(ExpectSyntax syntax, Expectation what)
    {
        if (syntax.Times is not { } times) return null;
        if (!times.IsInteger || times.Integer < 1) workspace.Add(TestErrors.NotACount(times.Span));
        else if (syntax.No || what is ValueExpected or NothingExpected) workspace.Add(TestErrors.TimesOfNothing(times.Span));
        return times.Integer;
    }

    private (long? From, long? To) When(ExpectSyntax syntax)
    {
        if (syntax.At is not null)
        {
            var at = workspace.Lets.Duration(scope, syntax.At);
            return (at, at);
        }
        if (syntax.Between is null || syntax.BetweenAnd is null) return (null, null);
        var from = workspace.Lets.Duration(scope, syntax.Between);
        var to = workspace.Lets.Duration(scope, syntax.BetweenAnd);
        if (to < from) workspace.Add(RuleErrors.DelayBackwards(syntax.BetweenAnd.Span));
        if (syntax.Kind == ExpectKind.Value) workspace.Add(TestErrors.ValueAtOneTime(syntax.Between.Span));
        return (from, to);
    }

    private Expectation? What(ExpectSyntax syntax, EntitySymbol? entity)
    {
        switch (syntax.Kind)
        {
            case ExpectKind.Nothing:
                return new NothingExpected(syntax.Span);
            case ExpectKind.Label:
                var label = workspace.Names.Label(scope, syntax.Name!);
                if (label is null || workspace.Broken.Contains(label)) return null;
                if (entity is not null && label.Link is not null) workspace.Add(LinkErrors.GroupLabelInTest(syntax.Name!.Span, label));
                else if (entity is not null && label.Entity != entity)
                    workspace.Add(RuleErrors.LabelTriggerEntity(syntax.Entity!.Span, label, entity).Beside(label.Span, "declared here"));
                return new LabelExpected(syntax.Span, label);
            case ExpectKind.Value:
                return Value(syntax, entity);
            default:
                return Named(syntax.Name!);
        }
    }

    private ValueExpected? Value(ExpectSyntax syntax, EntitySymbol? entity)
    {
        var hand = entity is null ? Hand.Nothing : Hand.OfKeys([new HandKey(entity.Name, new PolicyType(TypeKind.Entity, Entity: entity))]);
        var condition = new ExpressionBinder(workspace, new ExpressionContext(scope, hand)).BindCondition(syntax.Value!);
        return new ValueExpected(syntax.Span, condition);
    }

    private Expectation? Named(Syntax.Path name)
    {
        var responses = scope.Visible.Where(p => name.Parts.Count == 1 || name.Parts[0].Text == p.Pack.Name)
            .SelectMany(p => p.Pack.Responses).Where(r => r.Name == name.Parts[^1].Text).ToList();
        var rules = NameLookup.Candidates(scope, name, p => p.Sources).OfType<RuleSymbol>().ToList();
        if (responses.Count + rules.Count > 1) workspace.Add(NameErrors.Ambiguous(name.Span, name.Text, [.. responses, .. rules]));
        if (responses.Count == 1) return new ResponseExpected(name.Span, responses[0]);
        if (rules.Count == 1) return new RuleExpected(name.Span, rules[0]);
        if (rules.Count == 0 && !scope.MayHaveMeant(name.Parts[^1].Text))
        {
            var known = scope.Visible.SelectMany(p => p.Pack.Responses.Select(r => r.Name).Concat(p.Pack.Rules.Select(r => r.Name)));
            workspace.Add(TestErrors.UnknownExpected(name, [.. known]));
        }
        return null;
    }
}
