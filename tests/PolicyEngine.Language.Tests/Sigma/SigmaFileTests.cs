using CsCheck;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Sigma;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Tests.Sigma;

public sealed class SigmaFileTests
{
    private const string Rule = "title: A login of {name}\nlogsource: {product: Shop, category: login}\nlevel: high\ntags: [attack.t1110]\ndetection:\n  s: {user: admin}\n  condition: s\n";
    private const string Mapping = "use: house\nlogsources:\n  - logsource: {product: shop}\n    event: login\n    entities: {user: account}\n";
    private const string House = "pack house owner \"safety\"\nentity account\nlabel suspect of account \"looks like it\"\n";

    [Fact]
    public void A_rule_is_called_as_its_file_and_keeps_title_level_and_tags()
    {
        var rule = Assert.Single(Model(("rules/login-admin.yml", Rule)).Rules);
        Assert.Equal(("sigma", "login_admin"), (rule.Pack.Name, rule.Name));
        Assert.Equal("A login of {name}", rule.Title);
        Assert.Equal("high", rule.Metadata.Severity);
        Assert.Equal(["attack.t1110"], rule.Metadata.Tags);
    }

    [Fact]
    public void Names_that_are_taken_get_a_number_and_fields_of_a_type_are_what_all_rules_read()
    {
        var model = Model(("a/x.yml", Rule), ("b/x.yml", Rule.Replace("user: admin", "ip: '*'", StringComparison.Ordinal)));
        Assert.Equal(["x", "x_2"], model.Rules.Select(r => r.Name));
        var type = Assert.Single(model.Events);
        Assert.Equal("shop.login", type.OutsideName);
        Assert.Equal(["ip", "user"], type.Fields.Select(f => f.Name));
        Assert.All(type.Fields, f => Assert.True(f is { TakesAnything: true, Type: { Kind: TypeKind.Text, Optional: true } }));
    }

    [Fact]
    public void Policy_text_may_use_the_pack()
    {
        const string policy = "pack own owner \"safety\"\nuse sigma\nrule again \"a\" on each x then observe because \"{x}\"\n";
        var text = policy.Replace("on each x", "on each login", StringComparison.Ordinal).Replace("{x}", "{user}", StringComparison.Ordinal);
        Assert.Equal(["again", "login"], Model(("own.policy", text), ("login.yml", Rule)).Rules.Select(r => r.Name));
    }

    [Fact]
    public void Under_its_own_key_a_rule_has_responses_clauses_and_tests()
    {
        var own = "policyengine:\n  then: [label account as suspect for 30d, observe]\n  because: '{account} {ip}'\n  stage: enforce\n  once in: 1d\n  except:\n"
            + "    - {when: ip = \"10.0.0.1\", because: ours}\n  tests:\n    - test: a sign\n      given: [{event: login, fields: {user: admin, ip: 7, more: {deep: true}}}]\n"
            + "      expect: label suspect for account \"admin\" by x\n";
        var model = Model(("x.yml", Rule + own), ("map.yml", Mapping), ("house.policy", House));
        var rule = Assert.Single(model.Rules);
        Assert.Equal(2, rule.Actions.Count);
        Assert.Equal((Stage.Enforce, "high"), (rule.Metadata.Stage, rule.Metadata.Severity));
        Assert.Equal("ours", Assert.Single(rule.Exceptions).Because);
        Assert.Equal("a sign", Assert.Single(model.Packs.SelectMany(p => p.Tests)).Title);
        Assert.Equal(["ip", "more.deep", "user", "account"], Assert.Single(model.Events).Fields.Select(f => f.Name));
    }

