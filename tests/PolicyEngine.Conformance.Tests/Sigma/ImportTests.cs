using PolicyEngine.Compiler;
using PolicyEngine.Language;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Import;
using PolicyEngine.Language.Text;
using PolicyEngine.Oracle.Differential;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Conformance.Tests.Sigma;

/// <summary>Sigma rules that were turned into policy text decide what they decide as they stand.</summary>
public sealed class ImportTests
{
    public static TheoryData<string> Sentences => SigmaCaseTests.Sentences;

    [Theory]
    [MemberData(nameof(Sentences))]
    public void Imported_rules_decide_as_written(string sentence)
    {
        var found = SigmaCaseTests.Cases[sentence];
        foreach (var yaml in (bool[])[false, true])
        {
            var files = Imported([new SourceText("rule.yml", found.Documents)], yaml).ToDictionary(f => f.Path, f => f.Text);
            SigmaCaseTests.Check(found, Engines.UnderTest.Run(new EngineInput(files, found.Input.Log), new EngineSettings()).Decisions.Select(DecisionFields.Of));
        }
    }

    [FolderFact(PublicRulesTests.Corpus)]
    public void Every_public_rule_makes_the_plan_that_it_makes_as_it_stands()
    {
        var rules = PublicRulesTests.Rules();
        rules.Add(PublicRulesTests.Placeholders(rules));
        var direct = Words(rules);
        Assert.Equal(direct, Words(Imported(rules, yaml: false)));
        Assert.Equal(direct, Words(Imported(rules, yaml: true)));
    }

    [FolderFact(PublicRulesTests.Regression)]
    public void Imported_public_rules_decide_alike_on_their_events()
    {
        foreach (var (path, input, least) in PublicRulesTests.Regressions())
        {
            var imported = input with { Files = Imported([new SourceText(path, input.Files[path])], yaml: false).ToDictionary(f => f.Path, f => f.Text) };
            var decided = Decided(imported);
            Assert.Equal(Decided(input), decided);
            Assert.InRange(decided.Count, least, int.MaxValue);
        }
    }

    private static List<(string, string)> Decided(EngineInput input) =>
        [.. Engines.UnderTest.Run(input, new EngineSettings()).Decisions.Select(DecisionFields.Of).Select(d => (d["event"], d["rule"]))];

    private static IEnumerable<string> Words(IReadOnlyList<SourceText> files)
    {
        var plan = Plan(files);
        var words = new PlanWords(plan);
        return plan.Rules.Select(words.Of).Order(StringComparer.Ordinal);
    }

    private static Plan Plan(IReadOnlyList<SourceText> files)
    {
        var result = PolicyCompilation.Compile(files);
        Assert.Empty(result.Diagnostics.Where(d => d.Severity == Severity.Error).Select(DiagnosticRenderer.Concise));
        return PlanCompiler.Compile(result.Model!);
    }

    private static List<SourceText> Imported(IReadOnlyList<SourceText> files, bool yaml)
    {
        var made = SigmaImport.Read(files, "sigma", yaml);
        Assert.Empty(made.LeftOut);
        Assert.Equal(made.Found, made.Imported);
        return [.. made.Files.Select((f, i) => new SourceText($"{i}/{f.Name}.policy{(yaml ? ".yaml" : "")}", f.Text))];
    }
}
