using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml.Spelling;

namespace PolicyEngine.Language.Tests.Yaml;

/// <summary>The page about YAML: its examples compile and stand in the one layout.</summary>
public sealed partial class SpellingReferenceTests
{
    private static readonly string Page = File.ReadAllText(
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Here())!, "..", "..", "..", "grammar", "yaml.md"));

    public static TheoryData<string> Examples => [.. Fence().Matches(Page).Select(m => m.Groups["text"].Value)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Examples_compile_and_stand_in_the_one_layout(string text)
    {
        var source = new SourceText("example.policy.yaml", text);
        var errors = PolicyCompilation.Compile([source]).Diagnostics.Where(d => d.Severity == Severity.Error);
        Assert.Empty(errors.Select(d => DiagnosticRenderer.Human(d)));
        Assert.Equal(text, PolicyYaml.Format(PolicyParser.Parse(source).File));
    }

    [Fact]
    public void The_table_names_every_kind()
    {
        foreach (var kind in new[] { "pack", "use", "entity", "event", "extend", "responses", "label", "list", "let", "define", "measure", "link", "score", "rule", "recipe", "except for", "test" })
            Assert.Contains($"`{kind}`", Page, StringComparison.Ordinal);
    }

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex("^```yaml\\r?\\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
