using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Tests.Syntax;

public sealed class LiteralTests
{
    [Theory]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("250ms", 250)]
    [InlineData("2w", 1_209_600_000)]
    [InlineData("1d1s", 86_401_000)]
    public void A_duration_is_milliseconds(string text, long milliseconds) => Assert.Equal(milliseconds, Read<DurationLiteral>(text).Milliseconds);

    [Theory]
    [InlineData("80%", 0.8)]
    [InlineData("0.5%", 0.005)]
    [InlineData("29%", 0.29)]
    [InlineData("0.07%", 0.0007)]
    [InlineData("100%", 1)]
    public void A_share_is_the_nearest_number_to_what_is_written(string text, double value) => Assert.Equal(value, Read<ShareLiteral>(text).Value);

    [Theory]
    [InlineData("512KiB", 524_288)]
    [InlineData("4GB", 4_000_000_000)]
    public void A_size_is_bytes(string text, long bytes) => Assert.Equal(bytes, Read<SizeLiteral>(text).Bytes);

    [Theory]
    [InlineData("2027-01-01", "2027-01-01T00:00:00Z")]
    [InlineData("2027-01-01T09:00Z", "2027-01-01T09:00:00Z")]
    [InlineData("2027-01-01T09:00:00.2509+02:00", "2027-01-01T07:00:00.250Z")]
    public void A_moment_is_milliseconds_of_world_time(string text, string moment) =>
        Assert.Equal(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(), Read<MomentLiteral>(text).Milliseconds);

    [Theory]
    [InlineData("\"say \\\"hi\\\"\\n\\t\\\\\\u{1F600}\"", "say \"hi\"\n\t\\\U0001F600")]
    [InlineData("\"\"", "")]
    public void A_text_has_its_escapes_resolved(string text, string value) => Assert.Equal(value, Read<TextLiteral>(text).Value);

    [Fact]
    public void A_pattern_is_raw() => Assert.Equal(@"^it's\d", Read<PatternLiteral>(@"'^it''s\d'").Value);

    [Theory]
    [InlineData("10.0.0.0/8", 8)]
    [InlineData("::/0", 0)]
    public void A_network_has_its_length(string text, int length) => Assert.Equal(length, Read<CidrLiteral>(text).PrefixLength);

    [Theory]
    [InlineData("1_000_000", 1_000_000)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void A_whole_number_is_exact(string text, long value) => Assert.Equal(value, Read<NumberLiteral>(text).Integer);

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("010.0.0.1")]
    [InlineData("1.2.3.256")]
    [InlineData("10.0.0.0/33")]
    [InlineData("::/129")]
    [InlineData("2027-02-29")]
    [InlineData("2027-01-01T24:00Z")]
    [InlineData("99999999999999999w")]
    [InlineData("9999999999999TiB")]
    public void A_literal_that_stands_for_nothing_is_an_error(string text) =>
        Assert.Equal(["P1023"], PolicyParser.ParseExpression(new SourceText("a", text)).Diagnostics.Select(d => d.Code));

    [Fact]
    public void A_template_has_texts_and_holes_with_places_in_the_file()
    {
        const string text = "rule r on each e then observe because \"{{a}} {x + f(\\\"}\\\")} \\u{41} {y.z}\"";
        var rule = Assert.IsType<RuleStatement>(Assert.Single(PolicyParser.Parse(new SourceText("a", text)).File.Statements));
        var (parts, diagnostics) = PolicyParser.ParseTemplate(rule.Body!.Because!);
        Assert.Empty(diagnostics);
        Assert.Equal(["{a} ", "{x + f(\\\"}\\\")}", " A ", "{y.z}"], parts.Select(p => p.Text ?? p.Span.Text));
        var call = Assert.IsType<CallSyntax>(Assert.IsType<ArithmeticSyntax>(parts[1].Hole).Right);
        Assert.Equal("}", Assert.IsType<TextLiteral>(call.Arguments[0]).Value);
        Assert.Equal("f(\\\"}\\\")", call.Span.Text);
    }

    [Theory]
    [InlineData("{a", "P1026")]
    [InlineData("a}", "P1026")]
    [InlineData("{ }", "P1026")]
    [InlineData("{a b}", "P1001")]
    [InlineData("{1 +}", "P1001")]
    public void A_template_with_a_mistake_says_where(string template, string code)
    {
        var source = new SourceText("a", $"\"{template}\"");
        var diagnostic = Assert.Single(PolicyParser.ParseTemplate(new TextLiteral(new TextSpan(source, 0, source.Text.Length), template)).Diagnostics);
        Assert.Equal(code, diagnostic.Code);
        Assert.InRange(diagnostic.Span.Start, 1, source.Text.Length - 1);
    }

    [Theory]
    [InlineData("cot_shares", "cot_share")]
    [InlineData("sevrity", "severity")]
    [InlineData("thne", "then")]
    [InlineData("xyz", null)]
    [InlineData("a", null)]
    public void The_nearest_word_is_offered_when_it_is_near(string word, string? nearest) =>
        Assert.Equal(nearest, Suggestion.Nearest(word, ["cot_share", "severity", "then", "b"]));

    private static T Read<T>(string text) where T : ExpressionSyntax
    {
        var result = PolicyParser.ParseExpression(new SourceText("a", text));
        Assert.Empty(result.Diagnostics);
        return Assert.IsType<T>(result.Expression);
    }
}
