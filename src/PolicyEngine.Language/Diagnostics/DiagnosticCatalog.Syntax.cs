namespace PolicyEngine.Language.Diagnostics;

public static partial class DiagnosticCatalog
{
    private static readonly DiagnosticEntry[] Syntax =
    [
        new("P1001", Severity.Error, "stuck while reading",
            "What stands here does not fit the part of the statement it stands in. The message names the part that was " +
            "being read and what may stand there.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when attempts > 3 country = "NL"
              then observe
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when attempts > 3 and country = "NL"
              then observe
            """),
        new("P1002", Severity.Error, "no such statement",
            "Every statement of a file begins with a word such as `rule`, `measure` or `event`. This one begins with a word " +
            "that starts none.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            mesure logins = count of login per account over 1h
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            measure logins = count of login per account over 1h
            """),
        new("P1003", Severity.Error, "character without a meaning",
            "Outside texts, patterns and backticks the language knows letters, digits and a few signs. Semicolons at the " +
            "end of a line are not needed; invisible characters often come with text that was copied from elsewhere.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            let limit = 3;
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            let limit = 3
            """),
        new("P1004", Severity.Error, "no closing quote",
            "A text, a pattern and a name in backticks end on the line they begin on.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            label bot of account "acts as a machine would
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            label bot of account "acts as a machine would"
            """),
        new("P1005", Severity.Error, "unknown escape in a text",
            "A text knows the escapes \\\" \\\\ \\n \\t and \\u{…}. In a pattern, which stands in single quotes, a " +
            "backslash is a backslash.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when country matches "^\d+$"
              then observe
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when country matches '^\d+$'
              then observe
            """),
        new("P1006", Severity.Error, "number with letters",
            "A unit is one of the short ones: ms s m h d w for durations, kB MB GB TB KiB MiB GiB TiB for sizes. Numbers " +
            "have no exponent: write them out, with `_` between groups if that helps.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            let span = 7days
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            let span = 7d
            """),
        new("P1007", Severity.Error, "another language's operator",
            "Equality is `=`, inequality `!=`; conditions are joined by `and` and `or` and turned round by `not`.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when attempts == 3 && country != "NL"
              then observe
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when attempts = 3 and country != "NL"
              then observe
            """),
        new("P1008", Severity.Error, "another language's comment",
            "A comment starts with `--` and goes to the end of the line.",
            """
            # entities
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            """,
            """
            -- entities
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            """),
        new("P1009", Severity.Error, "typographic quotes",
            "Texts stand in straight double quotes. Word processors and chats replace them by typographic ones.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when country = “NL”
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
        new("P1010", Severity.Error, "chained comparison",
            "A comparison has two sides. A value between two others is tested with `between`, which includes both ends.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when 1 <= attempts <= 5
              then observe
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when attempts between 1 and 5
              then observe
            """),
        new("P1011", Severity.Error, "one event or somebody's state",
            "A rule speaks either of every event (`on each login`) or of the state of somebody (`on login per account`), " +
            "and then fires once when its condition becomes true. Neither is a default, because a hidden default is wrong " +
            "for one of them.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on login
              when attempts > 3
              then observe
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            rule r
              on each login
              when attempts > 3
              then observe
            """),
        new("P1012", Severity.Error, "a word of the language as a name",
            "What you declare has a name of your own, so that a statement can be read without knowing all declarations. " +
            "Names have letters, digits and `_`; anything else stands in backticks. Fields of events may bear words of the " +
            "language.",
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            measure count = count of login per account over 1h
            """,
            """
            entity account
            event login { account: account  country: text?  attempts: integer  at_night: boolean }
            measure login_count = count of login per account over 1h
            """),
        new("P1013", Severity.Error, "reserved word as a field",
            "A field whose name is one of the reserved words, such as `in` or `like`, stands in backticks wherever it is " +
            "named.",
            """
            entity account
            event login { account: account  like: text? }
            """,
            """
            entity account
            event login { account: account  `like`: text? }
            """),
    ];
}
