namespace PolicyEngine.Language.Diagnostics;

/// <summary>
/// Names, types and checks. Their examples stand on one small pack. A line `-- file: NAME` begins a further file: a policy of another
/// pack, or a list.
/// </summary>
public static partial class DiagnosticCatalog
{
    private const string Basis = """
        pack example owner "safety"
        entity account
        event login { account: account  ip: ip  country: text?  result: text  attempts: integer }
        measure logins_1h = count of login per account over 1h
        label bot of account

        """;

    private static IEnumerable<DiagnosticEntry[]> BindingAreas() => [Names, Types, Values, Events, Rules, Sequences, Links, GroupMeasures, TestsListsAndPacks, Recipes, CirclesAndLimits, Warnings];

    private static DiagnosticEntry Wrong(string code, string title, string why, string wrong, string right) =>
        new(code, Severity.Error, title, why, OnBasis(wrong), OnBasis(right));

    private static DiagnosticEntry Doubtful(string code, string title, string why, string wrong, string right) =>
        new(code, Severity.Warning, title, why, OnBasis(wrong), OnBasis(right));

    /// <summary>An example that begins with a pack of its own, or with a blank line, stands alone.</summary>
    private static string OnBasis(string example) =>
        (example.StartsWith("pack ", StringComparison.Ordinal) ? example : example.StartsWith('\n') ? example[1..] : Basis + example) + "\n";
}
