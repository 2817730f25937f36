using System.Text.Json;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Tests.Syntax;

public sealed class RendererTests
{
    private static Diagnostic At(string text, string place, string label = "here") =>
        new("P9999", Severity.Error, "something is odd", Span(new SourceText("rules/a.policy", text), place)) { Label = label };

    private static TextSpan Span(SourceText source, string place) => new(source, source.Text.IndexOf(place, StringComparison.Ordinal), place.Length);

    [Fact]
    public void The_form_for_people_shows_the_line_the_mark_help_and_note() => Assert.Equal("""
        error[P9999]: something is odd
          --> rules/a.policy:10:8
           |
        10 |   when cot_shares >= 80%
           |        ^^^^^^^^^^ did you mean `cot_share`?
           |
           = help: look again
           = note: it was renamed
           = fix: write `cot_share`

        """.ReplaceLineEndings("\n"), DiagnosticRenderer.Human(At(new string('\n', 9) + "  when cot_shares >= 80%\n", "cot_shares", "did you mean `cot_share`?") with
        {
            Help = "look again",
            Note = "it was renamed",
            Fix = new Fix("write `cot_share`", [], true),
        }));

    [Fact]
    public void Related_places_are_marked_with_dashes_on_their_own_lines()
    {
        var diagnostic = At("let a = 1\n\nlet b = 2\n\n\n\nlet a = 3\n", "a = 3", "a second time");
        var text = DiagnosticRenderer.Human(diagnostic with { Related = [new RelatedPlace(Span(diagnostic.Span.Source!, "a = 1"), "first here"), new RelatedPlace(Span(diagnostic.Span.Source!, "b"), "and this")] });
        Assert.Equal("""
            error[P9999]: something is odd
             --> rules/a.policy:7:5
              |
            1 | let a = 1
              |     ----- first here
            2 |
            3 | let b = 2
              |     - and this
            ...
            7 | let a = 3
              |     ^^^^^ a second time

            """.ReplaceLineEndings("\n"), text);
    }

    [Fact]
    public void A_related_place_on_the_same_line_hangs_its_label_below()
    {
        var diagnostic = At("  when account_age < 7\n", "7", "a plain number");
        var text = DiagnosticRenderer.Human(diagnostic with { Related = [new RelatedPlace(Span(diagnostic.Span.Source!, "account_age"), "a duration")] });
        Assert.Equal("""
            error[P9999]: something is odd
             --> rules/a.policy:1:22
              |
            1 |   when account_age < 7
              |        -----------   ^ a plain number
              |        |
              |        a duration

            """.ReplaceLineEndings("\n"), text);
    }

    [Fact]
    public void A_related_place_in_another_file_has_its_own_heading()
    {
        var other = new SourceText("rules/b.policy", "entity a\n");
        var text = DiagnosticRenderer.Human(At("entity a\n", "a") with { Related = [new RelatedPlace(Span(other, "a"), "the other one")] });
        Assert.Contains(" ::: rules/b.policy:1:8\n  |\n1 | entity a\n  |        - the other one\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\twhen x\n", "x", "1 |     when x\n  |          ^ here\n")]
    [InlineData("  \twhen x\n", "x", "1 |     when x\n  |          ^ here\n")]
    [InlineData("let a = \"日本\" x\n", "x", "1 | let a = \"日本\" x\n  |                ^ here\n")]
    [InlineData("let a = \"日本\"\n", "\"日本\"", "1 | let a = \"日本\"\n  |         ^^^^^^ here\n")]
    [InlineData("e\u0301 x\n", "x", "1 | e\u0301 x\n  |   ^ here\n")]
    [InlineData("\"\u001b[31m\u202e\" x\n", "x", "1 | \"\uFFFD[31m\uFFFD\" x\n  |          ^ here\n")]
    [InlineData("a\r\nx\r\n", "x", "2 | x\n  | ^ here\n")]
    public void Marks_stand_under_what_they_mean(string text, string place, string excerpt) =>
        Assert.Contains(excerpt, DiagnosticRenderer.Human(At(text, place)), StringComparison.Ordinal);

    [Fact]
    public void A_long_line_is_cut_around_the_mark()
    {
        var text = DiagnosticRenderer.Human(At(new string('a', 500) + " x " + new string('b', 500), "x"), new RenderOptions(Width: 30));
        Assert.Contains("1 | …aaaaaaaaa x bbbbbbbbbbbbbbbbbb…\n  |            ^ here\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_at_the_end_of_the_text_is_marked() =>
        Assert.Contains("1 | let a =\n  |        ^ here\n", DiagnosticRenderer.Human(At("let a =", "let a =") with { Span = new TextSpan(new SourceText("a", "let a ="), 7, 0) }), StringComparison.Ordinal);

    [Fact]
    public void There_is_no_escape_sequence_unless_asked_for()
    {
        Assert.DoesNotContain('\e', DiagnosticRenderer.Human(At("let x = 1", "x")));
        Assert.Contains("\e[1;31merror[P9999]\e[0m", DiagnosticRenderer.Human(At("let x = 1", "x"), new RenderOptions(Colour: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_concise_form_is_one_line() =>
        Assert.Equal("rules/a.policy:2:5: error P9999: something is odd", DiagnosticRenderer.Concise(At("\nlet x = 1", "x")));

    [Fact]
    public void A_diagnostic_without_a_place_has_only_its_message()
    {
        var diagnostic = new Diagnostic("P9999", Severity.Warning, "no rule has a test", TextSpan.None) { Help = "write one" };
        Assert.Equal("warning[P9999]: no rule has a test\n  = help: write one\n", DiagnosticRenderer.Human(diagnostic));
        Assert.Equal("warning P9999: no rule has a test", DiagnosticRenderer.Concise(diagnostic));
    }

    [Fact]
    public void The_form_for_programs_has_ranges_notes_and_fixes()
    {
        var diagnostic = At("let x = 1\n", "x");
        var json = DiagnosticRenderer.Json([diagnostic with { Help = "h", Fix = new Fix("rename", [new TextEdit(diagnostic.Span, "y")], true), Related = [new RelatedPlace(diagnostic.Span, "r")] }]);
        using var document = JsonDocument.Parse(json);
        var one = document.RootElement[0];
        Assert.Equal("P9999", one.GetProperty("code").GetString());
        Assert.Equal("error", one.GetProperty("severity").GetString());
        Assert.Equal("rules/a.policy", one.GetProperty("file").GetString());
        Assert.Equal(5, one.GetProperty("range").GetProperty("start").GetProperty("column").GetInt32());
        Assert.Equal(6, one.GetProperty("range").GetProperty("end").GetProperty("column").GetInt32());
        Assert.Equal("h", one.GetProperty("notes")[0].GetString());
        Assert.Equal("r", one.GetProperty("related")[0].GetProperty("message").GetString());
        Assert.True(one.GetProperty("fixes")[0].GetProperty("safe").GetBoolean());
        Assert.Equal("y", one.GetProperty("fixes")[0].GetProperty("edits")[0].GetProperty("newText").GetString());
    }
}
