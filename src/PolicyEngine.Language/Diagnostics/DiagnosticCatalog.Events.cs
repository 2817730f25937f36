namespace PolicyEngine.Language.Diagnostics;

public static partial class DiagnosticCatalog
{
    private static DiagnosticEntry[] Events =>
    [
        Wrong("P2201", "event named twice",
            "Each event stands once in a list of events.",
            "measure m = count of login, login per account over 1h",
            "measure m = count of login per account over 1h"),
        Wrong("P2202", "key named twice",
            "Each part stands once in a key.",
            "measure m = count of login per account, account over 1h",
            "measure m = count of login per account, ip over 1h"),
        Wrong("P2203", "no such key",
            "A key is a field of every event that is counted, an entity of which each has one field, or a function called on fields.",
            "measure m = count of login per acount over 1h",
            "measure m = count of login per account over 1h"),
        Wrong("P2204", "several fields for a key",
            "`per ENTITY` means the only field of that entity. Where an event has several, the field is named.",
            "event follow { follower: account  followed: account }\nmeasure m = count of follow per account over 1h",
            "event follow { follower: account  followed: account }\nmeasure m = count of follow per followed over 1h"),
        Wrong("P2205", "key of two types",
            "A key has one type on all events that are counted.",
            "event payment { account: account  result: integer }\nmeasure m = count of login, payment per result over 1h",
            "event payment { account: account  result: integer }\nmeasure m = count of login, payment per account over 1h"),
        Wrong("P2206", "key that is a list",
            "A key is a single value. To count per element, send an event for each.",
            "event post { account: account  tags: list<text> }\nmeasure m = count of post per tags over 1h",
            "event post { account: account  tag: text }\nmeasure m = count of post per tag over 1h"),
        Wrong("P2207", "key that calls no function",
            "A key may call one function of the language on fields. What is worked out from measures can be a computed field.",
            "measure m = count of login per logins_1h(account) over 1h",
            "measure m = count of login per subnet(ip, 24) over 1h"),
        Wrong("P2208", "firings without an event",
            "A rule on a label or on `every` fires for a key. There is no event whose fields could be counted by.",
            "rule r on label bot added to account then observe\nmeasure m = count of r per account over 1d",
            "rule r on login per account when logins_1h > 9 then observe\nmeasure m = count of r per account over 1d"),
        Wrong("P2209", "key not in hand",
            "A measure that is read by its bare name takes its key from the event in hand. Where there is none, or more than one, it is " +
            "said whose value is meant: `measure(key)`.",
            "event follow { follower: account  followed: account }\nrule r on each follow when logins_1h > 60 then observe",
            "event follow { follower: account  followed: account }\nrule r on each follow when logins_1h(follower) > 60 then observe"),
        Wrong("P2210", "no window",
            "Without a window a measure remembers since the beginning. That is possible where one value a key is enough: count, sum, average, " +
            "min, max, first, latest, previous and since.",
            "measure countries = distinct country of login per account",
            "measure countries = distinct country of login per account over 30d"),
        Wrong("P2211", "`since` with a window",
            "`since first` and `since last` look back to the beginning.",
            "measure age = since first login per account over 30d",
            "measure age = since first login per account"),
        Wrong("P2212", "step that does not divide",
            "A span and its offset are whole numbers of steps.",
            "measure m = count of login per account over 1h step 7m",
            "measure m = count of login per account over 1h step 5m"),
        Wrong("P2213", "percentile with a step",
            "A percentile is one of the values themselves, and cells do not keep them.",
            "measure m = percentile 95 attempts of login per account over 1h step 5m",
            "measure m = percentile 95 attempts of login per account over 1h"),
        Wrong("P2214", "no percentile",
            "`percentile p` gives the value that p per cent of the values do not exceed: p is above 0 and at most 100.",
            "measure m = percentile 101 attempts of login per account over 1h",
            "measure m = percentile 99 attempts of login per account over 1h"),
        Wrong("P2215", "rate of a session",
            "A rate is a count divided by the length of its span; a session has no fixed length.",
            "measure m = rate of login per account over session until 30m idle",
            "measure m = rate of login per account over 30m"),
        Wrong("P2216", "function of another type",
            "Sums and variations take numbers and durations; averages and percentiles take numbers, durations and rates; least and most also moments.",
            "measure m = sum country of login per account over 1h",
            "measure m = sum attempts of login per account over 1h"),
        Wrong("P2217", "share of what",
            "In a share, `where` says which part of the events is meant. To count only some events at all, name them with `event`.",
            "measure m = share of login per account over 1h",
            "measure m = share of login where result = \"fail\" per account over 1h"),
        Wrong("P2218", "arriving field in `extend`",
            "What arrives with an event is listed once, where the event is declared. `extend` adds fields that are computed from it.",
            """
            pack example use post
            extend sent { extra: text }
            -- file: post.policy
            pack post entity sender event sent { sender: sender  size: integer }
            """,
            """
            pack example use post
            extend sent { big = size > 10 }
            -- file: post.policy
            pack post entity sender event sent { sender: sender  size: integer }
            """),
        Wrong("P2219", "other type for what every event has",
            "Every event has an id and a time. A field of that name only says where they arrive from.",
            "event payment { account: account  time: text from \"@timestamp\" }",
            "event payment { account: account  time: time from \"@timestamp\" }"),
        Wrong("P2220", "two events under one outside name",
            "The name under which an event arrives tells which event it is.",
            "event a from \"x\" { account: account }\nevent b from \"x\" { account: account }",
            "event a from \"x\" { account: account }\nevent b from \"y\" { account: account }"),
        Wrong("P2221", "`extend` of what does not arrive",
            "Fields are computed for events that arrive; named kinds of event then have them too.",
            "event failed = login where result = \"fail\"\nextend failed { many = attempts > 3 }",
            "event failed = login where result = \"fail\"\nextend login { many = attempts > 3 }"),
    ];
}
