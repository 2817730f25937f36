using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Sigma;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Tests.Sigma;

/// <summary>The page about Sigma: its examples are files of one load.</summary>
public sealed partial class SigmaReferenceTests
{
    private static readonly string Page = File.ReadAllText(
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Here())!, "..", "..", "..", "grammar", "sigma.md"));

    [Fact]
    public void Examples_compile_together()
    {
        var files = Fence().Matches(Page).Select((m, i) =>
            new SourceText(m.Groups["kind"].Value == "yaml" ? $"example{i}.yml" : $"example{i}.policy", m.Groups["text"].Value)).ToList();
        Assert.True(files.Count >= 4);
        Assert.All(files.Where(f => f.Path.EndsWith(".yml", StringComparison.Ordinal)), f => Assert.True(SigmaFiles.IsSigma(f.Path, f.Text)));
        var result = PolicyCompilation.Compile(files);
        Assert.Empty(result.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => DiagnosticRenderer.Human(d)));
        Assert.Equal("whoami is a sign", Assert.Single(result.Model!.Tests).Title);
    }

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex("^```(?<kind>yaml|policy)\\r?\\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
