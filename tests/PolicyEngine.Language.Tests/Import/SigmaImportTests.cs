using PolicyEngine.Language.Import;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Tests.Import;

public sealed class SigmaImportTests
{
    [Theory]
    [InlineData("s: {F: 1}, condition: s", "F = \"1\"")]
    [InlineData("s: {F: a}, condition: not (not s)", "F = \"a\" ignoring case")]
    [InlineData("s: {F: a, G: b}, t: {H: c}, condition: s and t", "F = \"a\" ignoring case and G = \"b\" ignoring case and H = \"c\" ignoring case")]
    [InlineData("s: {F: 1, G: 2}, t: {H: 3}, condition: s or t", "(F = \"1\" and G = \"2\") or H = \"3\"")]
    [InlineData("s: {F: 1}, t: {H: 3}, condition: not (s or t)", "not (F = \"1\" or H = \"3\")")]
    [InlineData("s: {F: null}, condition: s", "F is missing")]
    [InlineData("s: {F: ''}, condition: s", "F = \"\"")]
    [InlineData("s: {F|exists: true}, condition: s", "F is present or F is null")]
    [InlineData("s: {F|lt: -2.5e-3}, condition: s", "number_of(F) < -0.0025")]
    [InlineData("s: {F|gte: 1.5e20}, condition: s", "number_of(F) >= 150000000000000000000.0")]
    [InlineData("s: {F|re: \"it's\\\\d\"}, condition: s", "F matches 'it''s\\d'")]
    [InlineData("s: {F|cased: \"a\\\"\\t\\x01\\\\b\"}, condition: s", "F = \"a\\\"\\t\\u{1}\\\\b\"")]
    [InlineData("s: {F|cidr: 10.0.0.0/8}, condition: s", "ip_of(F) in 10.0.0.0/8")]
    [InlineData("s: {like: 1, cs-uri: 2, id: 3}, condition: s", "`like` = \"1\" and `cs-uri` = \"2\" and `field id` = \"3\"")]
    [InlineData("s: {F: Ⅷ}, condition: s", "F = \"Ⅷ\" ignoring case")]
    public void Conditions_are_said_as_one_would(string detection, string condition)
    {
        var made = SigmaImport.Read([new SourceText("r.yml", $"logsource: {{product: p}}\ndetection: {{{detection}}}\n")], "p", yaml: false);
        Assert.Empty(made.Diagnostics);
        Assert.Contains($"\n  when {condition}\n", made.Files[1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s: {F|re: \"a\\nb\"}, condition: s")]
    [InlineData("s: {'F`': a}, condition: s")]
    public void What_has_no_words_is_left_out_with_its_place(string detection)
    {
        var text = $"logsource: {{product: p}}\ndetection: {{s: {{F: a}}, condition: s}}\n---\ntitle: this\nlogsource: {{product: q}}\ndetection: {{{detection}}}\n";
        var made = SigmaImport.Read([new SourceText("r.yml", text)], "p", yaml: false);
        Assert.Equal((1, 2), (made.Imported, made.Found));
        Assert.Equal("this", Assert.Single(made.LeftOut).Place.Text);
        Assert.False(HasErrors(made));
    }

    [Fact]
    public void Names_of_one_word_take_no_name_that_is_there()
    {
        const string Rules = """
            name: a_b
            logsource: {product: a, service: b}
            detection: {s: {F: a}, condition: s}
            ---
            name: all
            logsource: {product: in}
            detection: {s: {in_: a}, condition: s}
            """;
        var made = SigmaImport.Read([new SourceText("r.yml", Rules)], "9 lives", yaml: false);
        Assert.StartsWith("pack _9_lives\n\nevent `a.b` from \"a.b\" { F: anything? }\n", made.Files[0].Text, StringComparison.Ordinal);
        Assert.Contains("event _in from \"in\" { in_: anything? }\n", made.Files[0].Text, StringComparison.Ordinal);
        Assert.Contains("rule `all`\n  on each _in\n", made.Files[1].Text, StringComparison.Ordinal);
        Assert.False(HasErrors(made));
    }

    private static bool HasErrors(ImportedPack made) =>
        PolicyCompilation.Compile([.. made.Files.Select((f, i) => new SourceText($"{i}.policy", f.Text))]).HasErrors;
}
