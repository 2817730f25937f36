using System.Collections.Frozen;

namespace PolicyEngine.Language.Diagnostics;

/// <summary>
/// A kind of diagnostic, for `policy explain CODE`. <paramref name="Wrong"/> and <paramref name="Right"/> are whole files: the wrong one
/// has this diagnostic, the right one does not.
/// </summary>
public sealed record DiagnosticEntry(string Code, Severity Severity, string Title, string Explanation, string Wrong, string Right);

/// <summary>
/// Every code the compiler can give: P1xxx syntax, P2xxx names and types, P3xxx checks, P4xxx warnings, P5xxx YAML, P6xxx Sigma.
/// Each area is a file of its own with one list.
/// </summary>
public static partial class DiagnosticCatalog
{
    public static IReadOnlyList<DiagnosticEntry> All => Table.Ordered;

    public static DiagnosticEntry? Find(string code) => Table.ByCode.GetValueOrDefault(code);

    private static IEnumerable<DiagnosticEntry[]> Areas()
    {
        yield return Syntax;
        yield return SyntaxParts;
        foreach (var area in BindingAreas()) yield return area;
        foreach (var area in YamlAreas()) yield return area;
        foreach (var area in SigmaAreas()) yield return area;
    }

    /// <summary>Built when first asked for: the areas are fields in other files, and those have no order among them.</summary>
    private static class Table
    {
        public static readonly FrozenDictionary<string, DiagnosticEntry> ByCode = Areas().SelectMany(area => area).ToFrozenDictionary(e => e.Code);

        public static readonly DiagnosticEntry[] Ordered = [.. ByCode.Values.OrderBy(e => e.Code, StringComparer.Ordinal)];
    }
}
