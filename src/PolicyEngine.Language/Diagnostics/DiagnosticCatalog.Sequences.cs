namespace PolicyEngine.Language.Diagnostics;

public static partial class DiagnosticCatalog
{
    private const string Steps = """
        event signup { account: account  ip: ip }
        event payment { account: account  amount: number }
        event verified { account: account }

        """;

    private static DiagnosticEntry[] Sequences =>
    [
        Wrong("P2321", "absence after several steps",
            "`not followed by` at the end waits for one event by itself, so its deadline is known. What comes before, if it is more than one event, " +
            "is a rule of its own: a firing is an event, and nothing has to follow it.",
            Steps + "rule r on signup per account followed by payment not followed by verified within 1d then label account as bot",
            Steps + "rule paid on signup per account followed by payment within 1h then observe\n" +
            "rule r on paid per account not followed by verified within 1d then label account as bot"),
        Wrong("P2322", "counting what may not come",
            "`not followed by` and `until` end the waiting at the first such event. There is nothing to count and no event to name.",
            Steps + "rule r on signup per account not followed by 3 times payment within 1d then label account as bot",
            Steps + "rule r on signup per account not followed by payment within 1d then label account as bot"),
        Wrong("P2323", "number of steps",
            "A step comes a whole number of times, 1 or more. Each time is a state of its own for every key; a sequence has 1 000 at most.",
            Steps + "rule r on signup per account followed by 5_000 times payment within 1d then label account as bot",
            Steps + "measure payments_1d = count of payment per account over 1d\n" +
            "rule r on payment per account when payments_1d >= 5_000 then label account as bot"),
        Wrong("P2324", "two steps of one name",
            "The name of a step says whose field is meant.",
            Steps + "rule r on signup as a per account followed by payment as a within 1d then label account as bot",
            Steps + "rule r on signup as a per account followed by payment as b within 1d then label account as bot"),
        Wrong("P2325", "which step is meant",
            "A field of an earlier step is read by the step's name: the one given with `as`, or the event's name where only one step is that " +
            "event. A field by itself is that of the step it stands in, and after the steps that of the last.",
            Steps + "rule r on signup per account followed by signup where ip != signup.ip within 1d then label account as bot",
            Steps + "rule r on signup as first per account followed by signup where ip != first.ip within 1d then label account as bot"),
    ];
}
