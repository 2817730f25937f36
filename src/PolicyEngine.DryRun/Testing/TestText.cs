using System.Globalization;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;

namespace PolicyEngine.DryRun.Testing;

/// <summary>Texts of tests as people read them.</summary>
internal static class TestText
{
    private static readonly (long Size, string Unit)[] Units =
        [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1000, "s"), (1, "ms")];

    /// <summary>The text as written, in one line.</summary>
    public static string OneLine(TextSpan span) => string.Join(' ', span.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The expectation as a test would write it.</summary>
    public static string Expectation(Expectation expectation)
    {
        var (what, no) = expectation switch
        {
            NothingExpected => ("nothing", false),
            LabelExpected label => ($"label {label.Label.Name}", label.No),
            ResponseExpected response => (response.Response.Name, response.No),
            RuleExpected rule => (rule.Rule.Name, rule.No),
            ValueExpected value => ($"value {OneLine(value.Condition.Span)}", false),
            _ => throw new InvalidOperationException($"unexpected {expectation.GetType().Name}"),
        };
        var times = (expectation.From, expectation.To) switch
        {
            (null, _) => "",
            ({ } at, { } to) when at == to => $" at {Duration(at)}",
            ({ } from, var to) => $" between {Duration(from)} and {Duration(to ?? from)}",
        };
        return (expectation.Todo ? "todo " : "") + "expect " + (no ? "no " : "") + what
            + (expectation.Entity is { } entity ? $" for {entity.Name} \"{expectation.EntityId}\"" : "")
            + (expectation.ByRule is { } by ? $" by {by.Name}" : "")
            + (expectation.Times is { } number ? string.Create(CultureInfo.InvariantCulture, $" {number} times") : "")
            + times;
    }

    /// <summary>Milliseconds as a policy writes them: `1h30m`.</summary>
    public static string Duration(long milliseconds)
    {
        if (milliseconds == 0) return "0s";
        var text = milliseconds < 0 ? "-" : "";
        var rest = Math.Abs(milliseconds);
        foreach (var (size, unit) in Units)
        {
            if (rest < size) continue;
            text += string.Create(CultureInfo.InvariantCulture, $"{rest / size}{unit}");
            rest %= size;
        }
        return text;
    }
}
