using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>The responses of a rule to plain data.</summary>
internal sealed class ActionLowering(LoweringContext context)
{
    public ActionPlan Lower(RuleAction action, Scope scope) => Act(action.Act, scope) with
    {
        Limit = action.Limit, LimitSpan = action.LimitSpan, After = action.After, AfterTo = action.AfterTo,
    };

    private ActionPlan Act(Act act, Scope scope) => act switch
    {
        ObserveAct => new ActionPlan(ActionKind.Observe, "observe"),
        LabelAct a => Upon(new ActionPlan(ActionKind.Label, "label") { Subject = context.State.Label(a.Label), For = a.For }, a.Target, a.Label.Entity, scope),
        UnlabelAct a => Upon(new ActionPlan(ActionKind.Unlabel, "unlabel") { Subject = context.State.Label(a.Label) }, a.Target, a.Label.Entity, scope),
        AddScoreAct a => Upon(
            new ActionPlan(ActionKind.AddScore, "add") { Subject = context.State.Score(a.Score), Value = context.Expressions.Lower(a.Points, scope) },
            a.Target, a.Score.Entity, scope),
        AddEntryAct a => new ActionPlan(ActionKind.AddEntry, "add")
        {
            Subject = context.State.List(a.List).Index, Value = context.Expressions.Lower(a.Value, scope), For = a.For,
        },
        RemoveEntryAct a => new ActionPlan(ActionKind.RemoveEntry, "remove")
        {
            Subject = context.State.List(a.List).Index, Value = context.Expressions.Lower(a.Value, scope),
        },
        OpenCaseAct a => Upon(new ActionPlan(ActionKind.OpenCase, "open_case"), a.Target, a.Target.Type.Entity!, scope),
        ResponseAct a => Response(a, scope),
        _ => throw new InvalidOperationException($"{act.GetType().Name} reached the compiler"),
    };

    private ActionPlan Response(ResponseAct act, Scope scope)
    {
        var rank = context.Responses.IndexOf(act.Response);
        var plan = new ActionPlan(ActionKind.Respond, act.Response.Name)
        {
            Subject = rank,
            Arguments = [.. act.Response.Parameters.Zip(act.Arguments).Where(p => p.Second is not null)
                .Select(p => new ArgumentPlan(p.First.Preposition, context.Expressions.Lower(p.Second!, scope)))],
        };
        return act.Target is null ? plan : Upon(plan, act.Target, act.Response.TargetEntity!, scope);
    }

    private ActionPlan Upon(ActionPlan plan, Expression target, EntitySymbol entity, Scope scope)
    {
        if (target is EachMember each) return UponEach(plan, each, scope);
        if (target.Type.Kind == TypeKind.Group) return UponGroup(plan, target, scope);
        var node = context.Expressions.Handle(context.Expressions.Lower(target, scope), entity);
        return plan with { Target = node, TargetDomain = context.Nodes[node].Domain, TargetEntity = entity.Name };
    }

    /// <summary>One response on each member for which the condition holds (F10, F15).</summary>
    private ActionPlan UponEach(ActionPlan plan, EachMember each, Scope scope)
    {
        var link = GroupLowering.LinkOf(each.Group);
        var group = context.Groups.Handle(context.Expressions.Lower(each.Group, scope));
        var where = each.Where is null ? -1 : context.Expressions.Lower(each.Where, scope);
        return plan with
        {
            Each = new EachPlan(context.Links.IndexOf(link, scope.View), group, where),
            TargetDomain = context.Schema.EntityDomain(link.Entity), TargetEntity = link.Entity.Name,
        };
    }

    private ActionPlan UponGroup(ActionPlan plan, Expression group, Scope scope)
    {
        var link = GroupLowering.LinkOf(group);
        return plan with
        {
            Target = context.Groups.Handle(context.Expressions.Lower(group, scope)), TargetDomain = context.Links.GroupDomain(link),
            TargetEntity = link.Name,
        };
    }
}
