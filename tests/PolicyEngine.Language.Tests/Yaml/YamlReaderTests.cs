using CsCheck;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml;

namespace PolicyEngine.Language.Tests.Yaml;

public sealed class YamlReaderTests
{
    [Fact]
    public void Nodes_know_where_they_stand()
    {
        var root = Mapping("title: A rule\nlist:\n  - one\n  - 'two'\nflow: {a: [1, 2]}\n");
        Assert.Equal("title: A rule\nlist:\n  - one\n  - 'two'\nflow: {a: [1, 2]}", root.Span.Text);
        Assert.Equal("- one\n  - 'two'", root["list"]!.Span.Text);
        Assert.Equal("{a: [1, 2]}", root["flow"]!.Span.Text);
        Assert.Equal("'two'", ((YamlSequence)root["list"]!).Items[1].Span.Text);
        Assert.Equal((4, 5), root.Span.Source!.Position(((YamlSequence)root["list"]!).Items[1].Span.Start));
        Assert.True(((YamlMapping)root["flow"]!).Flow);
        Assert.False(root.Flow);
    }

    [Theory]
    [InlineData("a: x > 1", ScalarStyle.Plain, "x > 1", "x > 1")]
    [InlineData("a: 'it''s so'", ScalarStyle.SingleQuoted, "it's so", "it''s so")]
    [InlineData("a: \"x\\ty\"", ScalarStyle.DoubleQuoted, "x\ty", "x\\ty")]
    [InlineData("a: |\n  one\n  two\nb: c", ScalarStyle.Literal, "one\ntwo\n", "one\n  two")]
    [InlineData("a: >- # why\n  one\n  two\nb: c", ScalarStyle.Folded, "one two", "one\n  two")]
    [InlineData("a:\nb: c", ScalarStyle.Plain, "", "")]
    public void Scalars_keep_their_style_and_their_content(string text, ScalarStyle style, string value, string content)
    {
        var scalar = Assert.IsType<YamlScalar>(Mapping(text)["a"]);
        Assert.Equal(style, scalar.Style);
        Assert.Equal(value, scalar.Value);
        Assert.Equal(content, scalar.Content.Text);
    }

    [Theory]
    [InlineData("a: x and y", "y", "y")]
    [InlineData("a: 'it''s here'", "s here", "s here")]
    [InlineData("a: 'it''s here'", "'", "''")]
    [InlineData("a: \"x\\u0041y\"", "A", "\\u0041")]
    [InlineData("a: \"x\\U0001F600y\"", "y", "y")]
    [InlineData("a: \"one \\\n   two\"", "two", "two")]
    [InlineData("a: |\n  one\n    two\n\n  three\n", "three", "three")]
    [InlineData("a: >\n  one\n  two\n\n  three four\n", "three four", "three four")]
    [InlineData("a: one\n  two\n  three four", "four", "four")]
    [InlineData("a: >-\n  one\n  two", "one two", "one\n  two")]
    [InlineData("a: \"one\n   two\"", "two", "two")]
    [InlineData("é😀: \"é😀 x\"", "x", "x")]
    public void A_place_in_the_value_is_a_place_in_the_source(string text, string part, string written)
    {
        var scalar = (YamlScalar)Mapping(text).Pairs[0].Value;
        Assert.Equal(written, scalar.SpanOf(scalar.Value.IndexOf(part, StringComparison.Ordinal), part.Length).Text);
    }

    [Theory]
    [InlineData("a:", true)]
    [InlineData("a: ~", true)]
    [InlineData("a: null", true)]
    [InlineData("a: ''", false)]
    [InlineData("a: 'null'", false)]
    [InlineData("a: nothing", false)]
    public void Null_is_what_is_not_written_or_written_plainly(string text, bool isNull) =>
        Assert.Equal(isNull, Assert.IsType<YamlScalar>(Mapping(text)["a"]).IsNull);

    [Fact]
    public void A_file_may_hold_many_documents_and_empty_ones()
    {
        var file = Read("a: 1\n---\n---\nb: 2\n...\n");
        Assert.Empty(file.Diagnostics);
        Assert.Equal(["a: 1", null, "b: 2"], file.Documents.Select(d => d.Root?.Span.Text));
        Assert.Empty(Read("").Documents);
        Assert.Empty(Read("# only a word\n").Documents);
    }

    [Fact]
    public void Comments_are_found_outside_of_values()
    {
        var file = Read("# first\na: 'no # comment' # second\nb: | # third\n  # text\n  more\nc: x#y\n# last");
        Assert.Equal(["# first", "# second", "# third", "# last"], file.Comments.Select(c => c.Text));
        Assert.Equal([true, false, false, true], file.Comments.Select(c => c.OwnLine));
        Assert.All(file.Comments, c => Assert.Equal(c.Text, c.Span.Text));
    }

    [Fact]
    public void Lines_may_end_in_both_ways()
    {
        var root = Mapping("a: |\r\n  one\r\n  two\r\nb: 'x'\r\n");
        Assert.Equal("one\ntwo\n", ((YamlScalar)root["a"]!).Value);
        Assert.Equal("two", ((YamlScalar)root["a"]!).SpanOf(4, 3).Text);
        Assert.Equal("'x'", root["b"]!.Span.Text);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("&a [")]
    [InlineData("\"")]
    [InlineData("a: b: ")]
    public void Depth_without_end_is_an_error_and_nothing_worse(string piece) =>
        Assert.NotEmpty(Read(string.Concat(Enumerable.Repeat(piece, 100_000))).Diagnostics);

    [Fact]
    public void A_bomb_of_aliases_is_a_list_of_errors()
    {
        var bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n";
        Assert.Equal(["P5006"], Read(bomb).Diagnostics.Select(d => d.Code).Distinct());
        Assert.Equal(7, Read(bomb).Diagnostics.Count);
    }

    [Fact]
    public void Depth_may_go_to_the_limit_and_not_one_further()
    {
        var most = YamlLimits.Default.Depth;
        Assert.Empty(Read(new string('[', most) + new string(']', most)).Diagnostics);
        Assert.Equal(["P5011"], Read(new string('[', most + 1) + new string(']', most + 1)).Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void No_text_makes_the_reader_throw() => Gen.Char["ab:-#|>'\"[]{},&*!%@`?~<\\\t\n \r1é\u0085\u2028\ud83d"].Array[0, 60].Sample(signs =>
    {
        var file = Read(new string(signs));
        foreach (var diagnostic in file.Diagnostics) Assert.InRange(diagnostic.Span.End, diagnostic.Span.Start, signs.Length);
        foreach (var document in file.Documents) Walk(document.Root, signs.Length);
        Assert.All(file.Comments, c => Assert.StartsWith("#", c.Text, StringComparison.Ordinal));
    }, iter: 20_000);

    private static void Walk(YamlNode? node, int length)
    {
        if (node is null) return;
        Assert.InRange(node.Span.End, node.Span.Start, length);
        if (node is YamlScalar scalar) Assert.InRange(scalar.SpanOf(0, scalar.Value.Length).End, scalar.Span.Start, length);
        foreach (var item in (node as YamlSequence)?.Items ?? []) Walk(item, length);
        foreach (var pair in (node as YamlMapping)?.Pairs ?? []) Walk(pair.Value, length);
    }

    private static YamlMapping Mapping(string text)
    {
        var file = Read(text);
        Assert.Empty(file.Diagnostics);
        return Assert.IsType<YamlMapping>(Assert.Single(file.Documents).Root);
    }

    private static YamlFile Read(string text) => YamlReader.Read(new SourceText("example.yml", text));
}
