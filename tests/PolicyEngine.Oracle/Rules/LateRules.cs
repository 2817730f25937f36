using PolicyEngine.Language.Model;

namespace PolicyEngine.Oracle.Rules;

/// <summary>Which rules see late events: `on each` rules that read nothing but fields, lists and constants (A6).</summary>
internal static class LateRules
{
    public static bool Sees(RuleSymbol rule, EachTrigger trigger) =>
        trigger.Sources.All(IsOfTheEvent) && Reads.Of(rule).All(IsOfTheEvent);

    private static bool IsOfTheEvent(EventSource source) => source switch
    {
        EventSymbol => true,
        NamedEventSymbol named => named.Sources.All(IsOfTheEvent) && (named.Where is null || IsOfTheEvent(named.Where)),
        _ => false,
    };

    private static bool IsOfTheEvent(Expression expression) => Reads.Of(expression).All(read => read switch
    {
        MeasureRead or ScoreRead or LabelTestExpression or KeyRead or GroupRead => false,
        FieldRead field => field.ByEvent.Values.All(f => f.Computed is null || IsOfTheEvent(f.Computed)),
        _ => true,
    });
}
