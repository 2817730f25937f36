using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Binding;

/// <summary>Walking over bound expressions.</summary>
public static class ExpressionTree
{
    /// <summary>The direct parts of an expression, in order. Keys of measures and the entity of a score or label test are parts; what
    /// a <see cref="StepRead"/> reads is not, since it is read of another event.</summary>
    public static IEnumerable<Expression> Parts(Expression expression) => expression switch
    {
        OrExpression or => or.Parts,
        AndExpression and => and.Parts,
        NotExpression not => [not.Operand],
        AtLeastExpression atLeast => atLeast.Conditions,
        ComparisonExpression comparison => [comparison.Left, comparison.Right],
        InExpression @in => [@in.Operand, @in.Set],
        BetweenExpression between => [between.Operand, between.Low, between.High],
        TextTestExpression test => [test.Operand, test.Pattern],
        PresenceExpression presence => [presence.Operand],
        LabelTestExpression label => [label.Entity],
        ArithmeticExpression arithmetic => [arithmetic.Left, arithmetic.Right],
        NegateExpression negate => [negate.Operand],
        CallExpression call => call.Arguments,
        MeasureRead measure => measure.Keys,
        ScoreRead score => [score.Entity],
        AlignmentRead alignment => [alignment.Measure],
        GroupRead group => [group.Member],
        GroupPropertyRead property => [property.Group],
        EachMember each => each.Where is null ? [each.Group] : [each.Group, each.Where],
        _ => [],
    };

    /// <summary>The expression and everything in it, the outer before the inner.</summary>
    public static IEnumerable<Expression> All(Expression expression)
    {
        var open = new Stack<Expression>();
        open.Push(expression);
        while (open.TryPop(out var next))
        {
            yield return next;
            foreach (var part in Parts(next).Reverse()) open.Push(part);
        }
    }

    public static int Size(Expression expression) => All(expression).Count();
}
