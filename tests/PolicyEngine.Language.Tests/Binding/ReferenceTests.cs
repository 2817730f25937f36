using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Tests.Binding;

/// <summary>
/// Every example of the language reference compiles. The first is the pack that the others stand on; one that begins with `pack`
/// stands alone.
/// </summary>
public sealed partial class ReferenceTests
{
    private static readonly List<string> Examples = Read();

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Examples.Count)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void An_example_of_the_reference_compiles(int number)
    {
        var text = Examples[number];
        var whole = number == 0 || text.StartsWith("pack ", StringComparison.Ordinal) ? text : Examples[0] + text;
        var options = new CompilationOptions { ReadList = (_, _) => "" };
        var errors = PolicyCompilation.Compile([new SourceText("README.md", whole)], options).Diagnostics.Where(d => d.Severity == Severity.Error).ToList();
        Assert.Empty(errors.Select(DiagnosticRenderer.Concise));
    }

    [Fact]
    public void The_reference_has_an_example_for_each_statement_and_names_every_function_and_reserved_word()
    {
        var all = string.Concat(Examples);
        string[] statements = ["pack", "entity", "event", "extend", "responses", "label", "list", "let", "define", "measure", "score", "rule", "except for", "test", "link", "recipe"];
        Assert.All(statements, s => Assert.Matches($@"(?m)^{s}\b", all));
        var reference = File.ReadAllText(Source());
        Assert.All(Enum.GetNames<Model.Function>(), f => Assert.Contains(Snake().Replace(f, "_$0").ToLowerInvariant(), reference, StringComparison.Ordinal));
    }

    private static List<string> Read() =>
        [.. Fence().Matches(File.ReadAllText(Source())).Select(m => m.Groups["text"].Value)];

    private static string Source([CallerFilePath] string here = "") =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", "..", "..", "grammar", "README.md");

    [GeneratedRegex(@"^```policy\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex Snake();
}
