namespace PolicyEngine.Language.Diagnostics;

public static partial class DiagnosticCatalog
{
    private static readonly DiagnosticEntry[] SyntaxParts =
    [
        new("P1014", Severity.Error, "parts in another order",
            "The parts of a rule come in one order: on, when, except, then, because, and then the rest in any order. Those " +
            "of a measure: of, where, per, over.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              then observe
              when attempts > 3
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when attempts > 3
              then observe
            """),
        new("P1015", Severity.Error, "`where` without steps",
            "`where` narrows one step of a sequence. A rule without `followed by` has its conditions in `when`.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on login where attempts > 3 per account
              then observe
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on login per account
              when attempts > 3
              then observe
            """),
        new("P1016", Severity.Error, "no reason given",
            "An exception says why it exists, and `because` is followed by its text: a decision without a reason cannot be " +
            "explained to those it concerns.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              except when country = "NL"
              then observe
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              except when country = "NL" because "our own office"
              then observe
            """),
        new("P1017", Severity.Error, "text or pattern",
            "Double quotes make a text. Single quotes make a pattern for `matches`, in which a backslash is a backslash.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when country = 'NL'
              then observe
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when country = "NL"
              then observe
            """),
        new("P1018", Severity.Error, "no branches",
            "A rule is one case: what it looks at, when it holds, what follows. Another case is another rule.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when attempts > 3
              then observe
              else observe
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when attempts > 3
              then observe
            rule other
              on each login
              when attempts <= 3
              then observe
            """),
        new("P1019", Severity.Error, "number and unit apart",
            "A number and its unit are one word: `10m`, `80%`. Spans of time have a fixed length, so there are no months " +
            "and years.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            measure logins = count of login per account over 10 minutes
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            measure logins = count of login per account over 10m
            """),
        new("P1020", Severity.Error, "nested too deep",
            "A condition may be nested a hundred levels deep, counting brackets, `not`, minus signs and the operators of a " +
            "sum. A condition that goes deeper was hardly written by hand and cannot be read by anyone.",
            $$"""
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when {{string.Concat(Enumerable.Repeat("not ", 120))}}at_night
              then observe
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when not at_night
              then observe
            """),
        new("P1021", Severity.Error, "file too large",
            "A policy file has at most one mebibyte and 200 000 words and signs. Long lists belong in files of their own.",
            "let many = [" + string.Concat(Enumerable.Repeat("1, ", 120_000)) + "1]\n",
            """
            list numbers: integer from "lists/numbers.txt"
            """),
        new("P1022", Severity.Error, "more errors",
            "Only the first thousand errors of a file are shown.",
            string.Concat(Enumerable.Repeat("rule r on each\n", 1002)),
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when attempts > 3
              then observe
            """),
        new("P1023", Severity.Error, "no such value",
            "The literal looks right but stands for nothing: a date that is not in the calendar, an address with a part " +
            "above 255, a number too large to be kept.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            let start = 2027-02-30
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            let start = 2027-02-28
            """),
        new("P1024", Severity.Error, "bracket without an end",
            "A bracket was opened and not closed before the statement ended.",
            """
            entity account
            event login { account: account
            let limit = 3
            """,
            """
            entity account
            event login { account: account }
            let limit = 3
            """),
        new("P1025", Severity.Error, "`by` after something else",
            "Accounts around a value are counted with `share of account by …` or `count of account by …`: one entity, and " +
            "nothing but a share or a count.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            label bot of account
            measure guilt = rate of account by country of login over 30d where account has label bot
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            label bot of account
            measure guilt = share of account by country of login over 30d where account has label bot
            """),
        new("P1026", Severity.Error, "hole in a text",
            "In the texts of `because` a hole is an expression in braces. For the brace itself write it twice.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when attempts > 3
              then observe
              because "{attempts attempts"
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when attempts > 3
              then observe
              because "{attempts} attempts"
            """),
        new("P1027", Severity.Error, "commas",
            "Commas stand between things: between two responses, two keys, two arguments. Lists and records alone may end " +
            "in one.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            responses { also review account in text }
            rule r
              on each login
              then review account in "a"
                   observe
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            responses { also review account in text }
            rule r
              on each login
              then review account in "a",
                   observe
            """),
    ];
}
