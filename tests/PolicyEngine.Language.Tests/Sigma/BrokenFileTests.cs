using CsCheck;
using PolicyEngine.Language.Diagnostics;

namespace PolicyEngine.Language.Tests.Sigma;

/// <summary>Sigma files that are no good YAML, or mean harm: a message with its place, never an exception.</summary>
public sealed class BrokenFileTests
{
    private const string Rule = "title: A login\nlogsource: {product: shop}\ndetection:\n  s:\n    user: admin\n    ip: ['10.0.0.1', '10.0.0.2']\n  condition: s\n";

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["tab"] = Rule.Replace("    user", "\tuser", StringComparison.Ordinal),
        ["indentation"] = Rule.Replace("    ip", "   ip", StringComparison.Ordinal),
        ["twice"] = Rule.Replace("    ip:", "    user:", StringComparison.Ordinal),
        ["open"] = Rule.Replace("'10.0.0.2']", "'10.0.0.2'", StringComparison.Ordinal),
        ["brace"] = Rule.Replace("shop}", "shop", StringComparison.Ordinal),
        ["tab_in_brackets"] = Rule.Replace("'10.0.0.1', ", "\n\tuser,\n\t", StringComparison.Ordinal),
        ["alias"] = "detection:\n  s: &a {user: admin}\n  t: *a\n  condition: s or t\nlogsource: {product: shop}\n",
        ["bomb"] = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ndetection: {s: {user: [*c, *c]}, condition: s}\nlogsource: {product: shop}\n",
    };

    public static TheoryData<string> Names => [.. Texts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_wrong_is_said_at_its_place(string name)
    {
        var found = CatalogTests.Read(Texts[name]);
        Assert.Contains(found, d => d.Severity == Severity.Error);
        Golden.Check($"sigma/{name}.txt", string.Join('\n', found.Take(3).Select(d => DiagnosticRenderer.Human(d))));
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void A_hundred_thousand_levels_are_one_message(char bracket)
    {
        var found = CatalogTests.Read("detection:\n  s: " + new string(bracket, 100_000));
        Assert.Contains(found, d => d.Code == "P5011" && d.Span.Source!.Position(d.Span.Start).Line == 2);
    }

    [Fact]
    public void A_rule_with_any_of_its_signs_changed_has_messages_in_its_own_text_only()
    {
        string[] signs = ["\t", "\n", "  ", "*a", "&a ", "'", "\"", "[", "}", ": ", "- ", "|", "%", "---\n", "\0", ""];
        Gen.Int[0, Rule.Length - 1].Select(Gen.Int[0, signs.Length - 1]).Array[1, 6].Sample(changes =>
        {
            var text = Rule;
            foreach (var (at, sign) in changes) text = text[..Math.Min(at, text.Length)] + signs[sign] + text[Math.Min(at + 1, text.Length)..];
            foreach (var diagnostic in CatalogTests.Read(text)) Assert.InRange(diagnostic.Span.End, diagnostic.Span.Start, text.Length);
        }, iter: 3_000);
    }
}
