using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Tests.Syntax;

public sealed class ConformanceTests
{
    public static TheoryData<string> Cases => [.. TestCases.Find("translations"), .. TestCases.Find("syntax")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_policy_of_the_design_has_no_syntax_error(string name)
    {
        var result = PolicyParser.Parse(TestCases.Read(name));
        Assert.Empty(result.Diagnostics.Select(d => $"{d.Span.Source!.Position(d.Span.Start)} {d.Code} {d.Message}"));
        Assert.NotEmpty(result.File.Statements);
    }
}
