using CsCheck;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml.Spelling;

namespace PolicyEngine.Language.Tests.Yaml;

/// <summary>Every mistake gets a message at its place in the YAML, and none an exception.</summary>
public sealed class SpellingErrorTests
{
    private const string Head = "- pack: logins\n- entity: account\n- event: login\n  fields: {account: account, attempts: integer}\n";

    private static readonly string[] Inserts =
    [
        "", " ", "\t", "\n", ":", "- ", "'", "\"", "[", "{", "}", "#", "&a ", "*a", "|\n", ">-\n", "and", "--", "\\", "é", "\0",
    ];

    public static TheoryData<string> Mistakes => [.. TestCases.Find("yaml", "*.policy.yaml")];

    public static TheoryData<string> Codes => [.. Own];

    private static IEnumerable<string> Own => DiagnosticCatalog.All.Select(e => e.Code).Where(c => c.StartsWith("P51", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistakes_have_messages_at_their_place(string name)
    {
        var source = TestCases.Read(name);
        var found = PolicyCompilation.Compile([source]).Diagnostics;
        Assert.All(found, d => Assert.Same(source, d.Span.Source));
        Golden.Check(System.IO.Path.ChangeExtension(name, ".txt"), string.Join('\n', found.Select(d => DiagnosticRenderer.Human(d))));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_code_has_a_golden_text_and_a_right_example(string code)
    {
        var entry = DiagnosticCatalog.Find(code)!;
        var wrong = Read(entry.Wrong);
        Assert.Equal([code], wrong.Select(d => d.Code).Distinct());
        Assert.Empty(Read(entry.Right).Select(DiagnosticRenderer.Concise));
        Golden.Check($"codes/{code}.txt", string.Join('\n', wrong.Select(d => DiagnosticRenderer.Human(d))));
    }

    [Fact]
    public void Every_code_of_the_room_has_an_entry() => Assert.Equal(
        Own.Order(StringComparer.Ordinal),
        typeof(PolicyYaml).Assembly.GetType("PolicyEngine.Language.Yaml.Spelling.SpellingCodes")!.GetFields()
            .Select(f => (string)f.GetRawConstantValue()!).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("P5011", 100_000)]
    public void Depth_is_refused_at_its_place(string code, int depth)
    {
        var found = Assert.Single(Read(Head + "- list: x\n  type: text\n  entries: " + new string('[', depth)));
        Assert.Equal((code, 7), (found.Code, found.Span.Source!.Position(found.Span.Start).Line));
    }

    [Fact]
    public void A_mebibyte_is_enough() => Assert.Equal("P5012", Assert.Single(Read("# " + new string('x', 1 << 20))).Code);

    [Fact]
    public void A_fix_changes_the_yaml()
    {
        var source = new SourceText("a.policy.yaml", Head + "- rule: many\n  on: each login\n  when: atempts > 3\n  then: observe\n");
        var fix = PolicyCompilation.Compile([source]).Diagnostics.Select(d => d.Fix).First(f => f is not null)!;
        var edit = Assert.Single(fix.Edits);
        Assert.Equal("attempts", edit.NewText);
        Assert.Equal("atempts", edit.Span.Text);
        Assert.Same(source, edit.Span.Source);
    }

    [Fact]
    public void Broken_yaml_never_throws_and_every_place_lies_in_it()
    {
        var texts = TestCases.Find("yaml", "*.policy.yaml").Select(n => TestCases.Read(n).Text).ToList();
        Gen.Select(Gen.Int[0, texts.Count - 1], Gen.Int[0, 2000], Gen.Int[0, Inserts.Length - 1].Select(i => Inserts[i]), Gen.Int[0, 9])
            .Sample((which, at, insert, drop) =>
            {
                var text = texts[which];
                at = Math.Min(at, text.Length);
                var changed = text[..at] + insert + text[Math.Min(text.Length, at + drop)..];
                foreach (var diagnostic in PolicyCompilation.Compile([new SourceText("a.policy.yaml", changed)]).Diagnostics)
                {
                    var span = diagnostic.Span;
                    Assert.True(span.Source is null || (span.Start >= 0 && span.Length >= 0 && span.End <= changed.Length), diagnostic.Message);
                    DiagnosticRenderer.Human(diagnostic);
                }
            }, iter: 3000);
    }

    private static IReadOnlyList<Diagnostic> Read(string text) => PolicyParser.Parse(new SourceText("example.policy.yaml", text)).Diagnostics;
}
