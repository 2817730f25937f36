using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Binding;

/// <summary>P22xx: events, fields, keys and measures.</summary>
internal static class EventErrors
{
    public static Diagnostic NamedTwice(TextSpan span, string name) => Report.Error("P2201", span, $"`{name}` stands here twice");

    public static Diagnostic KeyTwice(TextSpan span, string key) => Report.Error("P2202", span, $"the key `{key}` stands here twice");

    public static Diagnostic KeyHasNoEntityField(TextSpan span, string key, string on) =>
        Report.Error("P2203", span, $"`{on}` has no field of the entity `{key}`", $"name the field of `{on}` that is the key, or keep `{on}` out");

    public static Diagnostic KeyIsNoField(TextSpan span, Path key, string on, IReadOnlyList<string> known)
    {
        var error = Report.Error("P2203", span, $"`{on}` has no field `{key.Text}`");
        return Suggestion.Nearest(key.Text, known) is { } nearest
            ? (error with { Label = $"did you mean `{nearest}`?" }).Replacing(key.Span, nearest)
            : error with { Help = "a key is a field, an entity, or a function called on fields" };
    }

    public static Diagnostic KeyHasSeveralFields(TextSpan span, string key, string on, IReadOnlyList<FieldSymbol> fields)
    {
        var error = Report.Error("P2204", span, $"`{on}` has {fields.Count} fields of the entity `{key}`", $"say which: {string.Join(" or ", fields.Select(f => $"`per {f.Name}`"))}");
        return fields.Aggregate(error, (e, f) => e.Beside(f.Span, $"`{f.Name}`"));
    }

    public static Diagnostic KeyTypesDiffer(TextSpan span, string key, PolicyType first, PolicyType odd, string on) =>
        Report.Error("P2205", span, $"`{key}` is {Report.Describe(first)}, but on `{on}` it is {Report.Describe(odd)}");

    public static Diagnostic KeyIsList(TextSpan span, string key) =>
        Report.Error("P2206", span, $"`{key}` is a list and cannot be a key");

    public static Diagnostic KeyCallsNoFunction(TextSpan span, string name, IEnumerable<string> functions)
    {
        var error = Report.Error("P2207", span, $"a key may call a function of the language on fields, and `{name}` is none");
        return Suggestion.Nearest(name, functions) is { } nearest ? error with { Label = $"did you mean `{nearest}`?" } : error;
    }

    public static Diagnostic FiresWithoutEvent(TextSpan span, RuleSymbol rule) =>
        Report.Error("P2208", span, $"`{rule.Name}` fires for a key, and no event stands behind its firings",
            $"let `{rule.Name}` label what it fires for, or add to a score, and ask for that instead");

    /// <summary>A measure is read where its key cannot be had.</summary>
    public static Diagnostic KeyNotInHand(TextSpan span, string measure, IReadOnlyList<KeyPart> keys, string part, KeyResult result, Hand hand)
    {
        var kept = $"`{measure}` is kept per {Report.List(keys.Select(k => k.Text))}";
        var help = $"say whose: `{measure}({string.Join(", ", keys.Select(_ => "…"))})`";
        if (result.Problem == KeyProblem.SeveralFields)
            return Report.Error("P2209", span, $"{kept}, and there are several of `{part}` here: {Report.List(result.Fields.Select(f => f.Name))}", help);
        if (hand.IsNothing) return Report.Error("P2209", span, $"{kept}, and nothing is in hand here to take it from", help);
        var there = hand.Member is { } member ? $"each `{member.Name}` looked at" : hand.Events.Count > 0 ? Report.List(hand.Events.Select(e => e.Name)) : $"the key {Report.List(hand.Keys.Select(k => k.Name))}";
        return Report.Error("P2209", span, $"{kept}, and {there} gives no `{part}` of that type", help);
    }

    public static Diagnostic ScoreNotInHand(TextSpan span, ScoreSymbol score, KeyResult result, Hand hand)
    {
        var kept = $"`{score.Name}` is a score of `{score.Entity.Name}`";
        var help = $"say whose: `{score.Name}(…)`";
        if (result.Problem == KeyProblem.SeveralFields)
            return Report.Error("P2209", span, $"{kept}, and there are several here: {Report.List(result.Fields.Select(f => f.Name))}", help);
        return Report.Error("P2209", span, hand.IsNothing ? $"{kept}, and nothing is in hand here to take it from" : $"{kept}, and there is none in hand here", help);
    }

    public static Diagnostic NeedsWindow(TextSpan span, Aggregate aggregate) =>
        Report.Error("P2210", span, $"`{Word(aggregate)}` needs a window: without one it would have to keep everything for ever", "end it with `over 24h`, or another span");

    public static Diagnostic SinceTakesNoWindow(TextSpan span) =>
        Report.Error("P2211", span, "`since` looks back to the beginning and takes no window");

    public static Diagnostic StepDoesNotDivide(TextSpan span, long length, long step, string what) =>
        Report.Error("P2212", span, $"the {what} {Report.Duration(length)} is not a multiple of the step {Report.Duration(step)}");

    public static Diagnostic PercentileWithStep(TextSpan span) =>
        Report.Error("P2213", span, "`percentile` is exact and takes no `step`");

    public static Diagnostic PercentileOutside(TextSpan span) =>
        Report.Error("P2214", span, "a percentile lies above 0 and at most at 100");

    public static Diagnostic RateOfSession(TextSpan span) =>
        Report.Error("P2215", span, "a rate is a count divided by its span, and a session has no fixed span", "take `count`, or `over 1h`");

    public static Diagnostic AmountOfWrongType(TextSpan span, Aggregate aggregate, PolicyType type) =>
        Report.Error("P2216", span, $"`{Word(aggregate)}` cannot take {Report.Describe(type)}");

    public static Diagnostic ShareWithoutWhere(TextSpan span) =>
        Report.Error("P2217", span, "a share needs `where`: it says which part is counted", "write `share of E where …`");

    public static Diagnostic BuiltinFieldType(TextSpan span, string name, string type) =>
        Report.Error("P2219", span, $"every event has `{name}`, and it is of type {type}", $"declare it as `{name}: {type} from \"…\"`");

    public static Diagnostic OutsideNameTwice(TextSpan span, string outside, TextSpan first) =>
        Report.Error("P2220", span, $"two events arrive under the name \"{outside}\"").Beside(first, "the other one");

    public static Diagnostic ExtendsNoDeclaredEvent(TextSpan span, string name, string kind) =>
        Report.Error("P2221", span, $"`{name}` is a {(kind == "rule" ? "rule" : "named kind of event")}; fields are added to an event that arrives");

    /// <summary>The function as it is written.</summary>
    public static string Word(Aggregate aggregate) => aggregate switch
    {
        Aggregate.TopShare => "top_share",
        Aggregate.SinceFirst => "since first",
        Aggregate.SinceLast => "since last",
        _ => aggregate.ToString().ToLowerInvariant(),
    };
}
