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
        if (syntax is not MeasureStatement statement || IsLater(statement, scope)) return;
        var hand = workspace.HandOf(measure.Sources);
        if (statement.Where is { } where)
            measure.Where = new ExpressionBinder(workspace, new ExpressionContext(scope, hand) { Declaring = measure }).BindCondition(where);
        if (measure.Amount is null && statement.Function.Amount is { } amount) BindAmount(measure, scope, amount, hand);
        if (measure.Aggregate == Aggregate.Share && statement.Where is null) workspace.Add(EventErrors.ShareWithoutWhere(statement.Function.Span));
    }

    private void Shape(MeasureSymbol measure, PackScope scope, MeasureStatement statement)
    {
        var function = statement.Function;
        measure.Declaration = DeclarationText.Of(statement.Span);
        measure.Aggregate = function.Aggregate;
        if (ReportLater(statement, scope))
        {
            workspace.Broken.Add(measure);
            return;
        }
        measure.Sources = workspace.Sources.Resolve(scope, function.Sources);
        var hand = workspace.HandOf(measure.Sources);
        var keys = workspace.Keys.Declare(scope, statement.Keys, hand);
        measure.Keys = keys ?? [];
        if (keys is null) workspace.Broken.Add(measure);
        measure.Window = new WindowBinder(workspace, scope).Bind(measure.Aggregate, function, statement.Window);
        if (function.Percentile is { } percentile) measure.Percentile = Percent(percentile);
        measure.Type = TypeOf(measure, scope, function, hand);
        if (measure.Type.Kind == TypeKind.Error) workspace.Broken.Add(measure);
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
        var context = new ExpressionContext(scope, hand) { GapAllowed = true, Declaring = measure };
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

    private bool IsLater(MeasureStatement statement, PackScope scope) => workspace.Bag.Silently(() => ReportLater(statement, scope));

    private bool ReportLater(MeasureStatement statement, PackScope scope)
    {
        var function = statement.Function;
        var link = function.Sources.FirstOrDefault(s => NameLookup.Candidates(scope, s, p => p.Values).OfType<LinkSymbol>().Any()
            && NameLookup.Candidates(scope, s, p => p.Sources).Count == 0);
        if (function.By is not null) workspace.Add(LaterErrors.MeasureBy(function.Span));
        else if (link is not null) workspace.Add(LaterErrors.MeasureOverLink(function.Span, link.Text));
        else if (function.Aggregate == Aggregate.Alignment) workspace.Add(LaterErrors.Alignment(function.Span));
        else return false;
        return true;
    }
}
