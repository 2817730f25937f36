using PolicyEngine.Language.Diagnostics;

namespace PolicyEngine.Language.Tests.Syntax;

/// <summary>Texts with typical mistakes; the whole answer to each stands beside it.</summary>
public sealed class MistakeTests
{
    public static TheoryData<string> Cases => [.. TestCases.Find("mistakes")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_is_answered_in_the_authors_words(string name)
    {
        var source = TestCases.Read(name);
        var diagnostics = CatalogTests.Read(source.Text).Select(d => DiagnosticRenderer.Human(d)).ToList();
        Assert.NotEmpty(diagnostics);
        Golden.Check(System.IO.Path.ChangeExtension(name, ".txt"), string.Join('\n', diagnostics));
    }
}
