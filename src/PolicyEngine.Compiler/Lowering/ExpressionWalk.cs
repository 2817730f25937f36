using PolicyEngine.Language.Model;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>Goes over the parts of bound expressions.</summary>
internal static class ExpressionWalk
{
    public static IEnumerable<Expression> Children(Expression expression) => expression switch
    {
        MeasureRead e => e.Keys,
        GroupRead e => [e.Member],
        AlignmentRead e => [e.Measure],
        GroupPropertyRead e => [e.Group],
        EachMember e => e.Where is null ? [e.Group] : [e.Group, e.Where],
        ScoreRead e => [e.Entity],
        OrExpression e => e.Parts,
        AndExpression e => e.Parts,
        NotExpression e => [e.Operand],
        AtLeastExpression e => e.Conditions,
        ComparisonExpression e => [e.Left, e.Right],
        InExpression e => [e.Operand, e.Set],
        BetweenExpression e => [e.Operand, e.Low, e.High],
        TextTestExpression e => [e.Operand, e.Pattern],
        PresenceExpression e => [e.Operand],
        LabelTestExpression e => [e.Entity],
        ArithmeticExpression e => [e.Left, e.Right],
        NegateExpression e => [e.Operand],
        CallExpression e => e.Arguments,
        _ => [],
    };

    public static IEnumerable<Expression> All(Expression expression) =>
        Children(expression).SelectMany(All).Prepend(expression);

    /// <summary>It reads something that no event in hand carries: the key or the member in hand, or an earlier step.</summary>
    public static bool ReadsKeyInHand(Expression expression) => All(expression).Any(e => e is KeyRead or MemberRead or StepRead);

    public static bool ReadsSteps(Expression expression) => All(expression).Any(e => e is StepRead);
}
