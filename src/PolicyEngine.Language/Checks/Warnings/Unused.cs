using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Checks.Warnings;

/// <summary>P4106 and P4113: labels that nothing tests and lists that nothing asks.</summary>
internal static class Unused
{
    public static IEnumerable<Diagnostic> Run(PolicyModel model)
    {
        var parts = Expressions(model).SelectMany(ExpressionTree.All).ToList();
        var caps = model.Links.SelectMany(l => l.Ways).Select(w => w.WithoutLabel).OfType<LabelSymbol>();
        var labels = caps.Concat(parts.OfType<LabelTestExpression>().Select(t => t.Label))
            .Concat(model.Rules.Select(r => r.Trigger).OfType<LabelTrigger>().Select(t => t.Label)).ToHashSet();
        var lists = parts.OfType<ListRead>().Select(r => r.List).ToHashSet();
        foreach (var label in model.Labels.Where(l => !labels.Contains(l)))
            yield return Report.Warning("P4106", label.Span, $"nothing tests the label `{label.Name}`", "a label that is read outside may be kept with a word why");
        foreach (var list in model.Lists.Where(l => !lists.Contains(l)))
            yield return Report.Warning("P4113", list.Span, $"nothing asks the list `{list.Name}`");
    }

    private static IEnumerable<Expression> Expressions(PolicyModel model) =>
    [
        .. model.NamedEvents.Select(n => n.Where).OfType<Expression>(),
        .. model.Events.SelectMany(e => e.Fields).Select(f => f.Computed).OfType<Expression>(),
        .. model.Measures.SelectMany(m => new[] { m.Where, m.Amount }).OfType<Expression>(),
        .. model.Rules.SelectMany(RuleExpressions.Of),
        .. model.Rules.SelectMany(r => RuleSteps.Of(r.Trigger)).Select(s => s.Where).OfType<Expression>(),
    ];
}
