namespace PolicyEngine.Language.Diagnostics;

public static partial class DiagnosticCatalog
{
    private const string Limit = "The limits keep a text that came from outside from taking more time or memory than a policy is worth. ";

    private static DiagnosticEntry[] CirclesAndLimits =>
    [
        Wrong("P3001", "declared by itself",
            "What a declaration is made of leads back to it, so it has no meaning.",
            "event a = b\nevent b = a",
            "event a = login\nevent b = a"),
        Wrong("P3002", "define that comes back to itself",
            "Defines are written in where they are used, which has to come to an end.",
            "define f(a: account) = g(a)\ndefine g(a: account) = f(a)",
            "define f(a: account) = g(a)\ndefine g(a: account) = logins_1h(a) > 5"),
        Wrong("P3003", "waiting for itself",
            "Within one event, a rule runs when all that it reads is complete: labels after the rules that add them, measures after the events " +
            "they count. A rule that reads what it changes would wait for itself. `had label` asks for the moment before the event.",
            "rule r on each login when not account has label bot and attempts > 3 then label account as bot",
            "rule r on each login when not account had label bot and attempts > 3 then label account as bot"),
        Wrong("P3101", "too many errors", Limit + "After 1 000 errors no more are looked for.",
            "let a = x1 + x2 + x3 + x4 + x5 + x6 + x7",
            "let a = 1"),
        Wrong("P3102", "too long a row", Limit + "At most 100 declarations lean on one another in a row.",
            "let a = b let b = c let c = d let d = e let e = f let f = 1",
            "let a = b let b = c let c = 1"),
        Wrong("P3103", "define that grows", Limit + "With its arguments written in, the use of a define comes to at most 10 000 parts.",
            "define two(x: number) = x + x\ndefine four(x: number) = two(x) + two(x)\ndefine eight(x: number) = four(x) + four(x)\nrule r on each login when eight(attempts) > 3 then observe",
            "define two(x: number) = x + x\nrule r on each login when two(attempts) > 3 then observe"),
        Wrong("P3104", "too many declarations", Limit + "At most 10 000 declarations of one kind are loaded together.",
            "let a = 1 let b = 1 let c = 1 let d = 1 let e = 1 let f = 1 let g = 1 let h = 1",
            "let a = 1"),
        Wrong("P3105", "list too long", Limit + "A list has at most 5 000 000 entries.",
            "list ports: integer = [1, 2, 3, 4, 5, 6, 7, 8]",
            "list ports: integer = [1, 2]"),
        Wrong("P3106", "test too long", Limit + "A test gives at most 1 000 000 events.",
            "test \"t\" given 2_000_000 times login { account: \"a1\" } expect nothing",
            "test \"t\" given 2 times login { account: \"a1\" } expect nothing"),
    ];
}
