using static PolicyEngine.Language.Syntax.Generated.PolicyLexer;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>What the parts of a statement are called, what may follow them, and how they look.</summary>
internal static class StatementParts
{
    /// <param name="Name">As in "I was reading …".</param>
    /// <param name="Then">What may follow when the part looks complete.</param>
    /// <param name="Example">One line that is right.</param>
    internal sealed record Part(string Name, string Then, string Example);

    public static readonly IReadOnlyList<string> StatementWords =
    [
        "pack", "use", "entity", "event", "extend", "responses", "label", "list", "let", "define", "measure", "link", "score",
        "rule", "recipe", "except", "test",
    ];

    public static readonly IReadOnlyList<string> ClauseWords =
    [
        "on", "when", "except", "then", "because", "once", "rearm", "fail", "formerly", "severity", "owner", "policy", "runbook", "tags",
        "stage", "holdout",
    ];

    /// <summary>The part that <paramref name="index"/> stands in: the last word before it that opens one.</summary>
    public static Part Of(FailedStatement failed, int index)
    {
        var kind = failed.AtStart ? failed.Kind : failed.Type(failed.Start);
        var opener = failed.AtStart ? -1 : failed.LastBefore(index, ON, WHEN, EXCEPT, THEN, BECAUSE, REARM, GIVEN, EXPECT);
        return opener < 0 || kind is not (RULE or RECIPE or EXCEPT or TEST) ? Statement(kind) : InRule(failed, opener);
    }

    private static Part InRule(FailedStatement failed, int opener) => failed.Type(opener) switch
    {
        ON => new("the `on` part", "`when` or `then`", "on each login   or   on login per account"),
        WHEN when failed.Type(opener - 1) is EXCEPT || failed.LastBefore(opener, EXCEPT) >= 0 && failed.LastBefore(opener, THEN) < 0 =>
            new("the `except` part", "`and`, `or`, `until` or `because` before anything else",
                "except when org in trusted_orgs until 2027-03-31 because \"under contract\""),
        WHEN when failed.Type(opener - 1) is REARM => new("the `rearm` part", "`and`, `or` or another clause", "rearm when risk < 60"),
        WHEN => new("the `when` part", "`and`, `or` or `then` before another condition", "when requests_1h > 60 and not fresh(account)"),
        EXCEPT => new("the `except` part", "`when`", "except when org in trusted_orgs because \"under contract\""),
        THEN => new("the `then` part", "a comma before another response, or `because`", "then label account as harvester for 7d, open case for ring"),
        BECAUSE => new("the `because` part", "another clause, such as `severity` or `once in`", "because \"{requests_1h} requests in an hour\""),
        REARM => new("the `rearm` part", "`when`", "rearm when risk < 60"),
        GIVEN => new("the `given` part", "`at`, `every` or the fields in braces", "given exchange every 20s for 2h { account: \"a1\" }"),
        _ => new("the `expect` part", "`for`, `by`, `at`, `between` or the next `expect`", "expect throttle for account \"a1\" by cot_harvest between 4m and 6m"),
    };

    private static Part Statement(int kind) => kind switch
    {
        PACK => new("the `pack` statement", "`owner`, `policy`, `tags`, `severity` or `stage`", "pack payments  owner \"payments-risk\"  stage shadow"),
        USE => new("the `use` statement", "another statement", "use platform"),
        ENTITY => new("the `entity` statement", "another statement", "entity account"),
        EVENT => new("the `event` statement", "a field such as `account: account`, or `}`",
            "event login { account: account  country: text? }   or   event failed_login = login where result = \"fail\""),
        EXTEND => new("the `extend` statement", "a field such as `net = subnet(ip, 24)`, or `}`", "extend exchange { net = subnet(ip, 24) }"),
        RESPONSES => new("the `responses` block", "another response, or `}`", "responses { suspend account for duration?  also review account in text }"),
        LABEL => new("the `label` statement", "its meaning in double quotes, or another statement", "label harvester of account \"asks for reasoning at scale\""),
        LIST => new("the `list` statement", "`ignoring case`, `from` or `=`", "list trusted_orgs: text ignoring case from \"lists/trusted-orgs.txt\""),
        LET => new("the `let` statement", "another statement", "let harvest_share = 30%"),
        DEFINE => new("the `define` statement", "another statement", "define fresh(a: account) = account_age(a) < 7d"),
        MEASURE => new("the measure", "`where`, `per`, `over` or another statement", "measure fails_1h = count of login where result = \"fail\" per account over 1h"),
        LINK => new("the `link` statement", "another `by`, or `unless shared by more than`", "link ring of account over 30d  by card of payment unless shared by more than 60"),
        SCORE => new("the `score` statement", "another statement", "score risk of account halves every 7d"),
        RULE => new("the rule", "`on` with what the rule looks at, or another clause", "rule r \"title\"  on login per account  when fails_1h > 3  then review account in \"queue\""),
        RECIPE => new("the recipe", "its measures and `on`", "recipe burst(source: event, span: duration) { on source per account  when true  then observe }"),
        EXCEPT => new("the exception", "`when` and `because`", "except for shared_card when account in staff until 2027-01-31 because \"ticket 77\""),
        TEST => new("the test", "`given` and `expect`", "test \"title\"  given login { account: \"a1\" }  expect nothing for account \"a1\""),
        _ => new("the file", "a statement", "rule r  on each login  then observe"),
    };
}
