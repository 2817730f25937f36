using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using PolicyEngine.Language.Import;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Tests.Import;

/// <summary>The page about import: what its examples become is what it says.</summary>
public sealed partial class ImportReferenceTests
{
    private static readonly string Page = File.ReadAllText(
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Here())!, "..", "..", "..", "grammar", "import.md"));

    [Fact]
    public void The_sigma_example_becomes_the_policy_text_below_it()
    {
        var section = Section("Sigma");
        var made = SigmaImport.Read([new SourceText("asks_who.yml", Assert.Single(section["yaml"]))], "p", yaml: false);
        Assert.Equal(section["policy"].Select(t => "pack p\n\n" + t), made.Files.Select(f => f.Text));
    }

    [Fact]
    public void The_panther_example_becomes_the_policy_text_below_it()
    {
        var section = Section("Tests of Panther rules");
        var made = PantherTests.Read([new SourceText("aws_root_login.yml", Assert.Single(section["yaml"]))], "p", yaml: false);
        Assert.Equal(section["policy"].Select(t => "pack p\n\n" + t), made.Files.Select(f => f.Text));
    }

    private static ILookup<string, string> Section(string title)
    {
        var text = Page.Split("\n## ").Single(s => s.StartsWith(title + "\n", StringComparison.Ordinal));
        return Fence().Matches(text).ToLookup(m => m.Groups["language"].Value, m => m.Groups["text"].Value);
    }

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex("^```(?<language>[a-z]+)\\r?\\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
