using System.Diagnostics;
using System.Globalization;
using CsCheck;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using Xunit.Abstractions;

namespace PolicyEngine.Language.Tests.Syntax;

public sealed class PropertyTests(ITestOutputHelper output)
{
    [Fact]
    public void Random_policies_are_read_and_laid_out_without_a_change_of_meaning() =>
        Gen.Int[0, int.MaxValue].Sample(seed => FormatTests.CheckFormat(new RandomPolicy(seed).Text()), iter: 100, threads: 1);

    /// <summary>POLICY_FUZZ_SECONDS sets how long; 3 without it.</summary>
    [Fact]
    public void No_text_makes_the_reader_throw()
    {
        var setting = Environment.GetEnvironmentVariable("POLICY_FUZZ_SECONDS");
        var seconds = int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? set : 3;
        string[] folders = ["translations", "mistakes", "syntax"];
        var corpus = folders.SelectMany(f => TestCases.Find(f)).Select(n => TestCases.Read(n).Text).ToList();
        var first = Environment.TickCount;
        var seed = first;
        var watch = Stopwatch.StartNew();
        for (; watch.Elapsed < TimeSpan.FromSeconds(seconds); seed++)
        {
            var text = Mutation.Of(seed, corpus);
            try
            {
                Read(text);
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {error}\n{text}");
            }
        }
        output.WriteLine($"{seed - first} texts in {seconds} s, from seed {first}");
    }

    private static void Read(string text)
    {
        var result = PolicyParser.Parse(new SourceText("random.policy", text));
        foreach (var diagnostic in result.Diagnostics)
        {
            Assert.InRange(diagnostic.Span.Start, 0, text.Length);
            Assert.InRange(diagnostic.Span.End, diagnostic.Span.Start, text.Length);
            Assert.NotNull(DiagnosticCatalog.Find(diagnostic.Code));
            DiagnosticRenderer.Human(diagnostic);
            foreach (var edit in diagnostic.Fix?.Edits ?? []) Assert.InRange(edit.Span.End, edit.Span.Start, text.Length);
        }
        PolicyParser.ParseExpression(new SourceText("random.policy", text));
        foreach (var rule in result.File.Statements.OfType<RuleStatement>())
            if (rule.Body?.Because is { } because) PolicyParser.ParseTemplate(because);
        if (result.Diagnostics.Count == 0) FormatTests.CheckFormat(text);
    }
}
