using System.Text.RegularExpressions;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml;

namespace PolicyEngine.Language.Tests.Yaml;

public sealed partial class CatalogTests
{
    public static TheoryData<string> Codes => [.. Own];

    private static IEnumerable<string> Own => DiagnosticCatalog.All.Select(e => e.Code).Where(c => c.StartsWith("P50", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_wrong_example_has_the_code_alone_and_the_right_one_has_no_error(string code)
    {
        var entry = DiagnosticCatalog.Find(code)!;
        // The last of many errors says how many were left out; they are of another code.
        var others = Read(entry.Wrong).Select(d => d.Code).Where(c => code != "P5013" || c == code).Distinct();
        Assert.Equal([code], others);
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
        var codes = typeof(YamlReader).Assembly.GetType("PolicyEngine.Language.Yaml.YamlCodes")!.GetFields()
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
        }
    }

    private static IReadOnlyList<Diagnostic> Read(string text) => YamlReader.Read(new SourceText("example.yml", text)).Diagnostics;

    [GeneratedRegex("\\b(invalid|illegal|token|scalar|node|stream|exception)\\b", RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();
}
