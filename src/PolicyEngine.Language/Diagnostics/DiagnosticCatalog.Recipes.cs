namespace PolicyEngine.Language.Diagnostics;

public static partial class DiagnosticCatalog
{
    private const string Burst = """
        recipe burst(source: event, span: duration, limit: integer, mark: label) {
          measure seen = count of source per account over span
          on source per account
          when seen >= limit
          then label account as mark for 24h
        }

        """;

    private static DiagnosticEntry[] Recipes =>
    [
        Wrong("P2801", "unknown recipe",
            "A rule is made from a recipe of this pack or of one that it uses. Recipes do not nest.",
            Burst + "rule r from brst(login, 10m, 300, bot)",
            Burst + "rule r from burst(login, 10m, 300, bot)"),
        Wrong("P2802", "number of arguments",
            "A rule gives its recipe one argument for each parameter, in their order.",
            Burst + "rule r from burst(login, 10m, bot)",
            Burst + "rule r from burst(login, 10m, 300, bot)"),
        Wrong("P2803", "argument of another kind",
            "A parameter says what it takes: the name of an event or a label, a value of a type, or for an entity the name of a field.",
            Burst + "rule r from burst(login, 10, 300, bot)",
            Burst + "rule r from burst(login, 10m, 300, bot)"),
    ];
}
