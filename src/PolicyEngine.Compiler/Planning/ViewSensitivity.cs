using PolicyEngine.Compiler.Lowering;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Compiler.Planning;

/// <summary>Whether a measure can differ between the enforced and the shadow view: only then is it kept twice (J1).</summary>
internal static class ViewSensitivity
{
    public static bool Of(MeasureSymbol measure, StateTables state) =>
        measure.Sources.Any(s => Of(s, state)) || Of(measure.Where, state) || Of(measure.Amount, state)
        || measure.Keys.SelectMany(k => k.ByEvent.Values).Any(e => Of(e, state))
        || (measure.OverLink is { } link && Of(link, state));

    /// <summary>Its caps depend on a label that only shadow rules have given to some, or what ties does.</summary>
    public static bool Of(LinkSymbol link, StateTables state) => link.Ways.Any(w =>
        (w.WithoutLabel is { } label && state.HasOverlay(label)) || w.Sources.Any(s => Of(s, state))
        || w.Keys.SelectMany(k => k.ByEvent.Values).Concat(w.Members.Values).Any(e => Of(e, state)));

    private static bool Of(EventSource source, StateTables state) => source switch
    {
        RuleSymbol rule => state.Runs(rule) && state.StageOf(rule) != Stage.Enforce,
        NamedEventSymbol named => named.Sources.Any(s => Of(s, state)) || Of(named.Where, state),
        _ => false,
    };

    private static bool Of(Expression? expression, StateTables state) =>
        expression is not null && ExpressionWalk.All(expression).Any(e => e switch
        {
            LabelTestExpression t => state.HasOverlay(t.Label),
            ScoreRead r => state.HasOverlay(r.Score),
            ListRead r => state.HasOverlay(r.List),
            MeasureRead r => Of(r.Measure, state),
            GroupRead r => Of(r.Link, state),
            FieldRead r => r.ByEvent.Values.Any(f => Of(f.Computed, state)),
            _ => false,
        });
}
