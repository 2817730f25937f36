namespace PolicyEngine.Language.Yaml.Spelling;

/// <summary>Every construct and its keys, in the order of the language: the one table behind reading, messages and the published schema.</summary>
internal static class Constructs
{
    private static readonly Key[] Metadata =
    [
        Free("owner", Shape.Text, "who answers for it"),
        Free("policy", Shape.Text, "the written policy that it enforces"),
        Free("runbook", Shape.Text, "where to read what to do"),
        Free("tags", Shape.Texts, "for finding and reporting"),
        Free("severity", Shape.Phrase, "low, medium, high or critical"),
        Free("stage", Shape.Phrase, "draft, shadow, sampled 5%, enforce, paused or retired"),
        Free("holdout", Shape.Phrase, "the share of keys that is left alone, to compare with"),
    ];

    private static readonly Key[] Clauses =
    [
        Free("once in", Shape.Phrase, "fires at most once in this span for a key"),
        Free("rearm when", Shape.Phrase, "the condition under which it may fire again"),
        Free("fail closed", Shape.Flag, "acts also when its condition cannot be decided"),
        Free("formerly", Shape.Repeated, "earlier names of the rule"),
        .. Metadata,
    ];

    private static readonly Key Value = Must("value", Shape.Phrase, "what it stands for", "=");

    private static readonly Key Until = May("until", Shape.Phrase, "the day on which it ends");

    private static readonly Key Because = Must("because", Shape.Text, "why, for whoever reads it later");

    private static readonly Key Responses = Must("then", Shape.Phrases, "the responses");

    private static readonly Key Reason = May("because", Shape.Text, "the reason that is recorded; `{…}` holds a value");

    private static readonly Construct Exception = new("when", [Must("when", Shape.Phrase, "who is spared", "except when"), Until, Because]);

    private static readonly Key Exceptions = new("except", Shape.Items, "") { Kinds = [Exception], Meaning = "who is spared" };

    public static readonly Construct Measure = new(
        "measure",
        [
            Must("measure", Shape.Phrase, "its name"),
            Must("value", Shape.Phrase, "the function and what it looks at, such as `count of exchange`", "="),
            May("where", Shape.Phrase, "which events count"),
            May("per", Shape.Phrases, "whom it is kept for"),
            May("over", Shape.Phrase, "the window"),
        ]);

    private static readonly Key[] Body =
    [
        Must("on", Shape.Phrase, "what the rule looks at, such as `exchange per account`"),
        May("steps", Shape.Lines, "`followed by …` and `not followed by …`, in their order", ""),
        May("within", Shape.Phrase, "the span of all steps"),
        May("until", Shape.Phrase, "the step that ends the waiting"),
        May("when", Shape.Lines, "the condition; a list is read line by line"),
        Exceptions,
        Responses,
        Reason,
    ];

    private static readonly Construct[] Givens =
    [
        new("event",
            [
                May("times", Shape.Phrase, "how many such events", "") with { After = "times" },
                Must("event", Shape.Phrase, "its name", ""),
                May("at", Shape.Phrase, "when, from the start"),
                May("every", Shape.Phrase, "the time between two of them"),
                May("for", Shape.Phrase, "how long they go on"),
                May("fields", Shape.Record, "what it says; `{n}` in a text is the running number", ""),
            ]),
        new("label",
            [
                Must("label", Shape.Phrase, "its name"), Must("for", Shape.Phrase, "who has it, such as `account \"a1\"`"),
                May("at", Shape.Phrase, "since when"),
            ]),
        new("entry", [Must("entry", Shape.Literal, "the value", ""), Must("in", Shape.Phrase, "the list")]),
    ];

    private static readonly Construct Test = new(
        "test",
        [
            Must("test", Shape.Text, "what it shows"), May("starting", Shape.Phrase, "when its clock starts"),
            new("given", Shape.Items, "given", IsRequired: true) { Kinds = Givens, Meaning = "what happens" },
            Must("expect", Shape.Expectations, "what the rules do then"),
        ]);

    private static readonly Key Tests = new("tests", Shape.Items, "") { Kinds = [Test], Meaning = "what the rule does, shown by examples" };

