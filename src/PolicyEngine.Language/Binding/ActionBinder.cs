using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Binding;

/// <summary>The responses of one rule.</summary>
internal sealed class ActionBinder(Workspace workspace, PackScope scope, Hand hand, RuleSymbol rule)
{
    private readonly ExpressionBinder _binder = new(workspace, new ExpressionContext(scope, hand));
    private readonly TargetBinder _targets = new(workspace, scope, hand);

    public IReadOnlyList<RuleAction> Bind(IReadOnlyList<ActionSyntax> actions) => [.. actions.Select(Bind).OfType<RuleAction>()];

    private RuleAction? Bind(ActionSyntax syntax)
    {
        var act = BindAct(syntax.Act);
        var (limit, span) = Limit(syntax.AtMost);
        var after = Delay(syntax.After);
        var to = Delay(syntax.AfterTo);
        if (after is { } from && to is { } end && end < from) workspace.Add(RuleErrors.DelayBackwards(syntax.AfterTo!.Span));
        return act is null ? null : new RuleAction(act, limit, span, after, to, syntax.Span);
    }

    private long? Delay(DurationSyntax? syntax) => syntax is null ? null : workspace.Lets.Duration(scope, syntax);

    private (long? Limit, long Span) Limit(RateLiteral? rate)
    {
        if (rate is null) return (null, 0);
        if (!rate.Count.IsInteger || rate.Count.Integer < 1) workspace.Add(RuleErrors.LimitNotWhole(rate.Span));
        return (rate.Count.Integer, ExpressionBinder.UnitOf(rate));
    }

    private Act? BindAct(ActSyntax syntax)
    {
        switch (syntax)
        {
            case Syntax.ObserveAct:
                return new Model.ObserveAct();
            case Syntax.LabelAct label:
                var added = Labelled(label.Target, label.Label);
                var duration = label.For is null ? null : workspace.Lets.PositiveDuration(scope, label.For);
                return added is { } a ? new Model.LabelAct(a.Target, a.Label, duration) : null;
            case Syntax.UnlabelAct unlabel:
                return Labelled(unlabel.Target, unlabel.Label) is { } u ? new Model.UnlabelAct(u.Target, u.Label) : null;
            case AddAct { Of: { } of } score:
                return AddScore(score, of);
            case AddAct add:
                return Entry(add.Amount, add.To) is { } e
                    ? new AddEntryAct(e.Value, e.List, add.For is null ? null : workspace.Lets.PositiveDuration(scope, add.For))
                    : null;
            case RemoveAct remove:
                return Entry(remove.Amount, remove.From) is { } r ? new RemoveEntryAct(r.Value, r.List) : null;
            case Syntax.OpenCaseAct open:
                return _targets.Bind(open.For, groups: true) is { } target ? new Model.OpenCaseAct(target) : null;
            case Syntax.ResponseAct response:
                return new ResponseActBinder(workspace, scope, hand, rule, this).Bind(response);
            default:
                throw new InvalidOperationException($"unexpected act {syntax.GetType().Name}");
        }
    }

    private (Expression Target, LabelSymbol Label)? Labelled(TargetSyntax syntax, Path path)
    {
        var label = workspace.Names.Label(scope, path);
        var target = _targets.Bind(syntax, groups: label?.Link is not null);
        if (label is null || target is null || workspace.Broken.Contains(label)) return null;
        if (target.Type.Link is not null ? target.Type.Link == label.Link : label.Link is null && target.Type.Entity == label.Entity) return (target, label);
        var problem = (label.Link, target.Type.Link) switch
        {
            (_, { } of) => LinkErrors.LabelOfNoGroup(syntax.Span, label, of),
            ({ }, _) => LinkErrors.LabelOfGroup(syntax.Span, label),
            _ => TypeErrors.LabelOfOtherEntity(syntax.Span, target.Type, label),
        };
        workspace.Add(problem.Beside(label.Span, "declared here"));
        return null;
    }

    /// <summary>An entity that is acted upon; null after an error.</summary>
    public Expression? Target(TargetSyntax syntax) => _targets.Bind(syntax, groups: false);

    private AddScoreAct? AddScore(AddAct syntax, TargetSyntax of)
    {
        var points = _binder.Bind(syntax.Amount);
        var score = workspace.Names.Value<ScoreSymbol>(scope, syntax.To, "score");
        var target = Target(of);
        if (syntax.For is not null) workspace.Add(RuleErrors.PointsDecay(syntax.For.Span));
        if (score is null || target is null || points.Type.Kind == TypeKind.Error || workspace.Broken.Contains(score)) return null;
        if (!points.Type.IsNumeric) workspace.Add(RuleErrors.PointsAreNumbers(syntax.Amount.Span, points.Type));
        else if (target.Type.Entity != score.Entity) workspace.Add(RuleErrors.ScoreOfOtherEntity(of.Span, score, target.Type).Beside(score.Span, "declared here"));
        else return new AddScoreAct(points, score, target);
        return null;
    }

    private (Expression Value, ListSymbol List)? Entry(ExpressionSyntax syntax, Path path)
    {
        var value = _binder.Bind(syntax);
        var score = NameLookup.Candidates(scope, path, p => p.Values) is [ScoreSymbol s] ? s : null;
        if (score is not null)
        {
            workspace.Add(RuleErrors.ScoreNeedsOf(path.Span, score));
            return null;
        }
        if (workspace.Names.Value<ListSymbol>(scope, path, "list") is not { } list || value.Type.Kind == TypeKind.Error || list.Element.Kind == TypeKind.Error) return null;
        if (Conversions.To(value, list.Element) is not { } converted) workspace.Add(TypeErrors.NotIn(syntax.Span, value.Type, list.Element));
        else if (Sensitivity.Of(value)) workspace.Add(RuleErrors.SensitiveLeaves(syntax.Span));
        else return (converted, list);
        return null;
    }
}
