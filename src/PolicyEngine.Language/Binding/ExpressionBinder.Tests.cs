using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

internal sealed partial class ExpressionBinder
{
    private Expression Comparison(ComparisonSyntax syntax)
    {
        var left = Bind(syntax.Left);
        var right = Bind(syntax.Right);
        if (left.Type.Kind == TypeKind.Error || right.Type.Kind == TypeKind.Error) return Wrong(syntax.Span);
        if (Together(syntax.Left, left, syntax.Right, right) is not { } pair) return Wrong(syntax.Span);
        if (syntax.Operator is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual) && !IsOrdered(pair.Left.Type))
            return Refuse(syntax.Span, TypeErrors.NotOrdered(syntax.Span, pair.Left.Type));
        if (pair.Left.Type.Kind is TypeKind.List)
            return Refuse(syntax.Span, TypeErrors.ListsDoNotCompare(syntax.Span));
        RefuseFold(syntax.IgnoringCase, pair.Left.Type, syntax.Span);
        return new ComparisonExpression(syntax.Span, syntax.Operator, pair.Left, pair.Right, syntax.IgnoringCase);
    }

    private Expression Between(BetweenSyntax syntax)
    {
        var operand = Bind(syntax.Operand);
        var low = Bind(syntax.Low);
        var high = Bind(syntax.High);
        if (new[] { operand, low, high }.Any(e => e.Type.Kind == TypeKind.Error)) return Wrong(syntax.Span);
        if (Together(syntax.Operand, operand, syntax.Low, low) is not { } lower) return Wrong(syntax.Span);
        if (Together(syntax.Operand, operand, syntax.High, high) is not { } upper) return Wrong(syntax.Span);
        if (!IsOrdered(lower.Left.Type)) return Refuse(syntax.Span, TypeErrors.NotOrdered(syntax.Span, lower.Left.Type));
        return Negated(syntax.Not, syntax.Span, new BetweenExpression(syntax.Span, lower.Left, lower.Right, upper.Right));
    }

    private static bool IsOrdered(PolicyType type) => type.IsNumeric || type.Kind is TypeKind.Duration or TypeKind.Time or TypeKind.Rate;

    private void RefuseFold(bool ignoringCase, PolicyType type, TextSpan span)
    {
        if (ignoringCase && type.Kind != TypeKind.Text) workspace.Add(TypeErrors.CaseOfNoText(span, type));
    }

    /// <summary>Two operands as one type; null after an error that names both.</summary>
    private (Expression Left, Expression Right)? Together(ExpressionSyntax leftSyntax, Expression left, ExpressionSyntax rightSyntax, Expression right)
    {
        if (IsPattern(left) || IsPattern(right))
        {
            workspace.Add(TypeErrors.PatternOnlyAfterMatches(IsPattern(left) ? left.Span : right.Span));
            return null;
        }
        if ((ShareBeyond(left, right) ?? ShareBeyond(right, left)) is { } beyond)
        {
            workspace.Add(beyond);
            return null;
        }
        if (left.Type.IsNumeric && right.Type.IsNumeric) return (Literally(left, right.Type), Literally(right, left.Type));
        if (Conversions.To(right, left.Type) is { } converted && NotRange(left, right)) return (left, converted);
        if (Conversions.To(left, right.Type) is { } other && NotRange(left, right)) return (other, right);
        workspace.Add(TypeErrors.Mismatch(leftSyntax, left, rightSyntax, right));
        return null;
    }

    /// <summary>An address is not equal to a range; `in` asks whether it lies within.</summary>
    private static bool NotRange(Expression left, Expression right) => (left.Type.Kind == TypeKind.Cidr) == (right.Type.Kind == TypeKind.Cidr);

    private static Expression Literally(Expression expression, PolicyType type) =>
        expression is LiteralExpression literal && type.Kind != TypeKind.Integer ? Conversions.Literal(literal, type) ?? expression : expression;

    private static Diagnostics.Diagnostic? ShareBeyond(Expression share, Expression constant)
    {
        if (share.Type.Kind != TypeKind.Share || share is LiteralExpression || constant is not LiteralExpression { Type.IsNumeric: true } literal) return null;
        var value = literal.Value is long integer ? integer : (double)literal.Value;
        return value is >= 0 and <= 1 ? null : TypeErrors.ShareOutside(constant.Span, share.Span.Text, value);
    }

    private Expression In(InSyntax syntax)
    {
        var operand = Bind(syntax.Operand);
        var set = Bind(syntax.Set);
        if (operand.Type.Kind == TypeKind.Error || set.Type.Kind == TypeKind.Error) return Wrong(syntax.Span);
        var fold = syntax.IgnoringCase || set is ListRead { List.IgnoringCase: true };
        if (set.Type.Kind == TypeKind.Cidr)
        {
            if (operand.Type.Kind != TypeKind.Ip) return Refuse(syntax.Span, TypeErrors.NotIn(syntax.Operand.Span, operand.Type, PolicyType.Ip));
            return Negated(syntax.Not, syntax.Span, new InExpression(syntax.Span, operand, set, false));
        }
        if (set.Type.Kind != TypeKind.List) return Refuse(syntax.Span, TypeErrors.NotAList(syntax.Set.Span, set.Type));
        RefuseFold(syntax.IgnoringCase, operand.Type, syntax.Span);
        var element = set.Type.Element!;
        if (element.Kind == TypeKind.Cidr && operand.Type.Kind == TypeKind.Ip) return Negated(syntax.Not, syntax.Span, new InExpression(syntax.Span, operand, set, false));
        if (set is LiteralExpression literal && Conversions.Literal(literal, new PolicyType(TypeKind.List, Element: operand.Type.AsPresent())) is { } converted)
            return Negated(syntax.Not, syntax.Span, new InExpression(syntax.Span, operand, converted, fold));
        var member = element.IsNumeric && operand.Type.IsNumeric ? operand : Conversions.To(operand, element);
        if (member is not null && element.Kind != TypeKind.Cidr)
            return Negated(syntax.Not, syntax.Span, new InExpression(syntax.Span, member, set, fold));
        return Refuse(syntax.Span, TypeErrors.NotIn(syntax.Operand.Span, operand.Type, element));
    }

    private Expression TextTest(TextTestSyntax syntax)
    {
        var operand = Bind(syntax.Operand);
        var pattern = Bind(syntax.Pattern);
        if (operand.Type.Kind == TypeKind.Error || pattern.Type.Kind == TypeKind.Error) return Wrong(syntax.Span);
        if (TextOperand(syntax, operand) is { } wrongOperand) return Refuse(syntax.Span, wrongOperand);
        var wanted = operand.Type.Kind == TypeKind.List ? operand.Type.Element! : PolicyType.Text;
        if (ConvertPattern(syntax, pattern, wanted) is not { } converted) return Wrong(syntax.Span);
        if (syntax.IgnoringCase && wanted.Kind != TypeKind.Text) workspace.Add(TypeErrors.CaseOfNoText(syntax.Span, wanted));
        var fold = syntax.IgnoringCase || pattern is ListRead { List.IgnoringCase: true };
        var test = new TextTestExpression(syntax.Span, syntax.Operator, syntax.Quantifier, operand, converted, fold);
        return Negated(syntax.Not, syntax.Span, test);
    }

    private static Diagnostics.Diagnostic? TextOperand(TextTestSyntax syntax, Expression operand) => operand.Type.Kind switch
    {
        TypeKind.Text or TypeKind.Entity when !IsPattern(operand) => null,
        TypeKind.List when syntax.Operator == TextOperator.Contains && operand is not ListRead => null,
        TypeKind.List => TypeErrors.ListInTextTest(syntax.Operand.Span, syntax.Operator),
        _ => TypeErrors.NoTextToTest(syntax.Operand.Span, operand.Type),
    };

    /// <summary>What is looked for, as the operator needs it: a pattern for `matches`, a text, an element of the list.</summary>
    private Expression? ConvertPattern(TextTestSyntax syntax, Expression pattern, PolicyType wanted)
    {
        var isList = pattern.Type.Kind == TypeKind.List;
        if (isList != (syntax.Quantifier != Quantifier.One))
        {
            workspace.Add(isList ? TypeErrors.SayAnyOrAll(syntax.Pattern.Span) : TypeErrors.AnyOfNoList(syntax.Pattern.Span, pattern.Type));
            return null;
        }
        if (!PatternsFit(syntax, pattern)) return null;
        var converted = Conversions.To(pattern, isList ? new PolicyType(TypeKind.List, Element: wanted) : wanted);
        if (converted is null && pattern is LiteralExpression { IsPattern: true }) converted = pattern;
        if (converted is null) workspace.Add(TypeErrors.WrongPattern(syntax.Pattern.Span, wanted, isList ? pattern.Type.Element! : pattern.Type));
        return converted;
    }

    private bool PatternsFit(TextTestSyntax syntax, Expression pattern)
    {
        var matches = syntax.Operator == TextOperator.Matches;
        var constants = Constants(pattern);
        if (constants is null)
        {
            if (syntax.Operator is not (TextOperator.Matches or TextOperator.Like)) return true;
            if (pattern is ListRead) return true;
            workspace.Add(TypeErrors.PatternNotConstant(syntax.Pattern.Span, matches ? "matches" : "like"));
            return false;
        }
        var fits = true;
        foreach (var literal in constants.Where(c => c.Type.Kind == TypeKind.Text))
        {
            var problem = (matches, literal.IsPattern) switch
            {
                (true, false) => TypeErrors.MatchesTakesPattern(literal.Span, (string)literal.Value),
                (false, true) => TypeErrors.PatternOnlyAfterMatches(literal.Span),
                (true, true) => literal.IsChecked ? null : Patterns.Check(literal),
                _ => null,
            };
            if (problem is null) continue;
            workspace.Add(problem);
            fits = false;
        }
        return fits;
    }

    private static IReadOnlyList<LiteralExpression>? Constants(Expression expression) => expression switch
    {
        LiteralExpression { Value: IReadOnlyList<LiteralExpression> items } => items,
        LiteralExpression literal => [literal],
        _ => null,
    };
}
