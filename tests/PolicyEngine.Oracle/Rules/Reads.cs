using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Oracle.Rules;

/// <summary>What an expression is made of.</summary>
internal static class Reads
{
    /// <summary>The expression and everything written in it; not what computed fields, measures and kinds of event hold inside.</summary>
    public static IEnumerable<Expression> Of(Expression? expression) =>
        expression is null ? [] : Children(expression).SelectMany(Of).Prepend(expression);

    private static IEnumerable<Expression> Children(Expression expression) => expression switch
    {
        MeasureRead read => read.Keys,
        AlignmentRead read => [read.Measure],
        ScoreRead read => [read.Entity],
        GroupRead read => [read.Member],
        GroupPropertyRead read => [read.Group],
        EachMember each => each.Where is null ? [each.Group] : [each.Group, each.Where],
        OrExpression or => or.Parts,
        AndExpression and => and.Parts,
        NotExpression not => [not.Operand],
        AtLeastExpression some => some.Conditions,
        ComparisonExpression comparison => [comparison.Left, comparison.Right],
        InExpression test => [test.Operand, test.Set],
        BetweenExpression between => [between.Operand, between.Low, between.High],
        TextTestExpression test => [test.Operand, test.Pattern],
        PresenceExpression test => [test.Operand],
        LabelTestExpression test => [test.Entity],
        ArithmeticExpression arithmetic => [arithmetic.Left, arithmetic.Right],
        NegateExpression negate => [negate.Operand],
        CallExpression call => call.Arguments,
        _ => [],
    };

    /// <summary>Every expression that belongs to a rule.</summary>
    public static IEnumerable<Expression> Of(RuleSymbol rule) =>
        Condition(rule).Concat(Texts(rule)).Concat(rule.Actions.SelectMany(a => Parts(a.Act))).Concat(Keys(rule.Trigger))
            .Concat(RuleSteps.Of(rule.Trigger).Select(s => s.Where).OfType<Expression>());

    /// <summary>What decides whether the rule fires.</summary>
    public static IEnumerable<Expression> Condition(RuleSymbol rule) =>
        rule.When.Select(c => c.Condition).Concat(rule.Exceptions.Select(e => e.When)).Concat(rule.Rearm is null ? [] : [rule.Rearm]);

    /// <summary>The holes of the reason.</summary>
    public static IEnumerable<Expression> Texts(RuleSymbol rule) =>
        rule.Because is null ? [] : rule.Because.Parts.Where(p => p.Hole is not null).Select(p => p.Hole!);

    private static IEnumerable<Expression> Keys(Trigger trigger) => RuleSteps.KeysOf(trigger).SelectMany(k => k.ByEvent.Values);

    private static IEnumerable<Expression> Parts(Act act) => act switch
    {
        LabelAct label => [label.Target],
        UnlabelAct unlabel => [unlabel.Target],
        AddScoreAct score => [score.Points, score.Target],
        AddEntryAct entry => [entry.Value],
        RemoveEntryAct entry => [entry.Value],
        OpenCaseAct open => [open.Target],
        ResponseAct response => response.Arguments.Append(response.Target).OfType<Expression>(),
        _ => [],
    };
}
