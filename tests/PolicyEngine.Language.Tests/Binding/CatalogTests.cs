using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using PolicyEngine.Language.Diagnostics;

namespace PolicyEngine.Language.Tests.Binding;

/// <summary>Every code of names, types, checks and warnings has an example, a right one, and a text that stays as it is.</summary>
public sealed partial class CatalogTests
{
    public static TheoryData<string> Codes => [.. Own];

    private static IEnumerable<string> Own => DiagnosticCatalog.All.Select(e => e.Code).Where(c => c[1] is '2' or '3' or '4');

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_wrong_example_has_the_code_and_the_right_one_compiles_without_it(string code)
    {
        var entry = DiagnosticCatalog.Find(code)!;
        var found = Compile(entry.Wrong, code).Where(d => d.Code == code).ToList();
        Assert.NotEmpty(found);
        Assert.All(found, d => Assert.Equal(entry.Severity, d.Severity));
        var right = Compile(entry.Right, code).Where(d => d.Severity == Severity.Error || d.Code == code);
        Assert.Empty(right.Select(DiagnosticRenderer.Concise));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_wrong_example_has_no_error_but_its_own(string code)
    {
        var others = Compile(DiagnosticCatalog.Find(code)!.Wrong, code).Where(d => d.Severity == Severity.Error && d.Code != code);
        // The limit of errors needs errors.
        Assert.Empty(others.Where(d => code != "P3101").Select(DiagnosticRenderer.Concise));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_code_has_a_golden_text(string code)
    {
        var found = Compile(DiagnosticCatalog.Find(code)!.Wrong, code).Where(d => d.Code == code).Take(3);
        Golden.Check($"codes/{code}.txt", string.Join('\n', found.Select(d => DiagnosticRenderer.Human(d))));
    }

    [Fact]
    public void Every_code_in_the_source_has_an_entry_and_every_entry_a_place_in_the_source()
    {
        var room = System.IO.Path.Combine(Here(), "..", "..", "..", "src", "PolicyEngine.Language");
        var files = new[] { "Binding", "Checks" }.SelectMany(f => Directory.EnumerateFiles(System.IO.Path.Combine(room, f), "*.cs", SearchOption.AllDirectories));
        var written = files.SelectMany(f => CodeText().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).ToHashSet();
        Assert.Equal(written.Order(StringComparer.Ordinal), Own);
    }

    [Fact]
    public void Texts_keep_the_house_style()
    {
        foreach (var diagnostic in Own.SelectMany(c => Compile(DiagnosticCatalog.Find(c)!.Wrong, c)).Where(d => d.Code[1] != '1'))
        {
            Assert.False(diagnostic.Message.EndsWith('.'), diagnostic.Message);
            Assert.True(char.IsLower(diagnostic.Message[0]) || diagnostic.Message[0] == '`', diagnostic.Message);
            Assert.DoesNotMatch(Forbidden(), diagnostic.Message + diagnostic.Label + diagnostic.Help);
            Assert.NotNull(diagnostic.Span.Source);
        }
    }

    internal static IReadOnlyList<Diagnostic> Compile(string text, string code) =>
        Example.Compile(text, smallLimits: code.StartsWith("P31", StringComparison.Ordinal)).Diagnostics;

    private static string Here([CallerFilePath] string here = "") => System.IO.Path.GetDirectoryName(here)!;

    [GeneratedRegex("\"(P[234]\\d{3})\"")]
    private static partial Regex CodeText();

    [GeneratedRegex("\\b(invalid|illegal|token|null reference|exception type|nullable|string)\\b", RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();
}