    /// <summary>What a Sigma document says to this engine alone; tags and severity it has of its own.</summary>
    public static readonly Construct SigmaPart = new(
        Sigma.SigmaOwnPart.Key, [Exceptions, Responses with { IsRequired = false }, Reason, .. Clauses.Where(c => c.Name is not ("tags" or "severity" or "formerly")), Tests]);

    public static readonly IReadOnlyList<Construct> All =
    [
        new("pack", [Must("pack", Shape.Phrase, "its name"), .. Metadata]),
        new("use", [Must("use", Shape.Phrase, "the pack whose names are used")]),
        new("entity", [Must("entity", Shape.Phrase, "its name")]),
        new("event",
            [
                Must("event", Shape.Phrase, "its name"), Must("of", Shape.Phrases, "the events it narrows", "="),
                May("where", Shape.Phrase, "which of them"),
            ],
            Sign: "of"),
        new("event",
            [
                Must("event", Shape.Phrase, "its name"), May("from", Shape.Text, "its type as the sender writes it"),
                Must("fields", Shape.Fields, "types by field", ""),
            ]),
        new("extend", [Must("extend", Shape.Phrase, "the event"), Must("fields", Shape.Fields, "what is computed", "")]),
        new("responses", [Must("responses", Shape.Lines, "verb, whom, and parameters", "responses {") with { After = "}" }]),
        new("label",
            [
                Must("label", Shape.Phrase, "its name"), Must("of", Shape.Phrase, "the entity that has it"),
                May("meaning", Shape.Text, "what it says of somebody", ""),
            ]),
        new("list", [.. ListHead, Must("from", Shape.Text, "the file with its entries")], Sign: "from"),
        new("list", [.. ListHead, Must("entries", Shape.Literals, "what is in it", "=")]),
        new("let", [Must("let", Shape.Phrase, "its name"), Value]),
        new("define",
            [
                Must("define", Shape.Phrase, "its name"), Must("parameters", Shape.Parameters, "types by name", "(") with { After = ")" }, Value,
            ]),
        Measure,
        new("link",
            [
                Must("link", Shape.Phrase, "its name"), Must("of", Shape.Phrase, "the entity it joins"),
                Must("over", Shape.Phrase, "how long a common value binds"), Must("by", Shape.Repeated, "which common values bind"),
            ]),
        new("score",
            [
                Must("score", Shape.Phrase, "its name"), Must("of", Shape.Phrase, "the entity that has it"),
                Must("halves every", Shape.Phrase, "the time in which it decays by half"),
            ]),
        new("rule", [.. RuleHead, Must("from", Shape.Phrase, "the recipe and its arguments"), .. Clauses], Sign: "from"),
        new("rule", [.. RuleHead, .. Body, .. Clauses]),
        new("recipe",
            [
                Must("recipe", Shape.Phrase, "its name"), Must("parameters", Shape.Parameters, "types by name", "(") with { After = ") {" },
                new("measures", Shape.Items, "") { Kinds = [Measure], Meaning = "measures of its own" }, .. Body, .. Clauses,
            ],
            Close: "}"),
        new("except for",
            [Must("except for", Shape.Phrases, "the rules"), Must("when", Shape.Phrase, "who is spared"), Until, Because]),
        Test,
    ];

    private static Key[] ListHead =>
    [
        Must("list", Shape.Phrase, "its name"), Must("type", Shape.Phrase, "the type of its entries", ":"),
        May("ignoring case", Shape.Flag, "`A` is also `a`"),
    ];

    private static Key[] RuleHead => [Must("rule", Shape.Phrase, "its name"), May("title", Shape.Text, "what it finds", "")];

    private static Key Must(string name, Shape shape, string meaning, string? before = null) =>
        May(name, shape, meaning, before) with { IsRequired = true };

    private static Key May(string name, Shape shape, string meaning, string? before = null) =>
        new(name, shape, before ?? name) { Meaning = meaning };

    private static Key Free(string name, Shape shape, string meaning) => new(name, shape, name, IsFree: true) { Meaning = meaning };
}
