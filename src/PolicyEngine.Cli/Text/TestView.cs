using System.Globalization;
using System.Text.Json;
using PolicyEngine.Cli.Terminal;
using PolicyEngine.DryRun.Testing;

namespace PolicyEngine.Cli.Text;

/// <summary>How the tests of packs went.</summary>
internal static class TestView
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void WriteHuman(TextWriter writer, IReadOnlyList<TestOutcome> outcomes, Shell shell)
    {
        foreach (var file in outcomes.GroupBy(o => o.Test.Span.Source?.Path ?? ""))
        {
            var told = file.Where(o => shell.Verbose || o.Failures.Count > 0 || o.KnownMisses.Count > 0).ToList();
            if (told.Count == 0) continue;
            writer.WriteLine(file.Key);
            foreach (var outcome in told) WriteOutcome(writer, outcome, shell.OutColours);
            if (file.Count() - told.Count is > 0 and var others)
                writer.WriteLine($"  {Words.Count(others, "more test")} in this file passed");
            writer.WriteLine();
        }
        writer.WriteLine($"{Count(outcomes, TestVerdict.Passed)} passed, {Count(outcomes, TestVerdict.Failed)} failed, {Count(outcomes, TestVerdict.Skipped)} skipped");
        if (outcomes.FirstOrDefault(o => o.Verdict == TestVerdict.Failed) is { } failed)
            shell.Note($"Next: policy test --filter \"{failed.Test.Title}\" …");
    }

    public static void WriteJson(TextWriter writer, IReadOnlyList<TestOutcome> outcomes) => writer.WriteLine(JsonSerializer.Serialize(
        new
        {
            Passed = Count(outcomes, TestVerdict.Passed),
            Failed = Count(outcomes, TestVerdict.Failed),
            Skipped = Count(outcomes, TestVerdict.Skipped),
            Tests = outcomes.Select(o => new
            {
                o.Test.Title,
                Pack = o.Test.Pack.Name,
                File = o.Test.Span.Source?.Path,
                o.Test.Span.Source?.Position(o.Test.Span.Start).Line,
                Verdict = o.Verdict.ToString().ToLowerInvariant(),
                Milliseconds = Math.Round(o.Milliseconds, 1),
                Failures = o.Failures.Select(f => new { f.Expected, f.Instead }),
                o.KnownMisses,
            }),
        },
        Json));

    private static void WriteOutcome(TextWriter writer, TestOutcome outcome, Palette palette)
    {
        var mark = outcome.Verdict switch
        {
            TestVerdict.Failed => palette.Red("✗"),
            TestVerdict.Skipped => palette.Yellow("~"),
            _ => palette.Green("✓"),
        };
        writer.WriteLine($"  {mark} {outcome.Test.Title}   {outcome.Milliseconds.ToString("0", CultureInfo.InvariantCulture)} ms");
        foreach (var failure in outcome.Failures)
        {
            writer.WriteLine($"      said      {failure.Expected}");
            WriteLines(writer, "      happened  ", failure.Instead);
        }
        foreach (var miss in outcome.KnownMisses) writer.WriteLine($"      not yet   {miss}");
    }

    private static void WriteLines(TextWriter writer, string title, string text)
    {
        foreach (var line in text.Split('\n'))
        {
            writer.WriteLine((title + line).TrimEnd());
            title = new string(' ', title.Length);
        }
    }

    private static int Count(IEnumerable<TestOutcome> outcomes, TestVerdict verdict) => outcomes.Count(o => o.Verdict == verdict);
}
