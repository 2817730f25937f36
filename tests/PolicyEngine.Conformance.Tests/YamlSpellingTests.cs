using PolicyEngine.Compiler;
using PolicyEngine.Language;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml.Spelling;
using PolicyEngine.Oracle.Generation;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Conformance.Tests;

/// <summary>Random packs in both spellings: either comes back from the other as it was, and they make one plan.</summary>
public sealed class YamlSpellingTests
{
    private const int Packs = 400;

    [Fact]
    public void Random_packs_come_back_as_they_were_and_make_one_plan()
    {
        var planned = 0;
        for (var seed = 1L; seed <= Packs; seed++)
        {
            var text = PolicyFormatter.Format(new SourceText("p.policy", PolicyGenerator.Generate(new Draw(seed), new PolicyTraits()).Text))!;
            var yaml = PolicyYaml.Format(PolicyParser.Parse(new SourceText("p.policy", text)).File);
            var read = PolicyParser.Parse(new SourceText("p.policy.yaml", yaml));
            Assert.True(read.Diagnostics.Count == 0, string.Concat(read.Diagnostics.Select(d => DiagnosticRenderer.Human(d))) + yaml);
            Assert.Equal(text, PolicyFormatter.Format(read.File));
            Assert.Equal(yaml, PolicyYaml.Format(read.File));
            if (Plan("p.policy", text) is not { } plan) continue;
            planned++;
            Assert.Equal(plan.Hash, Plan("p.policy.yaml", yaml)!.Hash);
        }
        Assert.True(planned > Packs / 2, $"{planned} of {Packs} packs have a plan");
    }

    private static Plan? Plan(string path, string text) =>
        PolicyCompilation.Compile([new SourceText(path, text)]).Model is { } model ? PlanCompiler.Compile(model) : null;
}
