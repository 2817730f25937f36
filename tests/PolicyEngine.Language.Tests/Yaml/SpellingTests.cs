using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml.Spelling;

namespace PolicyEngine.Language.Tests.Yaml;

/// <summary>Both spellings say the same: either comes back from the other as it was.</summary>
public sealed partial class SpellingTests
{
    private static readonly string Root = System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Here())!, "..", "..", ".."));

    public static TheoryData<string> Cases =>
        [.. new[] { "format", "syntax", "binding", "translations" }.SelectMany(f => TestCases.Find(f)).Where(c => PolicyParser.Parse(TestCases.Read(c)).Diagnostics.Count == 0)];

    public static TheoryData<string> Packs =>
        [.. Directory.EnumerateFiles(System.IO.Path.Combine(Root, "rules"), "*.policy", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public static TheoryData<int> Examples => [.. Enumerable.Range(0, Blocks().Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Cases_come_back_as_they_were(string name) => ComesBack(TestCases.Read(name).Text);

    [Theory]
    [MemberData(nameof(Packs))]
    public void Shipped_packs_come_back_as_they_were(string path) => ComesBack(File.ReadAllText(path));

    [Theory]
    [MemberData(nameof(Examples))]
    public void Examples_of_the_reference_come_back_as_they_were(int index) => ComesBack(Blocks()[index]);

    internal static void ComesBack(string text)
    {
        var formatted = PolicyFormatter.Format(new SourceText("a.policy", text))!;
        var yaml = PolicyYaml.Format(PolicyParser.Parse(new SourceText("a.policy", formatted)).File);
        var read = PolicyParser.Parse(new SourceText("a.policy.yaml", yaml));
        Assert.True(read.Diagnostics.Count == 0, string.Concat(read.Diagnostics.Select(d => DiagnosticRenderer.Human(d))) + yaml);
        Assert.Equal(formatted, PolicyFormatter.Format(read.File));
        Assert.Equal(yaml, PolicyYaml.Format(read.File));
    }

    private static List<string> Blocks() =>
        [.. Fence().Matches(File.ReadAllText(System.IO.Path.Combine(Root, "grammar", "README.md"))).Select(m => m.Groups["text"].Value)
            .Where(t => PolicyParser.Parse(new SourceText("a.policy", t)).Diagnostics.Count == 0)];

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex("^```\\w*\r?\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
