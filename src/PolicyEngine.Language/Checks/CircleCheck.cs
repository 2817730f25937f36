using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Checks;

/// <summary>P3003: what waits for itself within one event. The path is printed, and `had label` offered where it helps.</summary>
internal static class CircleCheck
{
    public static IEnumerable<Diagnostic> Run(DependencyGraph graph) => graph.Circles().Select(Error);

    private static Diagnostic Error(IReadOnlyList<DependencyEdge> circle)
    {
        var test = circle.FirstOrDefault(e => e.Read.Symbol is LabelSymbol && e.Span.Text.Contains(" has ", StringComparison.Ordinal));
        var at = test ?? circle.FirstOrDefault(e => e.Read.Symbol is ScoreSymbol or ListSymbol or MeasureSymbol) ?? circle[0];
        var ordered = circle.SkipWhile(e => e != at).Concat(circle.TakeWhile(e => e != at)).ToList();
        var path = string.Join(" -> ", ordered.Select(e => Describe(e.Reader)).Append(Describe(at.Reader)));
        var error = new Diagnostic("P3003", Severity.Error, $"{Describe(at.Reader)} waits for itself within one event: {path}", at.Span)
        {
            Help = Help(at),
            Related = [.. ordered.Skip(1).Select(e => new RelatedPlace(e.Span, $"{Describe(e.Reader)} needs {Describe(e.Read)}"))],
        };
        return test is null ? error : error with { Fix = HadFix(test.Span) };
    }

    private static string Describe(DependencyNode node) => node.Symbol switch
    {
        RuleSymbol => $"rule `{node.Name}`",
        LabelSymbol => $"label `{node.Name}`",
        ScoreSymbol => $"score `{node.Name}`",
        ListSymbol => $"list `{node.Name}`",
        MeasureSymbol => $"measure `{node.Name}`",
        LinkSymbol => $"link `{node.Name}`",
        NamedEventSymbol => $"event `{node.Name}`",
        _ => $"field `{node.Name}`",
    };

    private static string Help(DependencyEdge at) => at.Read.Symbol switch
    {
        LabelSymbol when at.Span.Text.Contains(" has ", StringComparison.Ordinal) => "`had label` asks for the moment before this event and needs no waiting",
        LabelSymbol when at.Reader.Symbol is LinkSymbol => "leave members out of the cap by a label that no rule gives who looks at the link",
        ScoreSymbol => "let one rule add the points, and another, which adds none, act on the score",
        ListSymbol => "let one rule learn the entries, and another, which learns none, ask the list",
        _ => "break it in one place: count arriving events, or ask with `had label` for the moment before",
    };

    private static Fix HadFix(TextSpan test)
    {
        var has = new TextSpan(test.Source, test.Start + test.Text.IndexOf(" has ", StringComparison.Ordinal) + 1, 3);
        return new Fix("ask for the moment before with `had`", [new TextEdit(has, "had")], Safe: false);
    }
}
