using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Binding;

/// <summary>P24xx: tests.</summary>
internal static class TestErrors
{
    public static Diagnostic GivenNoEvent(TextSpan span, string name, string kind, IReadOnlyList<EventSymbol> underlying) =>
        Report.Error("P2401", span, $"`{name}` is a {(kind == "rule" ? "rule" : "named kind of event")}; a test gives events that arrive",
            underlying.Count == 0 ? null : $"give {string.Join(" or ", underlying.Select(e => $"`{e.Name}`"))}");

    public static Diagnostic UnknownField(Path path, string name, EventSymbol on, IReadOnlyList<string> known)
    {
        var error = Report.Error("P2402", path.Span, $"`{on.Name}` has no field `{name}`").Beside(on.Span, "declared here");
        return Suggestion.Nearest(name, known) is { } nearest ? (error with { Label = $"did you mean `{nearest}`?" }).Replacing(path.Span, nearest) : error;
    }

    public static Diagnostic ComputedField(TextSpan span, string name) => Report.Error("P2403", span, $"`{name}` is computed and cannot be given", "give the fields it is computed from");

    public static Diagnostic FieldType(TextSpan span, string name, PolicyType type, PolicyType found) =>
        Report.Error("P2404", span, $"`{name}` is of type {type}, and this is {Report.Describe(found)}");

    public static Diagnostic FieldTwice(TextSpan span, string name) => Report.Error("P2405", span, $"`{name}` is given twice");

    public static Diagnostic TimesAndFor(TextSpan span) => Report.Error("P2406", span, "a number of times and `for` both say how many; leave one of them out");

    public static Diagnostic EveryWithoutEnd(TextSpan span) => Report.Error("P2407", span, "it has to be said how long this goes on", "write `every 30s for 2h`, or `10 times … every 30s`");

    public static Diagnostic NotACount(TextSpan span) => Report.Error("P2408", span, "a number of times is a whole number, 1 or more");

    public static Diagnostic TimesOfNothing(TextSpan span) => Report.Error("P2409", span, "a number of times goes with a response, a rule or a label that is expected");

    public static Diagnostic ByWithoutResponse(TextSpan span) => Report.Error("P2410", span, "`by` goes with a response or a label: it names the rule behind it");

    public static Diagnostic ValueAtOneTime(TextSpan span) => Report.Error("P2411", span, "a value is looked at at one time", "write `at 1h`");

    public static Diagnostic UnknownExpected(Path name, IReadOnlyList<string> known)
    {
        var error = Report.Error("P2412", name.Span, $"there is no response or rule called `{name.Text}`");
        return Suggestion.Nearest(name.Text, known) is { } nearest ? (error with { Label = $"did you mean `{nearest}`?" }).Replacing(name.Span, nearest) : error;
    }

    public static Diagnostic TooManyEvents(TextSpan span, int limit) => Report.Error("P3106", span, $"this test gives more than {limit} events");
}
