using System.Net;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>
/// Gives an expression its types and names. What does not bind becomes a literal of the error type, which fits everywhere and says
/// nothing further.
/// </summary>
internal sealed partial class ExpressionBinder(Workspace workspace, ExpressionContext context)
{
    private PackScope Scope => context.Scope;

    private Hand Hand => context.Hand;

    public static LiteralExpression Wrong(TextSpan span) => new(PolicyType.Error, span, "");

    private LiteralExpression Refuse(TextSpan span, Diagnostics.Diagnostic diagnostic)
    {
        workspace.Add(diagnostic);
        return Wrong(span);
    }

    /// <summary>An expression that has to be true or false.</summary>
    public Expression BindCondition(ExpressionSyntax syntax)
    {
        var bound = Bind(syntax);
        if (bound.Type.Kind is TypeKind.Boolean or TypeKind.Error) return bound;
        return Refuse(syntax.Span, TypeErrors.NotACondition(syntax.Span, bound.Type));
    }

    public Expression Bind(ExpressionSyntax syntax) =>
        context.Expansion is { } expansion && !expansion.Take(1) ? Wrong(syntax.Span) : BindPart(syntax);

    private Expression BindPart(ExpressionSyntax syntax) => syntax switch
    {
        OrSyntax or => new OrExpression(or.Span, [.. or.Parts.Select(BindCondition)]),
        AndSyntax and => new AndExpression(and.Span, [.. and.Parts.Select(BindCondition)]),
        NotSyntax not => new NotExpression(not.Span, BindCondition(not.Operand)),
        ComparisonSyntax comparison => Comparison(comparison),
        BetweenSyntax between => Between(between),
        InSyntax @in => In(@in),
        TextTestSyntax test => TextTest(test),
        PresenceSyntax presence => Presence(presence),
        LabelTestSyntax label => LabelTest(label),
        AtLeastSyntax atLeast => AtLeast(atLeast),
        ArithmeticSyntax arithmetic => Arithmetic(arithmetic),
        NegateSyntax negate => Negate(negate),
        ParenthesisedSyntax inner => Bind(inner.Inner),
        PathSyntax path => BindPath(path),
        CallSyntax call => Call(call),
        LiteralSyntax literal => Literal(literal),
        _ => throw new InvalidOperationException($"unexpected syntax {syntax.GetType().Name}"),
    };

    private static Expression Negated(bool not, TextSpan span, Expression positive) => not ? new NotExpression(span, positive) : positive;

    private Expression Presence(PresenceSyntax syntax)
    {
        var operand = Bind(syntax.Operand);
        return operand.Type.Kind == TypeKind.Error ? Wrong(syntax.Span) : new PresenceExpression(syntax.Span, operand, syntax.Test);
    }

    private Expression LabelTest(LabelTestSyntax syntax)
    {
        var operand = Bind(syntax.Operand);
        var label = workspace.Names.Label(Scope, syntax.Label);
        var older = syntax.OlderThan is null ? null : workspace.Lets.PositiveDuration(Scope, syntax.OlderThan);
        if (label is null || operand.Type.Kind == TypeKind.Error || workspace.Broken.Contains(label)) return Wrong(syntax.Span);
        if (label.Link is not null && operand.Type.Kind != TypeKind.Group)
            return Refuse(syntax.Span, LinkErrors.LabelOfGroup(syntax.Operand.Span, label).Beside(label.Span, "declared here"));
        if (operand.Type.Link is { } link)
        {
            return label.Link != link
                ? Refuse(syntax.Span, LinkErrors.LabelOfNoGroup(syntax.Operand.Span, label, link).Beside(label.Span, "declared here"))
                : Negated(syntax.Not, syntax.Span, new LabelTestExpression(syntax.Span, operand, label, syntax.Had, older));
        }
        if (operand is LiteralExpression || operand.Type.Entity is null)
            return Refuse(syntax.Span, TypeErrors.LabelOfNoEntity(syntax.Operand.Span, operand.Type, label));
        if (operand.Type.Entity != label.Entity)
            return Refuse(syntax.Span, TypeErrors.LabelOfOtherEntity(syntax.Operand.Span, operand.Type, label).Beside(label.Span, "declared here"));
        var test = new LabelTestExpression(syntax.Span, operand, label, syntax.Had, older);
        return Negated(syntax.Not, syntax.Span, test);
    }

