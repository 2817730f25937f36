using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>A declared response as a rule uses it: target and arguments against the `responses` block.</summary>
internal sealed class ResponseActBinder(Workspace workspace, PackScope scope, Hand hand, RuleSymbol rule, ActionBinder actions)
{
    public Model.ResponseAct? Bind(Syntax.ResponseAct syntax)
    {
        var response = Find(syntax.Verb);
        if (response is null || workspace.Broken.Contains(response)) return null;
        Expression? target = null;
        if (response.TargetEvent is { } on)
        {
            if (!IsEventInHand(syntax, response, on)) return null;
        }
        else
        {
            target = actions.Target(syntax.Target);
            if (target is not null && target.Type.Entity != response.TargetEntity)
            {
                workspace.Add(RuleErrors.ResponseTarget(syntax.Target.Span, response, target.Type).Beside(response.Span, "declared here"));
                target = null;
            }
        }
        var arguments = Arguments(syntax, response);
        return arguments is null || (target is null && response.TargetEvent is null) ? null : new Model.ResponseAct(response, target, arguments);
    }

    public ResponseSymbol? Find(Syntax.Path verb)
    {
        var found = Visible(verb).ToList();
        if (found.Count > 0) return found[0];
        var elsewhere = workspace.Packs.SelectMany(p => p.Pack.Responses).FirstOrDefault(r => r.Name == verb.Text);
        workspace.Add(elsewhere is not null
            ? NameErrors.InUnusedPack(verb.Span, "response", verb.Text, elsewhere.Pack.Name)
            : RuleErrors.UnknownResponse(verb, [.. scope.Visible.SelectMany(p => p.Pack.Responses).Select(r => r.Name)]));
        return null;
    }

    public IEnumerable<ResponseSymbol> Visible(Syntax.Path verb) => scope.Visible
        .Where(p => verb.Parts.Count == 1 || (verb.Parts.Count == 2 && verb.Parts[0].Text == p.Pack.Name))
        .SelectMany(p => p.Pack.Responses).Where(r => r.Name == verb.Parts[^1].Text);

    /// <summary>
    /// An ordered response decides about the event in hand, which only `on each` has for sure. What stands under `also` may point at the
    /// event that made a keyed rule fire.
    /// </summary>
    private bool IsEventInHand(Syntax.ResponseAct syntax, ResponseSymbol response, EventSource on)
    {
        if (hand.IsUnknown) return false;
        if (rule.Trigger is not EachTrigger && !(response.Also && (rule.Trigger is KeyedTrigger or SequenceTrigger)))
        {
            workspace.Add(RuleErrors.EventResponseNeedsEach(syntax.Span, response));
            return false;
        }
        if (workspace.Names.Source(scope, syntax.Target.Path) is not { } named) return false;
        if (hand.Events.Count > 0 && !hand.Events.Except(on.Underlying).Any() && !hand.Events.Except(named.Underlying).Any()) return true;
        workspace.Add(RuleErrors.ResponseEvent(syntax.Target.Span, response, on, hand.Events).Beside(response.Span, "declared here"));
        return false;
    }

    private IReadOnlyList<Expression?>? Arguments(Syntax.ResponseAct syntax, ResponseSymbol response)
    {
        var binder = new ExpressionBinder(workspace, new ExpressionContext(scope, hand));
        var given = new Expression?[response.Parameters.Count];
        var fits = true;
        foreach (var argument in syntax.Arguments)
        {
            var value = binder.Bind(argument.Value);
            var index = response.Parameters.ToList().FindIndex(p => p.Preposition == argument.Preposition);
            var problem = index < 0 ? RuleErrors.UnknownPreposition(argument.Span, argument.Preposition, response)
                : given[index] is not null ? RuleErrors.PrepositionTwice(argument.Span, argument.Preposition)
                : Problem(argument, response, response.Parameters[index], value);
            if (problem is not null) workspace.Add(problem.Beside(response.Span, "declared here"));
            fits &= problem is null && value.Type.Kind != TypeKind.Error;
            if (index >= 0) given[index] = Conversions.To(value, response.Parameters[index].Type) ?? value;
        }
        var lacking = response.Parameters.Where((p, i) => !p.Type.Optional && given[i] is null).ToList();
        if (lacking.Count > 0) workspace.Add(RuleErrors.LackingArgument(syntax.Span, response, lacking).Beside(response.Span, "declared here"));
        return fits && lacking.Count == 0 ? given : null;
    }

    private static Diagnostics.Diagnostic? Problem(ResponseArgumentSyntax argument, ResponseSymbol response, ResponseParameter parameter, Expression value)
    {
        if (value.Type.Kind == TypeKind.Error || parameter.Type.Kind == TypeKind.Error) return null;
        if (Conversions.To(value, parameter.Type) is null)
            return TypeErrors.Argument(argument.Value.Span, response.Name, parameter.Preposition, Report.Describe(parameter.Type), value.Type);
        return Sensitivity.Of(value) ? RuleErrors.SensitiveLeaves(argument.Value.Span) : null;
    }
}
