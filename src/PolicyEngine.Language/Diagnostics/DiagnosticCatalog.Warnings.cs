namespace PolicyEngine.Language.Diagnostics;

public static partial class DiagnosticCatalog
{
    private const string Aside = " To keep it as it is, write `-- policy: allow CODE because \"…\"` on the line before.";

    private const string Restraint = "responses { allow account for duration?  suspend account for duration?  throttle account to rate for duration }\n";

    private static DiagnosticEntry[] Warnings =>
    [
        Doubtful("P4101", "negated test of what may be missing",
            "A test of a missing value is not true, and its negation is: whoever leaves the field out passes." + Aside,
            "rule r on each login when country != \"NL\" then label account as bot",
            "rule r on each login when country is present and country != \"NL\" then label account as bot"),
        Doubtful("P4102", "share without a count",
            "A share, an average or a percentile of a single event weighs as much as that of a thousand. A count beside it says from when on " +
            "it means something." + Aside,
            "measure fails = share of login where result = \"fail\" per account over 1d\nrule r on login per account when fails >= 80% then label account as bot",
            "measure fails = share of login where result = \"fail\" per account over 1d\nrule r on login per account when fails >= 80% and logins_1h >= 20 then label account as bot"),
        Doubtful("P4103", "address or country alone",
            "One address can be a campus, an office or a mobile carrier; a country is everyone in it. A rule that restrains asks for something " +
            "the account does as well." + Aside,
            Restraint + "list bad: cidr = [192.0.2.0/24]\nrule r on each login when ip in bad then suspend account for 1d",
            Restraint + "list bad: cidr = [192.0.2.0/24]\nrule r on each login when ip in bad and logins_1h > 60 then suspend account for 1d"),
        Doubtful("P4104", "allowed for ever",
            "What is allowed without an end is forgotten and stays open." + Aside,
            Restraint + "rule r on each login when attempts = 1 then allow account",
            Restraint + "rule r on each login when attempts = 1 then allow account for 30d"),
        Doubtful("P4105", "exception without an end",
            "Exceptions outlive their reasons. An end makes somebody look again." + Aside,
            "rule r on each login when attempts > 3 except when result = \"ok\" because \"a pilot\" then label account as bot",
            "rule r on each login when attempts > 3 except when result = \"ok\" until 2027-03-31 because \"a pilot\" then label account as bot"),
        Doubtful("P4106", "label that nothing tests",
            "A label that no condition tests and no rule is triggered by has no effect in the policy. It may be read outside." + Aside,
            "label unseen of account\nrule r on each login then label account as unseen",
            "rule r on each login then label account as bot\nrule s on label bot added to account then observe"),
        Doubtful("P4107", "rule without a test",
            "A test shows what a rule is meant to do, and that it does it." + Aside,
            "rule r on each login when attempts > 3 then observe",
            "rule r on each login when attempts > 3 then observe\ntest \"many attempts\" given login { attempts: 4 } expect r"),
        Doubtful("P4108", "rule without an owner",
            "Somebody has to answer for a rule. The owner of a pack owns its rules." + Aside,
            "pack one entity account event login { account: account  attempts: integer }\nrule r on each login when attempts > 3 then observe",
            "pack one owner \"safety\" entity account event login { account: account  attempts: integer }\nrule r on each login when attempts > 3 then observe"),
        Doubtful("P4109", "rule without a reason",
            "The reason stands in every decision, and those who are affected may ask for it." + Aside,
            "rule r on each login when attempts > 3 then observe",
            "rule r on each login when attempts > 3 then observe because \"{attempts} attempts\""),
        Doubtful("P4110", "always true or always false",
            "A part of a condition that never changes its value is most often a slip." + Aside,
            "rule r on login per account when logins_1h > 60 and logins_1h < 20 then label account as bot",
            "rule r on login per account when logins_1h > 20 and logins_1h < 60 then label account as bot"),
        Doubtful("P4111", "ends before it is renewed",
            "With `once in D` a rule fires again only after D, even if its condition lasts. What it did and what ended earlier leaves a gap." + Aside,
            Restraint + "rule r on login per account when logins_1h > 60 then throttle account to 1 per minute for 1h once in 24h",
            Restraint + "rule r on login per account when logins_1h > 60 then throttle account to 1 per minute for 1h once in 1h"),
        Doubtful("P4112", "exception that is over",
            "After its date an exception no longer holds." + Aside,
            "rule r on each login when attempts > 3 except when result = \"ok\" until 2020-01-01 because \"a pilot\" then label account as bot",
            "rule r on each login when attempts > 3 except when result = \"ok\" until 2030-01-01 because \"a pilot\" then label account as bot"),
        Doubtful("P4113", "list that nothing asks",
            "A list that no condition looks into has no effect." + Aside,
            "list bad: cidr = [192.0.2.0/24]\nrule r on each login when attempts > 3 then label account as bot",
            "list bad: cidr = [192.0.2.0/24]\nrule r on each login when attempts > 3 and ip in bad then label account as bot"),
        Doubtful("P4114", "silence without a reason",
            "A warning is silenced by its code and with a reason, so that the next reader knows.",
            "-- policy: allow P4109\nrule r on each login when attempts > 3 then label account as bot",
            "-- policy: allow P4109 because \"the title says it\"\nrule r on each login when attempts > 3 then label account as bot"),
        Doubtful("P4115", "whole group without a limit",
            "Groups grow, and a wrong link can make one of strangers. A limit lets the first responses go out and holds the rest for a person." + Aside,
            Restraint + Ring + "rule r on account joins ring when ring.size > 20 then suspend each account of ring for 1d",
            Restraint + Ring + "rule r on account joins ring when ring.size > 20 then suspend each account of ring for 1d at most 500 per hour"),
        Doubtful("P4116", "group that is let through",
            "When groups merge, the labels of both are kept. An exception for a label of groups, or an `allow` upon one, can be had by " +
            "touching a group that has it." + Aside,
            Restraint + Ring + "label vouched of ring\nrule r on account joins ring when ring.size > 20 except when ring has label vouched until 2030-01-01 because \"a customer\" then label account as bot",
            Restraint + Ring + "label vouched of account\nrule r on account joins ring when ring.size > 20 except when account has label vouched until 2030-01-01 because \"a customer\" then label account as bot"),
    ];
}
