using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>
/// Measures in two steps: what a reader has to know (sources, keys, window, type), when first asked for; what it counts, later. So
/// that a count may read what depends on the count, and the circle is found by the graph of dependencies, with its path.
/// </summary>
internal sealed class MeasureBinder(Workspace workspace)
{
    public void Ensure(MeasureSymbol measure)
    {
        var declaration = workspace.Declarations[measure];
        if (declaration.Syntax is not MeasureStatement statement) return;
        if (!workspace.Resolution.Ensure(measure, measure.Name, measure.Span, () => Shape(measure, declaration.Scope, statement)))
            workspace.Broken.Add(measure);
    }

    /// <summary>The condition, and the amount where the type did not need it yet.</summary>
    public void BindBody(MeasureSymbol measure)
    {
        Ensure(measure);
        var (scope, syntax) = workspace.Declarations[measure];
        if (syntax is not MeasureStatement statement) return;
        var hand = HandOf(measure, statement.Function);
        if (statement.Where is { } where)
            measure.Where = new ExpressionBinder(workspace, new ExpressionContext(scope, hand) { Declaring = measure }).BindCondition(where);
        if (measure.Amount is null && statement.Function is { By: null, Amount: { } amount }) BindAmount(measure, scope, amount, hand);
        if (measure.Aggregate == Aggregate.Share && statement.Where is null) workspace.Add(EventErrors.ShareWithoutWhere(statement.Function.Span));
    }

    /// <summary>The keys as they are written: behind `per`, behind `by`, or the group itself.</summary>
    public static IReadOnlyList<KeySyntax> KeysOf(MeasureStatement statement, MeasureSymbol measure)
    {
        var function = statement.Function;
        return measure.OverLink is null ? function.By ?? statement.Keys : [new KeySyntax(function.Sources[0].Span, function.Sources[0], null)];
    }

    /// <summary>What amount and condition speak about.</summary>
    private Hand HandOf(MeasureSymbol measure, FunctionSyntax function) => measure switch
    {
        { OverLink: { } link } => workspace.Broken.Contains(link) ? Hand.Unknown : Hand.OfMember(link.Entity),
        { Around: { } around } => Hand.OfMember(around.Entity),
        _ when function.By is not null => Hand.Unknown,
        _ => workspace.HandOf(measure.Sources),
    };

    private void Shape(MeasureSymbol measure, PackScope scope, MeasureStatement statement)
    {
        var function = statement.Function;
        measure.Declaration = DeclarationText.Of(statement);
        measure.Aggregate = function.Aggregate;
        if (function.Percentile is { } percentile) measure.Percentile = Percent(percentile);
        var members = new MemberMeasures(workspace, scope);
        if (function.By is not null) members.Around(measure, statement);
        else if (members.LinkOf(function) is { } link) members.Over(measure, statement, link);
        else OverEvents(measure, scope, statement);
        measure.Type = TypeOf(measure, scope, function, HandOf(measure, function));
        if (measure.Type.Kind == TypeKind.Error) workspace.Broken.Add(measure);
    }

    private void OverEvents(MeasureSymbol measure, PackScope scope, MeasureStatement statement)
    {
        measure.Sources = workspace.Sources.Resolve(scope, statement.Function.Sources);
        var keys = workspace.Keys.Declare(scope, statement.Keys, workspace.HandOf(measure.Sources));
        measure.Keys = keys ?? [];
        if (keys is null) workspace.Broken.Add(measure);
        var group = keys is [{ Type.Link: { } link }] ? link : null;
        measure.Window = measure.Aggregate == Aggregate.Alignment || group is not null
            ? new GroupWindows(workspace, scope).Bind(measure, statement, group)
            : new WindowBinder(workspace, scope).Bind(measure.Aggregate, statement.Function, statement.Window);
    }

    private PolicyType TypeOf(MeasureSymbol measure, PackScope scope, FunctionSyntax function, Hand hand)
    {
        switch (function.Aggregate)
        {
            case Aggregate.Count or Aggregate.Distinct:
                return PolicyType.Integer;
            case Aggregate.Rate:
                return PolicyType.Rate;
            case Aggregate.Share or Aggregate.TopShare:
                return PolicyType.Share.AsOptional();
            case Aggregate.Alignment:
                return PolicyType.Number;
            case Aggregate.Entropy or Aggregate.Variation:
                return PolicyType.Number.AsOptional();
            case Aggregate.SinceFirst or Aggregate.SinceLast:
                return PolicyType.Duration.AsOptional();
        }
        var amount = BindAmount(measure, scope, function.Amount!, hand).Type.AsPresent();
        return function.Aggregate switch
        {
            Aggregate.Sum => amount.Kind == TypeKind.Share ? PolicyType.Number : amount,
            Aggregate.Average => amount.Kind == TypeKind.Integer ? PolicyType.Number.AsOptional() : amount.AsOptional(),
            _ => amount.AsOptional(),
        };
    }

    private Expression BindAmount(MeasureSymbol measure, PackScope scope, ExpressionSyntax syntax, Hand hand)
    {
        var context = new ExpressionContext(scope, hand) { GapAllowed = hand.Member is null, Declaring = measure };
        var amount = new ExpressionBinder(workspace, context).Bind(syntax);
        if (amount.Type.Kind != TypeKind.Error && !Takes(measure.Aggregate, amount.Type.Kind))
        {
            workspace.Add(EventErrors.AmountOfWrongType(syntax.Span, measure.Aggregate, amount.Type));
            amount = ExpressionBinder.Wrong(syntax.Span);
        }
        measure.Sensitive = Sensitivity.Shows(measure.Aggregate) && Sensitivity.Of(amount);
        return measure.Amount = amount;
    }

    private static bool Takes(Aggregate aggregate, TypeKind kind) => aggregate switch
    {
        Aggregate.Sum or Aggregate.Variation => kind is TypeKind.Integer or TypeKind.Number or TypeKind.Share or TypeKind.Duration,
        Aggregate.Average => kind is TypeKind.Integer or TypeKind.Number or TypeKind.Share or TypeKind.Duration or TypeKind.Rate,
        Aggregate.Min or Aggregate.Max or Aggregate.Percentile =>
            kind is TypeKind.Integer or TypeKind.Number or TypeKind.Share or TypeKind.Duration or TypeKind.Rate or TypeKind.Time,
        _ => kind is not (TypeKind.List or TypeKind.Group),
    };

    private double Percent(NumberLiteral literal)
    {
        var value = literal.IsInteger ? literal.Integer : literal.Number;
        if (value is <= 0 or > 100) workspace.Add(EventErrors.PercentileOutside(literal.Span));
        return value;
    }
}
