using System.Text.RegularExpressions;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Tests.Syntax;

public sealed class CatalogTests
{
    public static TheoryData<string> Codes => [.. DiagnosticCatalog.All.Select(e => e.Code).Where(c => c.StartsWith("P1", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_wrong_example_of_a_code_has_it_and_the_right_one_has_no_error(string code)
    {
        var entry = DiagnosticCatalog.Find(code)!;
        Assert.Contains(code, Read(entry.Wrong).Select(d => d.Code));
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
    public void Every_code_of_the_syntax_room_has_an_entry()
    {
        var codes = typeof(PolicyParser).Assembly.GetType("PolicyEngine.Language.Syntax.Reading.SyntaxCodes")!.GetFields()
            .Select(f => (string)f.GetRawConstantValue()!).ToList();
        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.NotNull(DiagnosticCatalog.Find(code)));
        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    [Fact]
    public void Texts_keep_the_house_style()
    {
        foreach (var diagnostic in DiagnosticCatalog.All.Where(e => e.Code.StartsWith("P1", StringComparison.Ordinal)).SelectMany(e => Read(e.Wrong).Take(3)))
        {
            Assert.False(diagnostic.Message.EndsWith('.'), diagnostic.Message);
            Assert.DoesNotMatch(new Regex("\\b(invalid|illegal|token|EOF|ANTLR|context)\\b", RegexOptions.IgnoreCase), diagnostic.Message + diagnostic.Label + diagnostic.Help);
            Assert.True(diagnostic.Label is not null || diagnostic.Help is not null || diagnostic.Code == "P1022", $"{diagnostic.Code} says nothing but what is wrong");
        }
    }

    internal static IReadOnlyList<Diagnostic> Read(string text)
    {
        var result = PolicyParser.Parse(new SourceText("example.policy", text));
        var templates = result.File.Statements.OfType<RuleStatement>().Select(r => r.Body?.Because).OfType<TextLiteral>();
        return [.. result.Diagnostics, .. templates.SelectMany(t => PolicyParser.ParseTemplate(t).Diagnostics)];
    }
}
