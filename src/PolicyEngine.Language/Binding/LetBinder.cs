using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>Lets name literals; durations may be written as a literal or as the name of a let.</summary>
internal sealed class LetBinder(Workspace workspace)
{
    public LiteralExpression? ValueOf(LetSymbol let)
    {
        var declaration = workspace.Declarations[let];
        if (declaration.Syntax is not LetStatement statement) return null;
        workspace.Resolution.Ensure(let, let.Name, let.Span, () => let.Value = Bind(declaration.Scope, let, statement.Value));
        return let.Value;
    }

    /// <summary>Milliseconds of a duration as written; null after an error.</summary>
    public long? Duration(PackScope scope, DurationSyntax syntax)
    {
        if (syntax.Literal is { } literal) return literal.Milliseconds;
        var path = new Syntax.Path(syntax.Span, [syntax.Let!]);
        if (workspace.Names.Value<LetSymbol>(scope, path, "let") is not { } let || ValueOf(let) is not { } value) return null;
        if (value.Type.Kind == TypeKind.Duration) return (long)value.Value;
        if (value.Type.Kind != TypeKind.Error) workspace.Add(TypeErrors.LetIsNoDuration(syntax.Span, let.Name, value.Type).Beside(let.Span, "declared here"));
        return null;
    }

    /// <summary>A duration that has to be longer than nothing.</summary>
    public long? PositiveDuration(PackScope scope, DurationSyntax syntax)
    {
        var value = Duration(scope, syntax);
        if (value is not <= 0) return value;
        workspace.Add(TypeErrors.NotPositive(syntax.Span, "duration"));
        return null;
    }

    private LiteralExpression? Bind(PackScope scope, LetSymbol let, ExpressionSyntax syntax)
    {
        var bound = new ExpressionBinder(workspace, new ExpressionContext(scope, Hand.Nothing)).Bind(syntax);
        switch (bound)
        {
            case LiteralExpression literal:
                return literal.Type.Kind == TypeKind.Error ? null : literal with { LetName = let.Name };
            case NegateExpression { Operand: LiteralExpression number }:
                return number with { Span = bound.Span, Value = Negate(number.Value), LetName = let.Name };
            default:
                workspace.Add(TypeErrors.LetNamesLiteral(syntax.Span, let.Name));
                return null;
        }
    }

    private static object Negate(object value) => value is long integer ? -integer : -(double)value;
}
