using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

internal sealed partial class ExpressionBinder
{
    private Expression Arithmetic(ArithmeticSyntax syntax)
    {
        var left = Bind(syntax.Left);
        var right = Bind(syntax.Right);
        if (left.Type.Kind == TypeKind.Error || right.Type.Kind == TypeKind.Error) return Wrong(syntax.Span);
        if (Result(syntax.Operator, left.Type, right.Type) is not { } kind)
            return Refuse(syntax.Span, TypeErrors.Arithmetic(syntax, left.Type, right.Type));
        var type = new PolicyType(kind, left.Type.Optional || right.Type.Optional || MayDivideByZero(syntax.Operator, right));
        return new ArithmeticExpression(type, syntax.Span, syntax.Operator, left, right);
    }

    private static bool MayDivideByZero(ArithmeticOperator @operator, Expression right) =>
        @operator == ArithmeticOperator.Divide && right is not LiteralExpression { Value: not (0L or 0.0) };

    private static TypeKind? Result(ArithmeticOperator @operator, PolicyType left, PolicyType right)
    {
        if (left.IsNumeric && right.IsNumeric)
        {
            var whole = left.Kind == TypeKind.Integer && right.Kind == TypeKind.Integer && @operator != ArithmeticOperator.Divide;
            return whole ? TypeKind.Integer : TypeKind.Number;
        }
        return (@operator, left.Kind, right.Kind) switch
        {
            (ArithmeticOperator.Add, TypeKind.Time, TypeKind.Duration) => TypeKind.Time,
            (ArithmeticOperator.Add, TypeKind.Duration, TypeKind.Time) => TypeKind.Time,
            (ArithmeticOperator.Subtract, TypeKind.Time, TypeKind.Duration) => TypeKind.Time,
            (ArithmeticOperator.Subtract, TypeKind.Time, TypeKind.Time) => TypeKind.Duration,
            (ArithmeticOperator.Add or ArithmeticOperator.Subtract, TypeKind.Duration, TypeKind.Duration) => TypeKind.Duration,
            (ArithmeticOperator.Add or ArithmeticOperator.Subtract, TypeKind.Rate, TypeKind.Rate) => TypeKind.Rate,
            (ArithmeticOperator.Divide, TypeKind.Duration, TypeKind.Duration) => TypeKind.Number,
            (ArithmeticOperator.Divide, TypeKind.Rate, TypeKind.Rate) => TypeKind.Number,
            (ArithmeticOperator.Multiply or ArithmeticOperator.Divide, TypeKind.Duration or TypeKind.Rate, _) when right.IsNumeric => left.Kind,
            (ArithmeticOperator.Multiply, _, TypeKind.Duration or TypeKind.Rate) when left.IsNumeric => right.Kind,
            _ => null,
        };
    }

    private Expression Negate(NegateSyntax syntax)
    {
        var operand = Bind(syntax.Operand);
        return operand.Type.Kind switch
        {
            TypeKind.Error => Wrong(syntax.Span),
            TypeKind.Integer or TypeKind.Number or TypeKind.Duration => new NegateExpression(operand.Type, syntax.Span, operand),
            TypeKind.Share => new NegateExpression(operand.Type with { Kind = TypeKind.Number }, syntax.Span, operand),
            _ => Refuse(syntax.Span, TypeErrors.CannotNegate(syntax.Span, operand.Type)),
        };
    }
}
