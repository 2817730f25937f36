using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>P2321 to P2325: sequences, absences and their steps.</summary>
internal static class SequenceErrors
{
    public static Diagnostic EndsInAbsence(TextSpan span, string absent) =>
        Report.Error("P2321", span, "only one event by itself can be waited for in vain; this comes after several",
            $"make what comes before a rule of its own, and write `on THAT_RULE per … not followed by {absent} within …`");

    public static Diagnostic SeveralAbsences(TextSpan span) =>
        Report.Error("P2321", span, "one `not followed by` stands at the end", "name all that would do in one: `not followed by A, B`");

    public static Diagnostic NothingIsMatched(TextSpan span, string word, string words) =>
        Report.Error("P2322", span, $"`{word}` is for a step that comes; what stands behind `{words}` ends the waiting at its first event",
            word == "times" ? "count with a measure, and say `where` about it" : null);

    public static Diagnostic NoTimes(TextSpan span, long most) =>
        Report.Error("P2323", span, $"the steps of a sequence, each as often as it is asked for, are 1 to {most} in all",
            "count many with a measure: `measure n = count of … over …`");

    public static Diagnostic StepNamedTwice(TextSpan span, string name) => Report.Error("P2324", span, $"two steps are called `{name}`");

    public static Diagnostic SeveralSteps(TextSpan span, string source) =>
        Report.Error("P2325", span, $"several steps are `{source}`", $"give one a name: `{source} as first`, and read `first.…`");

    public static Diagnostic StepByOtherName(TextSpan span, string name, HandStep step) => step.As is { } given
        ? Report.Error("P2325", span, $"the step `{name}` is called `{given}` here").Replacing(span, $"{given}{span.Text[span.Text.LastIndexOf('.')..]}")
        : Report.Error("P2325", span, $"the step that may be `{name}` has no name", "give it one: `… as first`, and read `first.…`");

    public static Diagnostic StepIsNoValue(TextSpan span, string name) =>
        Report.Error("P2325", span, $"`{name}` is a step; one of its fields is read", $"write `{name}.…`");
}
