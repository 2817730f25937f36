namespace PolicyEngine.Language.Diagnostics;

public static partial class DiagnosticCatalog
{
    private static DiagnosticEntry[] Names =>
    [
        Wrong("P2001", "unknown name",
            "Entities, events, labels, lists and scores are declared once, in this pack or in a pack that it uses. A mistyped name would " +
            "otherwise be a rule that never fires.",
            "rule r on each login then label account as bott",
            "rule r on each login then label account as bot"),
        Wrong("P2002", "pack not in sight",
            "A pack sees its own declarations and those of the packs it names with `use`; what these use in turn is not seen.",
            "rule r on each login then label account as platform.bot",
            "rule r on each login then label account as example.bot"),
        Wrong("P2003", "unknown measure or field",
            "A name in a condition is a field of the event in hand, or a measure, score, list or `let` of this pack or of one it uses.",
            "rule r on login per account when login_1h > 60 then observe",
            "rule r on login per account when logins_1h > 60 then observe"),
        Wrong("P2004", "name with two meanings",
            "No meaning wins silently. Say `event.name` for the field and `pack.name` for the declaration.",
            "let attempts = 3\nrule r on each login when attempts > 5 then observe",
            "let attempts = 3\nrule r on each login when login.attempts > example.attempts then observe"),
        Wrong("P2005", "another kind of thing",
            "A list, a score, a measure and a `let` share one place of names, but each is used in its own way.",
            "rule r on each login then add 10 to logins_1h of account",
            "score risk of account halves every 7d\nrule r on each login then add 10 to risk of account"),
        Wrong("P2006", "unknown type",
            "Types are text, integer, number, boolean, time, duration, ip, cidr, list<…> and every entity; `?` says that a value may be missing.",
            "event payment { account: account  amount: money }",
            "event payment { account: account  amount: number }"),
        Wrong("P2007", "field that not every event has",
            "Where several kinds of event can be in hand, a field that is read has to be on all of them.",
            "event payment { account: account  amount: number }\nrule r on each login, payment when amount > 5 then observe",
            "event payment { account: account  amount: number }\nrule r on each payment when amount > 5 then observe"),
        Wrong("P2008", "field of two types",
            "Where several kinds of event can be in hand, a field that is read has one type on all of them.",
            "event payment { account: account  result: integer }\nrule r on each login, payment when result = 5 then observe",
            "event payment { account: account  result: text }\nrule r on each login, payment when result = \"5\" then observe"),
        Wrong("P2009", "unknown field of an event",
            "`event.field` reads a field that the event declares or that an `extend` added.",
            "rule r on each login when login.atempts > 5 then observe",
            "rule r on each login when login.attempts > 5 then observe"),
        Wrong("P2010", "event not in hand",
            "`event.field` reads the event in hand: the one named after `on`, or counted by the measure.",
            "event payment { account: account  amount: number }\nrule r on each login when payment.amount > 5 then observe",
            "event payment { account: account  amount: number }\nrule r on each payment when payment.amount > 5 then observe"),
        Wrong("P2011", "arguments where there are none, or none where they are needed",
            "A define is used with its arguments; a `let` or a list has none.",
            "define often(a: account) = logins_1h(a) > 60\nrule r on login per account when often then observe",
            "define often(a: account) = logins_1h(a) > 60\nrule r on login per account when often(account) then observe"),
        Wrong("P2012", "unknown function",
            "What stands before a parenthesis is a function of the language, a define, or a measure or score with its key.",
            "rule r on each login when lenght(result) > 9 then observe",
            "rule r on each login when length(result) > 9 then observe"),
        Wrong("P2013", "`gap` outside a measure",
            "`gap` is the time since the previous event that a measure counted under the same key. A condition has no such event.",
            "rule r on each login when gap < 5s then observe",
            "measure shortest = min gap of login per account over 1h\nrule r on login per account when shortest < 5s then observe"),
        Wrong("P2014", "declared twice",
            "A name is declared once in a pack. Entities, events with rules, labels and values have a place of names each.",
            "label bot of account",
            "label robot of account"),
        Wrong("P2015", "name of the language",
            "Functions and types of the language keep their names.",
            "define length(a: account) = logins_1h(a) > 5",
            "define busy(a: account) = logins_1h(a) > 5"),
        Wrong("P2016", "field added by two packs",
            "Two used packs may each add a field of one name to an event; who sees both cannot say which is meant.",
            """
            use left use right
            rule r on each sent when big then observe
            -- file: post.policy
            pack post entity sender event sent { sender: sender  size: integer }
            -- file: left.policy
            pack left use post extend sent { big = size > 10 }
            -- file: right.policy
            pack right use post extend sent { big = size > 20 }
            """.Insert(0, "pack example use post "),
            """
            use left
            rule r on each sent when big then observe
            -- file: post.policy
            pack post entity sender event sent { sender: sender  size: integer }
            -- file: left.policy
            pack left use post extend sent { big = size > 10 }
            """.Insert(0, "pack example use post ")),
    ];
}
