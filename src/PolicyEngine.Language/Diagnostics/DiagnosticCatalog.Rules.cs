namespace PolicyEngine.Language.Diagnostics;

public static partial class DiagnosticCatalog
{
    private const string Responses = """
        responses {
          suspend account for duration?
          throttle account to rate for duration
          decline login
          also review account in text
        }

        """;

    private static DiagnosticEntry[] Rules =>
    [
        Wrong("P2302", "words of a step on a trigger",
            "`N times` and `as` are for the steps of a sequence. How often something happened within a span is a measure.",
            "rule r on 5 times login per account when logins_1h > 60 then observe",
            "rule r on login per account when logins_1h >= 5 then observe"),
        Wrong("P2303", "state of a key without a state",
            "`on E per K` asks about the state of K and fires when it becomes true. A condition that looks only at the event says nothing " +
            "about K: `on each E` fires at every such event.",
            "rule r on login per account when attempts > 3 then observe",
            "rule r on each login when attempts > 3 then observe"),
        Wrong("P2304", "label of another entity",
            "A label is declared for one entity; a trigger and a test name the same.",
            "entity card\nrule r on label bot added to card then observe",
            "entity card\nrule r on label bot added to account then observe"),
        Wrong("P2305", "nothing is kept per this key",
            "`on every D per K` looks at keys of measures: at least one measure is kept per K.",
            "rule r on every 1h per result when logins_1h > 9 then observe",
            "rule r on every 1h per account when logins_1h > 9 then observe"),
        Wrong("P2306", "no key to visit",
            "`on every D per K` visits the keys that had an event in a window the rule reads. A rule that reads no measure per K visits none.",
            "rule r on every 1h per account when account has label bot then observe",
            "rule r on every 1h per account when account has label bot and logins_1h > 9 then observe"),
        Wrong("P2307", "said twice",
            "Each clause stands once in a rule.",
            "rule r on login per account when logins_1h > 60 then observe once in 1h once in 2h",
            "rule r on login per account when logins_1h > 60 then observe once in 1h"),
        Wrong("P2308", "`rearm` without a state",
            "`rearm` says when a rule on the state of a key may fire again. A rule on each event, or on a label, fires each time.",
            "rule r on each login when attempts > 3 then observe rearm when attempts < 2",
            "rule r on login per account when logins_1h > 60 then observe rearm when logins_1h < 20"),
        Wrong("P2309", "old name still in use",
            "`formerly` carries the identity of a renamed rule over. The old name is free only once no rule bears it.",
            "rule old on each login then observe\nrule r on each login then observe formerly old",
            "rule r on each login then observe formerly old"),
        Wrong("P2310", "sensitive value leaves",
            "A sensitive field may be tested and fingerprinted. It is not handed to the outside, and no list learns it.",
            "event post { account: account  body: text sensitive }\nlist bad: text = []\nrule r on each post when body contains \"free\" then add body to bad",
            "event post { account: account  body: text sensitive }\nlist bad: text = []\nrule r on each post when body contains \"free\" then add template(body) to bad"),
        Wrong("P2311", "backwards in time",
            "Of two times, the earlier stands first.",
            "rule r on each login then label account as bot after 6h to 1h",
            "rule r on each login then label account as bot after 1h to 6h"),
        Wrong("P2312", "limit",
            "`at most` limits a number of responses, which is whole.",
            "rule r on each login then label account as bot at most 0.5 per hour",
            "rule r on each login then label account as bot at most 1 per hour"),
        Wrong("P2313", "target that is no entity",
            "Labels, scores, cases and most responses act on an entity: a field that is declared as one.",
            "rule r on each login then open case for result",
            "rule r on each login then open case for account"),
        Wrong("P2314", "target of another kind",
            "A response acts on what the `responses` block says.",
            Responses + "entity card\nevent payment { card: card }\nrule r on each payment then suspend card",
            Responses + "rule r on each login then suspend account"),
        Wrong("P2315", "decision about an event",
            "A response upon an event decides about one event, so its rule has to be about each event. Responses under `also` decide nothing " +
            "and may stand in rules on the state of a key.",
            Responses + "rule r on login per account when logins_1h > 60 then decline login",
            Responses + "rule r on each login when logins_1h > 60 then decline login"),
        Wrong("P2316", "unknown response",
            "Responses are declared in the `responses` block; built in are label, unlabel, add, remove, open case and observe.",
            Responses + "rule r on each login then suspnd account",
            Responses + "rule r on each login then suspend account"),
        Wrong("P2317", "response said in another way",
            "A response is used with the words it is declared with; what is declared with `?` may be left out.",
            Responses + "rule r on each login then throttle account for 1h",
            Responses + "rule r on each login then throttle account to 10 per minute for 1h"),
        Wrong("P2318", "unknown target",
            "A declared response acts on an entity or on an event.",
            "responses { suspend acount for duration? }",
            "responses { suspend account for duration? }"),
        Wrong("P2319", "points that end",
            "Points on a score decay by its half-life.",
            "score risk of account halves every 7d\nrule r on each login then add 10 to risk of account for 1d",
            "score risk of account halves every 7d\nrule r on each login then add 10 to risk of account"),
        Wrong("P2320", "points",
            "Points are a number, added to a score of an entity.",
            "score risk of account halves every 7d\nrule r on each login then add 10 to risk",
            "score risk of account halves every 7d\nrule r on each login then add 10 to risk of account"),
    ];
}