    private Expression AtLeast(AtLeastSyntax syntax)
    {
        IReadOnlyList<Expression> conditions = [.. syntax.Conditions.Select(BindCondition)];
        if (!syntax.Count.IsInteger || syntax.Count.Integer < 1 || syntax.Count.Integer > conditions.Count)
            return Refuse(syntax.Span, TypeErrors.AtLeastCount(syntax.Count.Span, conditions.Count));
        return new AtLeastExpression(syntax.Span, (int)syntax.Count.Integer, conditions);
    }

    private LiteralExpression Literal(LiteralSyntax syntax) => syntax switch
    {
        TextLiteral text => new(PolicyType.Text, text.Span, text.Value),
        PatternLiteral pattern => new(PolicyType.Text, pattern.Span, pattern.Value) { IsPattern = true, IsChecked = pattern.IsChecked },
        NumberLiteral { IsInteger: true } number => new(PolicyType.Integer, number.Span, number.Integer),
        NumberLiteral number => new(PolicyType.Number, number.Span, number.Number),
        ShareLiteral share => new(PolicyType.Share, share.Span, share.Value),
        DurationLiteral duration => new(PolicyType.Duration, duration.Span, duration.Milliseconds),
        SizeLiteral size => new(PolicyType.Integer, size.Span, size.Bytes),
        RateLiteral rate => new(PolicyType.Rate, rate.Span, PerSecond(rate)),
        IpLiteral ip => new(PolicyType.Ip, ip.Span, ip.Address),
        CidrLiteral cidr => Cidr(cidr),
        MomentLiteral moment => new(PolicyType.Time, moment.Span, moment.Milliseconds),
        BooleanLiteral boolean => new(PolicyType.Boolean, boolean.Span, boolean.Value),
        ListLiteral list => List(list),
        _ => throw new InvalidOperationException($"unexpected literal {syntax.GetType().Name}"),
    };

    public LiteralExpression BindLiteral(LiteralSyntax syntax) => Literal(syntax);

    /// <summary>Milliseconds in the unit of a rate.</summary>
    public static long UnitOf(RateLiteral rate) => rate.Unit switch
    {
        "second" => 1_000,
        "minute" => 60_000,
        "hour" => 3_600_000,
        _ => 86_400_000,
    };

    private static double PerSecond(RateLiteral rate) =>
        (rate.Count.IsInteger ? rate.Count.Integer : rate.Count.Number) / (UnitOf(rate) / 1_000.0);

    private LiteralExpression Cidr(CidrLiteral cidr)
    {
        if (IPNetwork.TryParse($"{cidr.Address}/{cidr.PrefixLength}", out var network) && network.BaseAddress.Equals(cidr.Address)) return new(PolicyType.Cidr, cidr.Span, network);
        return Refuse(cidr.Span, TypeErrors.CidrHasHostBits(cidr.Span, cidr.Address, cidr.PrefixLength));
    }

    private LiteralExpression List(ListLiteral list)
    {
        if (list.Items.Count == 0) return new(new PolicyType(TypeKind.List, Element: PolicyType.Error), list.Span, Array.Empty<LiteralExpression>());
        var items = list.Items.Select(Literal).ToList();
        if (items.Any(i => i.Type.Kind == TypeKind.Error)) return Wrong(list.Span);
        var element = items.Select(i => i.Type).FirstOrDefault(t => items.All(i => Conversions.Literal(i, t) is not null));
        if (element is null)
        {
            var odd = items.First(i => Conversions.Literal(i, items[0].Type) is null);
            return Refuse(list.Span, TypeErrors.MixedList(odd.Span, items[0].Type, odd.Type));
        }
        IReadOnlyList<LiteralExpression> converted = [.. items.Select(i => Conversions.Literal(i, element)!)];
        return new(new PolicyType(TypeKind.List, Element: element), list.Span, converted);
    }
}
