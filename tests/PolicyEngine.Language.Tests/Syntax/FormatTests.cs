using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Tests.Syntax;

public sealed class FormatTests
{
    public static TheoryData<string> Cases => [.. TestCases.Find("translations"), .. TestCases.Find("syntax"), .. TestCases.Find("format")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_layout_keeps_the_tree_and_the_comments_and_is_its_own_layout(string name) => CheckFormat(TestCases.Read(name).Text);

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_layout_of_a_case_is_as_it_was(string name)
    {
        var formatted = PolicyFormatter.Format(TestCases.Read(name));
        Assert.NotNull(formatted);
        Golden.Check(System.IO.Path.ChangeExtension(name, ".formatted"), formatted);
    }

    [Fact]
    public void A_text_with_an_error_has_no_layout() => Assert.Null(PolicyFormatter.Format(new SourceText("a.policy", "rule\nlet a = 1\n")));

    [Fact]
    public void An_empty_text_stays_empty() => Assert.Equal("", PolicyFormatter.Format(new SourceText("a.policy", " \n\n")));

    [Fact]
    public void A_text_of_comments_stays_as_it_is()
    {
        const string text = "-- one\n-- two\n\n-- three\n";
        Assert.Equal(text, PolicyFormatter.Format(new SourceText("a.policy", text)));
    }

    internal static void CheckFormat(string text)
    {
        var before = PolicyParser.Parse(new SourceText("before.policy", text));
        Assert.Empty(before.Diagnostics.Select(d => DiagnosticRenderer.Human(d)));
        var formatted = PolicyFormatter.Format(before.File);
        var after = PolicyParser.Parse(new SourceText("after.policy", formatted));
        Assert.True(after.Diagnostics.Count == 0, formatted + string.Concat(after.Diagnostics.Select(d => DiagnosticRenderer.Human(d))));
        Assert.Equal(TreeDump.Of(before.File), TreeDump.Of(after.File));
        Assert.Equal(before.File.Comments.Select(c => c.Text), after.File.Comments.Select(c => c.Text));
        Assert.Equal(formatted, PolicyFormatter.Format(after.File));
    }
}
