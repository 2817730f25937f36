using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Checks.Warnings;

/// <summary>P4102: a share, average or percentile of one event is as sharp as that of a thousand.</summary>
internal static class ShareWithoutCount
{
    public static IEnumerable<Diagnostic> Run(PolicyModel model) => model.Rules.SelectMany(Of);

    private static IEnumerable<Diagnostic> Of(RuleSymbol rule)
    {
        var tests = Conditions.WhenOf(rule).SelectMany(Conditions.Tests).ToList();
        if (tests.SelectMany(ExpressionTree.All).Any(e => e is GroupPropertyRead { Property: GroupProperty.Size })) yield break;
        if (tests.SelectMany(Reads).Any(m => m.Aggregate is Aggregate.Count or Aggregate.Distinct or Aggregate.Sum or Aggregate.Rate)) yield break;
        foreach (var test in tests.Where(t => t is ComparisonExpression or BetweenExpression))
        {
            var measure = Reads(test).FirstOrDefault(m => m.Aggregate is Aggregate.Share or Aggregate.Average or Aggregate.Percentile);
            if (measure is null) continue;
            yield return measure.OverLink is { } link
                ? Report.Warning("P4102", test.Span, $"`{measure.Name}` of a group of two counts as much here as that of a thousand", $"ask for its size beside it, such as `and {link.Name}.size >= 20`")
                : Report.Warning("P4102", test.Span, $"`{measure.Name}` of a single event counts as much here as that of a thousand",
                    "ask for a number beside it, such as `and requests_24h >= 20`");
        }
    }

    private static IEnumerable<MeasureSymbol> Reads(Expression test) => ExpressionTree.All(test).OfType<MeasureRead>().Select(r => r.Measure);
}