    [Fact]
    public void A_correlation_has_them_too_and_a_rule_with_responses_decides_though_a_correlation_looks_at_it()
    {
        const string many = "---\ntitle: Many\nname: many\ncorrelation: {type: event_count, rules: [x], group-by: [account], timespan: 5m, condition: {gte: 2}}\n"
            + "policyengine: {then: label account as suspect for 1h, stage: enforce}\n";
        var silent = Model(("x.yml", Rule + many), ("map.yml", Mapping), ("house.policy", House));
        Assert.Equal(["many"], silent.Rules.Select(r => r.Name));
        var loud = Model(("x.yml", Rule + "policyengine: {then: observe}\n" + many), ("map.yml", Mapping), ("house.policy", House));
        Assert.Equal(["many", "x"], loud.Rules.Select(r => r.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_log_source_without_events_is_said_once()
    {
        var other = Rule.Replace("category: login", "category: cart", StringComparison.Ordinal);
        var found = Compile(("a.yml", Rule), ("b.yml", other), ("c.yml", Rule), ("d.yml", Rule), ("map.yml", "logsources: []\notherwise: report\n")).Diagnostics;
        Assert.Equal(
            ["a.yml P6011 not in the mapping; 2 more of this log source", "b.yml P6011 not in the mapping"],
            found.Select(d => $"{d.Span.Source!.Path} {d.Code} {d.Label}"));
    }

    [Theory]
    [InlineData("policyengine: {stag: enforce}\n", "a.yml:8:16 P5103")]
    [InlineData("policyengine: {stage: enforced}\n", "a.yml:8:23 P1")]
    [InlineData("policyengine: {then: 'suspend user'}\n", "a.yml:8:23 P2")]
    [InlineData("policyengine: enforce\n", "a.yml:8:15 P6002")]
    [InlineData("policyengine: {tests: [{test: x}]}\n", "a.yml:8:25 P5104")]
    public void Mistakes_under_it_have_their_place(string own, string expected)
    {
        var found = Compile(("a.yml", Rule + own)).Diagnostics;
        var first = found[0].Span.Source!.Position(found[0].Span.Start);
        Assert.StartsWith(expected, $"{found[0].Span.Source!.Path}:{first.Line}:{first.Column} {found[0].Code}", StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_in_one_rule_leaves_the_others_their_places()
    {
        var files = new[] { ("a.yml", Rule), ("b.yml", Rule.Replace("condition: s", "condition: t", StringComparison.Ordinal)), ("c.yml", "title: [\ndetection: x\n") };
        var found = Compile(files).Diagnostics;
        Assert.Equal(["b.yml:7:14 P6004", "c.yml:1:8 P5004"], found.Select(d => $"{d.Span.Source!.Path}:{d.Span.Source.Position(d.Span.Start).Line}:{d.Span.Source.Position(d.Span.Start).Column} {d.Code}"));
    }

    [Theory]
    [InlineData("detection: x", "rule.yml", true)]
    [InlineData("title: a\r\ndetection:\r\n", "rule.yaml", true)]
    [InlineData("title: a\ncorrelation:\n", "rule.yml", true)]
    [InlineData("logsources: []", "map.yml", true)]
    [InlineData("services:\n  detection: x", "compose.yml", false)]
    [InlineData("detection: x", "notes.txt", false)]
    public void Sigma_is_known_by_its_keys(string text, string path, bool sigma) => Assert.Equal(sigma, SigmaFiles.IsSigma(path, text));

    [Fact]
    public void No_rule_makes_the_compiler_throw()
    {
        string[] pieces =
        [
            "detection:", "condition:", " s:", " F|contains:", " F|re|i:", "correlation:", " type: event_count", " rules: [a]", "filter:", "\n", "\n  ",
            " s", " 1 of", " and", " (", " not", " '%x%'", " a*b", " [", "]", " {", "}", "|", ":", "logsource: {product: p}", "---\n", "name: a", " null", " \\", " |count() > 5",
        ];
        Gen.Int[0, pieces.Length - 1].Array[1, 24].Sample(parts =>
        {
            var text = "detection:\n" + string.Concat(parts.Select(p => pieces[p]));
            foreach (var diagnostic in Compile(("a.yml", text)).Diagnostics) Assert.InRange(diagnostic.Span.End, diagnostic.Span.Start, text.Length);
        }, iter: 2_000);
    }

    private static PolicyModel Model(params (string Path, string Text)[] files)
    {
        var result = Compile(files);
        Assert.Empty(result.Diagnostics.Where(d => d.Severity == Severity.Error).Select(DiagnosticRenderer.Concise));
        return result.Model!;
    }

    private static CompilationResult Compile(params (string Path, string Text)[] files) =>
        PolicyCompilation.Compile([.. files.Select(f => new SourceText(f.Path, f.Text))]);
}
