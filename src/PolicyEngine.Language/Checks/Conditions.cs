using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Checks;

/// <summary>The conditions of a model, and what their tests are about.</summary>
internal static class Conditions
{
    /// <summary>Every condition: of rules, their steps, exceptions, `rearm` and members acted upon, of named events and of measures.</summary>
    public static IEnumerable<Expression> All(PolicyModel model) =>
    [
        .. model.NamedEvents.Select(n => n.Where).OfType<Expression>(),
        .. model.Measures.Select(m => m.Where).OfType<Expression>(),
        .. model.Rules.SelectMany(Of),
    ];

    public static IEnumerable<Expression> Of(RuleSymbol rule) =>
    [
        .. RuleSteps.Of(rule.Trigger).Select(s => s.Where).OfType<Expression>(),
        .. WhenOf(rule),
        .. rule.Exceptions.Select(e => e.When),
        .. rule.Rearm is null ? [] : new[] { rule.Rearm },
        .. rule.Actions.SelectMany(a => RuleExpressions.Of(a.Act)).OfType<EachMember>().Select(e => e.Where).OfType<Expression>(),
    ];

    /// <summary>`when` in one piece, as it was written.</summary>
    public static IEnumerable<Expression> WhenOf(RuleSymbol rule) => rule.When.Count switch
    {
        0 => [],
        1 => [rule.When[0].Condition],
        _ => [new AndExpression(rule.When[0].Condition.Span, [.. rule.When.Select(c => c.Condition)])],
    };

    /// <summary>Single tests without `and`, `or`, `not` and `at least`.</summary>
    public static IEnumerable<Expression> Tests(Expression condition) => condition switch
    {
        AndExpression and => and.Parts.SelectMany(Tests),
        OrExpression or => or.Parts.SelectMany(Tests),
        AtLeastExpression atLeast => atLeast.Conditions.SelectMany(Tests),
        NotExpression not => Tests(not.Operand),
        _ => [condition],
    };

    /// <summary>What a test looks at, constants and lists apart.</summary>
    public static IReadOnlyList<Expression> Operands(Expression test)
    {
        IEnumerable<Expression> operands = test switch
        {
            ComparisonExpression comparison => [comparison.Left, comparison.Right],
            BetweenExpression between => [between.Operand, between.Low, between.High],
            InExpression @in => [@in.Operand, @in.Set],
            TextTestExpression text => [text.Operand, text.Pattern],
            PresenceExpression presence => [presence.Operand],
            LabelTestExpression label => [label.Entity],
            _ => [test],
        };
        return [.. operands.Where(o => o is not (LiteralExpression or ListRead))];
    }

    /// <summary>The same for two reads of the same thing in one condition.</summary>
    public static string Identity(Expression expression) => expression switch
    {
        FieldRead read => read.Name,
        BuiltinRead builtin => builtin.Field.ToString(),
        MeasureRead { Explicit: false } measure => measure.Measure.QualifiedName,
        ScoreRead score => score.Score.QualifiedName,
        _ => expression.Span.Text,
    };

    public static bool IsOrder(ComparisonOperator @operator) => @operator is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual);
}
