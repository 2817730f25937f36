using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using PolicyEngine.DryRun.Packs;
using PolicyEngine.DryRun.Testing;
using PolicyEngine.Language;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;

namespace PolicyEngine.DryRun.Tests;

/// <summary>The packs that come with the engine, and the example that greets its readers, compile without a warning and pass their tests.</summary>
public sealed partial class ShippedPacksTests
{
    private static readonly string Root = RootOf();

    [Fact]
    public void The_packs_have_no_errors_and_no_warnings() => AssertClean(Packs());

    [Fact]
    public void The_tests_of_the_packs_pass() => AssertPassing(Packs(), least: 25);

    [Fact]
    public void Every_rule_is_expected_to_speak_and_to_keep_silent()
    {
        var model = Packs().Model!;
        foreach (var rule in model.Rules)
        {
            var tests = model.Tests.Where(t => t.Expectations.Any(e => IsAbout(e, rule))).ToList();
            Assert.True(tests.Exists(t => t.Expectations.Any(e => !e.No && IsAbout(e, rule))), $"no test expects {rule.Name} to speak");
            Assert.True(
                tests.Exists(t => t.Expectations.Any(e => e is NothingExpected || (e.No && IsAbout(e, rule)))), $"no test expects {rule.Name} to keep silent");
        }
    }

    [Fact]
    public void The_starter_pack_suspends_nobody() => Assert.DoesNotContain(
        Platform().Model!.Rules.SelectMany(r => r.Actions), a => a.Act is ResponseAct { Response.Name: "suspend" });

    [Fact]
    public void The_example_of_the_readme_compiles_without_a_warning_and_passes_its_test()
    {
        var examples = Fence().Matches(File.ReadAllText(Path.Combine(Root, "README.md"))).Select(m => m.Groups["text"].Value).ToList();
        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            var result = PolicyCompilation.Compile([new SourceText("README.md", example)]);
            AssertClean(result);
            AssertPassing(result, least: 1);
        }
    }

    public static CompilationResult Platform() => PackLoader.Load([Path.Combine(Root, "rules", "starter")]).Result;

    private static CompilationResult Packs() => PackLoader.Load([Path.Combine(Root, "rules")]).Result;

    private static void AssertClean(CompilationResult result) => Assert.Empty(result.Diagnostics.Select(DiagnosticRenderer.Concise));

    private static void AssertPassing(CompilationResult result, int least)
    {
        var runner = new TestRunner(result.Model!);
        Assert.True(runner.Tests.Count >= least);
        Assert.Empty(runner.Tests.Select(runner.Run).SelectMany(o => o.Failures.Select(f => $"{o.Test.Title}: {f.Expected}; {f.Instead}")));
    }

    private static bool IsAbout(Expectation expectation, RuleSymbol rule) =>
        expectation.ByRule == rule
        || (expectation is RuleExpected expected && expected.Rule == rule)
        || (expectation is LabelExpected label && rule.Actions.Any(a => a.Act is LabelAct act && act.Label == label.Label));

    private static string RootOf([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    [GeneratedRegex(@"^```policy\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
