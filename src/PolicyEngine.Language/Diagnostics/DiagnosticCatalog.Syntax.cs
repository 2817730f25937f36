namespace PolicyEngine.Language.Diagnostics;

public static partial class DiagnosticCatalog
{
    private static DiagnosticEntry[] Syntax() =>
    [
        new("P1001", Severity.Error, "stuck while reading",
            "What stands here does not fit the part of the statement it stands in. The message names the part and what may follow.",
            "entity account\nevent login { account: account }\nrule r\n  on each login\n  when id = \"a\" account = \"b\"\n  then observe\n",
            "entity account\nevent login { account: account }\nrule r\n  on each login\n  when id = \"a\" and account = \"b\"\n  then observe\n"),
    ];
}
