using Antlr4.Runtime;
using static PolicyEngine.Language.Syntax.Generated.PolicyParser;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>
/// Expressions. <c>depth</c> is the distance from the root of the tree that comes out; operators of one level lean to the left,
/// so a long sum is deep as well, and later passes walk the tree by recursion.
/// </summary>
internal sealed partial class TreeBuilder
{
    public ExpressionSyntax Expression(ExpressionContext c, int depth = 1)
    {
        var parts = c.conjunction();
        return parts.Length == 1
            ? Conjunction(parts[0], depth)
            : new OrSyntax(Span(c), List(parts, p => Conjunction(p, depth + 1)));
    }

    private ExpressionSyntax Conjunction(ConjunctionContext c, int depth)
    {
        var parts = c.negation();
        return parts.Length == 1 ? Negation(parts[0], depth) : new AndSyntax(Span(c), List(parts, p => Negation(p, depth + 1)));
    }

    private ExpressionSyntax Negation(NegationContext c, int depth) => c.negation() is { } inner
        ? new NotSyntax(Span(c), Negation(inner, depth + 1))
        : Comparison(c.comparison(), depth);

    private ExpressionSyntax Member(MemberConditionContext c)
    {
        var parts = c.memberConjunction();
        return parts.Length == 1 ? Member(parts[0]) : new OrSyntax(Span(c), List(parts, Member));
    }

    private ExpressionSyntax Member(MemberConjunctionContext c)
    {
        var parts = c.memberNegation();
        return parts.Length == 1 ? Member(parts[0], 1) : new AndSyntax(Span(c), List(parts, p => Member(p, 2)));
    }

    private ExpressionSyntax Member(MemberNegationContext c, int depth) => c.memberNegation() is { } inner
        ? new NotSyntax(Span(c), Member(inner, depth + 1))
        : Comparison(c, c.memberComparison().additive(), c.memberComparison().test_(), depth);

    private ExpressionSyntax Comparison(ComparisonContext c, int depth) => Comparison(c, c.additive(), c.test_(), depth);

    private ExpressionSyntax Comparison(ParserRuleContext whole, AdditiveContext left, Test_Context? test, int depth)
    {
        if (test is null) return Additive(left, depth);
        var (span, operand) = (Span(whole), Additive(left, depth + 1));
        ExpressionSyntax Right(AdditiveContext right) => Additive(right, depth + 1);
        return test switch
        {
            EqualityTestContext t => new ComparisonSyntax(
                span, t.EQ() is null ? ComparisonOperator.NotEqual : ComparisonOperator.Equal, operand,
                Quoted(Right(t.additive()), pattern: false), t.ignoringCase() is not null),
            OrderTestContext t => new ComparisonSyntax(span, OrderOf(t.Start), operand, Right(t.additive()), false),
            InTestContext t => new InSyntax(
                span, t.NOT() is not null, operand, Quoted(Right(t.additive()), pattern: false), t.ignoringCase() is not null),
            BetweenTestContext t => new BetweenSyntax(
                span, t.NOT() is not null, operand, Right(t.additive(0)), Right(t.additive(1))),
            TextTestContext t => new TextTestSyntax(
                span, t.NOT() is not null, TextOperatorOf(t), QuantifierOf(t), operand,
                Quoted(Right(t.additive()), TextOperatorOf(t) is TextOperator.Matches), t.ignoringCase() is not null),
            PresenceTestContext t => new PresenceSyntax(span, operand, PresenceOf(t)),
            LabelTestContext t => new LabelTestSyntax(
                span, t.NOT() is not null, t.HAD() is not null, operand, Ref(t.@ref()), Optional(t.duration())),
            _ => throw new InvalidOperationException($"no test is built from {test.GetType().Name}"),
        };
    }

    /// <summary>A literal in the quotes that the test wants; the wrong ones are reported, and read as the right ones.</summary>
    private ExpressionSyntax Quoted(ExpressionSyntax value, bool pattern) => value switch
    {
        TextLiteral text when pattern => Requoted(text.Value, new PatternLiteral(text.Span, text.Value), pattern),
        PatternLiteral raw when !pattern => Requoted(raw.Value, new TextLiteral(raw.Span, raw.Value), pattern),
        ListLiteral list when list.Items.Any(i => pattern ? i is TextLiteral : i is PatternLiteral) =>
            list with { Items = [.. list.Items.Select(i => (LiteralSyntax)Quoted(i, pattern))] },
        _ => value,
    };

