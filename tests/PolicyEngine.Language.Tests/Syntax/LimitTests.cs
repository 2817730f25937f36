using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Tests.Syntax;

public sealed class LimitTests
{
    private static readonly ParseLimits Limits = ParseLimits.Default;

    [Theory]
    [InlineData("", "(", "1", ")")]
    [InlineData("", "f(", "1", ")")]
    [InlineData("", "[", "1", "]")]
    [InlineData("", "not ", "a", "")]
    [InlineData("", "- ", "a", "")]
    [InlineData("a", " + a", "", "")]
    [InlineData("a", " * a", "", "")]
    [InlineData("", "at least 1 of (", "a", ")")]
    public void Nesting_may_go_to_the_limit_and_not_one_further(string before, string open, string middle, string close)
    {
        // What stands innermost is a level of its own, except within a list, whose items are no expressions.
        var most = open == "[" ? Limits.Depth : Limits.Depth - 1;
        Assert.Empty(Codes($"let x = {before}{Repeat(open, most)}{middle}{Repeat(close, most)}\n"));
        Assert.Equal(["P1020"], Codes($"let x = {before}{Repeat(open, most + 1)}{middle}{Repeat(close, most + 1)}\n"));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("not ")]
    [InlineData("- ")]
    [InlineData("f(")]
    [InlineData("a + ")]
    [InlineData("a and not (")]
    [InlineData("at least 1 of (")]
    [InlineData("(\nlabel x of (")]
    [InlineData("(\nrule x (")]
    [InlineData("(\nevent and (")]
    [InlineData("given {a:{")]
    public void Depth_without_end_is_an_error_and_nothing_worse(string piece)
    {
        Assert.NotEmpty(Codes("let x = " + Repeat(piece, 20_000)));
        Assert.NotEmpty(Codes("rule r on each e when " + Repeat(piece, 20_000)));
        Assert.NotEmpty(Codes("test \"t\" given e " + Repeat(piece, 20_000)));
    }

    [Fact]
    public void A_source_may_have_a_mebibyte_and_not_one_more()
    {
        var rest = Limits.SourceBytes - "let x = 1\n--é".Length - 1;
        Assert.Empty(Codes($"let x = 1\n--é{new string('x', rest)}"));
        Assert.Equal(["P1021"], Codes($"let x = 1\n--é{new string('x', rest + 1)}"));
    }

    [Fact]
    public void A_source_may_have_so_many_words_and_not_one_more()
    {
        Assert.Empty(Codes(Repeat("let x = 1 ", Limits.Tokens / 4)));
        Assert.Equal(["P1021"], Codes(Repeat("let x = 1 ", Limits.Tokens / 4) + "let"));
    }

    [Fact]
    public void A_thousand_diagnostics_are_shown_and_then_one_that_says_how_many_more()
    {
        Assert.Equal(Limits.Diagnostics, Codes(Repeat("let x = ;1\n", Limits.Diagnostics)).Count);
        var codes = Codes(Repeat("let x = ;1\n", Limits.Diagnostics + 1));
        Assert.Equal(Limits.Diagnostics + 1, codes.Count);
        Assert.Equal("P1022", codes[^1]);
    }

    [Fact]
    public void Limits_can_be_set() => Assert.Equal(
        ["P1020"], Codes("let x = ((1))", new ParseLimits(Depth: 2)));

    private static string Repeat(string piece, int count) => string.Concat(Enumerable.Repeat(piece, count));

    private static List<string> Codes(string text, ParseLimits? limits = null) =>
        [.. PolicyParser.Parse(new SourceText("a.policy", text), limits).Diagnostics.Select(d => d.Code)];
}
