using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>P30xx: what depends on itself.</summary>
internal static class CircleErrors
{
    /// <summary>Declarations whose meaning leads back to themselves, before anything is counted.</summary>
    public static Diagnostic Circle(IReadOnlyList<(string Name, TextSpan Span)> row)
    {
        var error = Report.Error("P3001", row[0].Span, row.Count == 1
            ? $"`{row[0].Name}` is declared by itself"
            : $"`{row[0].Name}` is declared by itself: {string.Join(" -> ", row.Select(r => r.Name).Append(row[0].Name))}");
        return row.Skip(1).Aggregate(error, (e, r) => e.Beside(r.Span, $"`{r.Name}`"));
    }

    public static Diagnostic DefineCallsItself(TextSpan span, IReadOnlyList<DefineSymbol> circle) =>
        Report.Error("P3002", span, $"a define may not come back to itself: {string.Join(" -> ", circle.Append(circle[0]).Select(d => d.Name))}");
}
