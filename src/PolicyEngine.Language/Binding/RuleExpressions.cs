using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Binding;

/// <summary>All expressions of a rule.</summary>
public static class RuleExpressions
{
    /// <summary>Condition, exceptions, rearm, responses and the holes of `because`, in this order; keys of the trigger apart.</summary>
    public static IEnumerable<Expression> Of(RuleSymbol rule) =>
    [
        .. rule.When.Select(c => c.Condition),
        .. rule.Exceptions.Select(e => e.When),
        .. rule.Rearm is null ? [] : new[] { rule.Rearm },
        .. rule.Actions.SelectMany(a => Of(a.Act)),
        .. rule.Because?.Parts.Select(p => p.Hole).OfType<Expression>() ?? [],
    ];

    public static IEnumerable<Expression> Of(Act act) => act switch
    {
        LabelAct label => [label.Target],
        UnlabelAct unlabel => [unlabel.Target],
        AddScoreAct score => [score.Points, score.Target],
        AddEntryAct add => [add.Value],
        RemoveEntryAct remove => [remove.Value],
        OpenCaseAct open => [open.Target],
        ResponseAct response => [.. response.Target is null ? [] : new[] { response.Target }, .. response.Arguments.OfType<Expression>()],
        _ => [],
    };
}
