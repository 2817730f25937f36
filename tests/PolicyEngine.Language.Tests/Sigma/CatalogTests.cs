using System.Text.RegularExpressions;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Tests.Sigma;

public sealed partial class CatalogTests
{
    public static TheoryData<string> Codes => [.. Own];

    private static IEnumerable<string> Own => DiagnosticCatalog.All.Select(e => e.Code).Where(c => c.StartsWith("P60", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_wrong_example_has_the_code_alone_and_the_right_one_says_nothing(string code)
    {
        var entry = DiagnosticCatalog.Find(code)!;
        var found = Read(entry.Wrong);
        Assert.Equal([code], found.Select(d => d.Code).Distinct());
        Assert.All(found, d => Assert.Equal(entry.Severity, d.Severity));
        Assert.Empty(Read(entry.Right).Select(DiagnosticRenderer.Concise));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_code_has_a_golden_text(string code)
    {
        var found = Read(DiagnosticCatalog.Find(code)!.Wrong).Where(d => d.Code == code).Take(3);
        Golden.Check($"codes/{code}.txt", string.Join('\n', found.Select(d => DiagnosticRenderer.Human(d))));
    }

    [Fact]
    public void Every_code_of_the_room_has_an_entry()
    {
        var codes = typeof(DiagnosticCatalog).Assembly.GetType("PolicyEngine.Language.Sigma.SigmaCodes")!.GetFields()
            .Select(f => (string)f.GetRawConstantValue()!).Order(StringComparer.Ordinal);
        Assert.Equal(Own, codes);
    }

    [Fact]
    public void Texts_keep_the_house_style()
    {
        foreach (var diagnostic in Own.SelectMany(c => Read(DiagnosticCatalog.Find(c)!.Wrong)))
        {
            Assert.False(diagnostic.Message.EndsWith('.'), diagnostic.Message);
            Assert.DoesNotMatch(Forbidden(), diagnostic.Message + diagnostic.Label + diagnostic.Help);
            Assert.NotNull(diagnostic.Span.Source);
        }
    }

    internal static IReadOnlyList<Diagnostic> Read(string text) => PolicyCompilation.Compile([new SourceText("example.yml", text)]).Diagnostics;

    [GeneratedRegex("\\b(invalid|illegal|token|scalar|node|stream|exception|string)\\b", RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();
}