    private LiteralSyntax Requoted(string value, LiteralSyntax meant, bool pattern)
    {
        report.Add(SyntaxMessages.WrongQuotes(meant.Span, value, pattern));
        return meant;
    }

    private static ComparisonOperator OrderOf(IToken token) => token.Type switch
    {
        LT => ComparisonOperator.Less,
        LE => ComparisonOperator.LessOrEqual,
        GT => ComparisonOperator.Greater,
        _ => ComparisonOperator.GreaterOrEqual,
    };

    private static TextOperator TextOperatorOf(TextTestContext t) =>
        t.CONTAINS() is not null ? TextOperator.Contains
        : t.STARTS() is not null ? TextOperator.StartsWith
        : t.ENDS() is not null ? TextOperator.EndsWith
        : t.LIKE() is not null ? TextOperator.Like
        : TextOperator.Matches;

    private static Quantifier QuantifierOf(TextTestContext t) =>
        t.ANY() is not null ? Quantifier.Any : t.ALL() is not null ? Quantifier.All : Quantifier.One;

    private static PresenceTest PresenceOf(PresenceTestContext t) =>
        t.MISSING() is not null ? PresenceTest.Missing : t.NULL() is not null ? PresenceTest.Null : PresenceTest.Present;

    private ExpressionSyntax Additive(AdditiveContext c, int depth)
    {
        var parts = c.multiplicative();
        var left = Multiplicative(parts[0], depth + parts.Length - 1);
        for (var i = 1; i < parts.Length; i++)
        {
            var operation = ((Antlr4.Runtime.Tree.ITerminalNode)c.GetChild(2 * i - 1)).Symbol.Type is PLUS
                ? ArithmeticOperator.Add
                : ArithmeticOperator.Subtract;
            var right = Multiplicative(parts[i], depth + parts.Length - i);
            left = new ArithmeticSyntax(left.Span.To(right.Span), operation, left, right);
        }
        return left;
    }

    private ExpressionSyntax Multiplicative(MultiplicativeContext c, int depth)
    {
        var parts = c.unary();
        var left = Unary(parts[0], depth + parts.Length - 1);
        for (var i = 1; i < parts.Length; i++)
        {
            var operation = ((Antlr4.Runtime.Tree.ITerminalNode)c.GetChild(2 * i - 1)).Symbol.Type is STAR
                ? ArithmeticOperator.Multiply
                : ArithmeticOperator.Divide;
            var right = Unary(parts[i], depth + parts.Length - i);
            left = new ArithmeticSyntax(left.Span.To(right.Span), operation, left, right);
        }
        return left;
    }

    private ExpressionSyntax Unary(UnaryContext c, int depth) => c.unary() is { } inner
        ? new NegateSyntax(Span(c), Unary(inner, depth + 1))
        : Primary(c.primary(), depth);

    private ExpressionSyntax Primary(PrimaryContext context, int depth)
    {
        if (depth > limits.Depth) report.TooDeep(Span(context), limits.Depth);
        return context switch
        {
            AtLeastPrimaryContext c => new AtLeastSyntax(
                Span(c), NumberOf(c.NUMBER()), List(c.expression(), e => Expression(e, depth + 1))),
            LiteralPrimaryContext c => Literal(c.literal()),
            PathPrimaryContext c when c.LPAREN() is null => new PathSyntax(Span(c), Path(c.path())),
            PathPrimaryContext c => new CallSyntax(Span(c), Path(c.path()), Arguments(c.arguments(), depth + 1)),
            ParenthesisPrimaryContext c => new ParenthesisedSyntax(Span(c), Expression(c.expression(), depth + 1)),
            _ => throw new InvalidOperationException($"no value is built from {context.GetType().Name}"),
        };
    }

    private IReadOnlyList<ExpressionSyntax> Arguments(ArgumentsContext? c, int depth) =>
        c is null ? [] : List(c.expression(), e => Expression(e, depth));
}
