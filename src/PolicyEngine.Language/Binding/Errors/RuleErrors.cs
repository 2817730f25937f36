using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Binding;

/// <summary>P23xx: rules, their triggers, clauses and responses.</summary>
internal static class RuleErrors
{
    public static Diagnostic StepWordsOnTrigger(TextSpan span, string word) =>
        Report.Error("P2302", span, $"`{word}` is for the steps of a sequence, and no step follows",
            word == "times" ? "count with a measure: `measure n = count of … over …`" : null);

    public static Diagnostic FilterOnly(TextSpan span, TextSpan trigger, string each) =>
        Report.Error("P2303", span, "this rule speaks about the state of a key, but its condition looks only at the event",
            $"say `on {each}` for a question about each event, or read a measure").Replacing(trigger, each);

    public static Diagnostic LabelTriggerEntity(TextSpan span, LabelSymbol label, EntitySymbol entity) =>
        Report.Error("P2304", span, $"`{label.Name}` is a label of `{label.Entity.Name}`, not of `{entity.Name}`").Replacing(span, label.Entity.Name);

    public static Diagnostic EveryKeyUnknown(TextSpan span, string key, IReadOnlyList<string> known)
    {
        var error = Report.Error("P2305", span, $"no measure is kept per `{key}`, so there is nothing to look at per `{key}`");
        return Suggestion.Nearest(key, known) is { } nearest ? (error with { Label = $"did you mean `{nearest}`?" }).Replacing(span, nearest) : error;
    }

    public static Diagnostic EveryReadsNothing(TextSpan span, string key) =>
        Report.Error("P2306", span, $"this rule reads no measure per `{key}`, so it is not known which ones to visit",
            $"read a measure that is kept per `{key}`");

    public static Diagnostic ClauseTwice(TextSpan span) => Report.Error("P2307", span, "this is said twice");

    public static Diagnostic RearmWithoutKey(TextSpan span) =>
        Report.Error("P2308", span, "`rearm` is for rules on the state of a key; this rule fires each time");

    public static Diagnostic FormerlyLives(TextSpan span, string name) =>
        Report.Error("P2309", span, $"there is a rule called `{name}` still; an old name cannot be in use");

    public static Diagnostic SensitiveLeaves(TextSpan span) =>
        Report.Error("P2310", span, "a sensitive value may be tested, but it never leaves the engine", "use its fingerprint: `template(…)`");

    public static Diagnostic DelayBackwards(TextSpan span) => Report.Error("P2311", span, "the delay ends before it begins");

    public static Diagnostic LimitNotWhole(TextSpan span) => Report.Error("P2312", span, "a limit is a whole number of responses, 1 or more");

    public static Diagnostic TargetIsNoEntity(TextSpan span, string name, PolicyType type) =>
        Report.Error("P2313", span, $"a response acts on an entity, and `{name}` is {Report.Describe(type)}");

    public static Diagnostic ResponseTarget(TextSpan span, ResponseSymbol response, PolicyType type) =>
        Report.Error("P2314", span, $"`{response.Name}` acts on `{response.TargetEntity!.Name}`, and this is {Report.Describe(type)}");

    public static Diagnostic ResponseEvent(TextSpan span, ResponseSymbol response, EventSource on, IReadOnlyList<EventSymbol> hand) =>
        Report.Error("P2314", span, $"`{response.Name}` acts on the event `{on.Name}`, and this rule has {Report.List(hand.Select(e => e.Name))} in hand");

    public static Diagnostic EventResponseNeedsEach(TextSpan span, ResponseSymbol response) =>
        Report.Error("P2315", span, $"`{response.Name} {response.TargetEvent!.Name}` decides about one event, so the rule has to be about each event",
            $"say `on each {response.TargetEvent.Name}`");

    public static Diagnostic UnknownResponse(Path verb, IReadOnlyList<string> known)
    {
        var error = Report.Error("P2316", verb.Span, $"there is no response called `{verb.Text}`",
            known.Count == 0 ? "no pack in sight has a `responses` block" : $"declared are {Report.List(known)}");
        return Suggestion.Nearest(verb.Text, known) is { } nearest ? (error with { Label = $"did you mean `{nearest}`?" }).Replacing(verb.Span, nearest) : error;
    }

    public static Diagnostic UnknownPreposition(TextSpan span, string preposition, ResponseSymbol response) =>
        Report.Error("P2317", span, $"`{response.Name}` takes no `{preposition}`", Shape(response));

    public static Diagnostic PrepositionTwice(TextSpan span, string preposition) => Report.Error("P2317", span, $"`{preposition}` stands here twice");

    public static Diagnostic LackingArgument(TextSpan span, ResponseSymbol response, IReadOnlyList<ResponseParameter> lacking) =>
        Report.Error("P2317", span, $"`{response.Name}` needs {Report.List(lacking.Select(p => $"{p.Preposition} {p.Type}"))}", Shape(response));

    public static Diagnostic UnknownTarget(Path target, IReadOnlyList<string> known)
    {
        var error = Report.Error("P2318", target.Span, $"there is no entity or event called `{target.Text}`");
        return Suggestion.Nearest(target.Text, known) is { } nearest ? (error with { Label = $"did you mean `{nearest}`?" }).Replacing(target.Span, nearest) : error;
    }

    public static Diagnostic PointsDecay(TextSpan span) =>
        Report.Error("P2319", span, "points on a score decay by its half-life and take no `for`");

    public static Diagnostic PointsAreNumbers(TextSpan span, PolicyType type) =>
        Report.Error("P2320", span, $"points are a number, and this is {Report.Describe(type)}");

    public static Diagnostic ScoreOfOtherEntity(TextSpan span, ScoreSymbol score, PolicyType type) =>
        Report.Error("P2320", span, $"`{score.Name}` is a score of `{score.Entity.Name}`, and this is {Report.Describe(type)}");

    public static Diagnostic ScoreNeedsOf(TextSpan span, ScoreSymbol score) =>
        Report.Error("P2320", span, $"`{score.Name}` is a score; it has to be said whose", $"write `add … to {score.Name} of {score.Entity.Name}`")
            .Inserting(span with { Start = span.End, Length = 0 }, $" of {score.Entity.Name}");

    private static string Shape(ResponseSymbol response) =>
        $"it is declared as `{response.Name} {response.TargetEntity?.Name ?? response.TargetEvent?.Name}{string.Concat(response.Parameters.Select(p => $" {p.Preposition} {p.Type}"))}`";
}
