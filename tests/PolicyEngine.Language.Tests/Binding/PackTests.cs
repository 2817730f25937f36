using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Tests.Binding;

public sealed class PackTests
{
    private const string Platform = """
        pack platform owner "p"
        entity account
        event login { account: account  n: integer }
        label bot of account
        measure logins = count of login per account over 1h
        responses { suspend account for duration? }
        rule busy on login per account when logins > 60 then suspend account for 1h because "busy"
        """;

    private static CompilationResult Compile(params (string Path, string Text)[] files) =>
        PolicyCompilation.Compile([.. files.Select(f => new SourceText(f.Path, f.Text))]);

    private static IEnumerable<string> Errors(CompilationResult result) =>
        result.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => $"{d.Code} {d.Span.Text}");

    [Fact]
    public void A_used_pack_lends_its_events_measures_and_responses()
    {
        var result = Compile(("p/p.policy", Platform),
            ("s/s.policy", "pack shop use platform extend login { high = n > 3 } rule r on login per account when logins > 5 and high then suspend account for 1d"));
        Assert.Empty(Errors(result));
        Assert.Equal(["platform", "shop"], result.Model!.Packs.Select(p => p.Name));
    }

    [Fact]
    public void What_an_extend_adds_is_seen_by_the_packs_that_use_it_and_no_others()
    {
        const string Extending = "pack extra use platform extend login { high = n > 3 }";
        Assert.Empty(Errors(Compile(("p.policy", Platform), ("m.policy", Extending), ("s.policy", "pack shop use platform use extra rule r on each login when high then observe"))));
        Assert.Equal(["P2003 high"], Errors(Compile(("p.policy", Platform), ("m.policy", Extending), ("s.policy", "pack shop use platform rule r on each login when high then observe"))));
    }

    [Fact]
    public void Using_is_not_handed_on()
    {
        var result = Compile(("p.policy", Platform), ("m.policy", "pack middle use platform"), ("s.policy", "pack shop use middle rule r on each login then observe"));
        Assert.Equal(["P2002 login"], Errors(result));
    }

    [Fact]
    public void A_name_of_two_packs_is_an_error_where_it_is_used()
    {
        const string Own = "pack shop use platform measure logins = count of login over 1h rule r on login per account when logins > 5 then observe";
        Assert.Equal(["P2004 logins"], Errors(Compile(("p.policy", Platform), ("s.policy", Own))));
        Assert.Empty(Errors(Compile(("p.policy", Platform), ("s.policy", Own.Replace("when logins", "when shop.logins", StringComparison.Ordinal)))));
    }

    [Fact]
    public void A_file_without_a_pack_belongs_to_the_one_of_its_folder()
    {
        var result = Compile(("p/p.policy", Platform), ("p/tests.policy", "test \"t\" given login { account: \"a\", n: 1 } expect no busy"));
        Assert.Empty(Errors(result));
        Assert.Single(result.Model!.Packs.Single().Tests);
        Assert.Equal(["P2601 "], Errors(Compile(("p/p.policy", Platform), ("q/tests.policy", "entity other"))));
    }

    [Fact]
    public void An_exception_from_another_pack_says_whose_it_is()
    {
        var result = Compile(("p.policy", Platform),
            ("s.policy", "pack shop use platform except for busy when n = 1 until 2027-03-31 because \"a pilot\""));
        Assert.Empty(Errors(result));
        var exception = Assert.Single(result.Model!.Rules.Single().Exceptions);
        Assert.Equal("shop", exception.FromPack);
        Assert.Equal("a pilot", exception.Because);
    }

    [Theory]
    [InlineData("rule r on each login then observe", true)]
    [InlineData("-- policy: allow P4107, P4109 because \"short\"\nrule r on each login then observe", false)]
    [InlineData("-- policy: allow P4107, P4109 because \"short\"\n-- and more words\nrule r on each login then observe", false)]
    [InlineData("rule r on each login then observe -- policy: allow P4107, P4109 because \"short\"", false)]
    [InlineData("-- policy: allow P4107, P4109 because \"short\"\n\nrule r on each login then observe", true)]
    [InlineData("-- policy: allow P4107 because \"short\"\nrule r on each login then observe", true)]
    public void Warnings_are_silenced_with_a_reason(string rule, bool warned)
    {
        var result = Compile(("a.policy", "pack p owner \"o\" entity account event login { account: account }\n" + rule));
        Assert.Equal(warned, result.Diagnostics.Any());
    }

    [Fact]
    public void A_text_file_has_an_entry_a_line()
    {
        var result = ListFileReader.Parse(new SourceText("l.txt", "# ports\n80\r\n\n -- more\n 443 \nabc\n"), PolicyType.Integer);
        Assert.Equal([80L, 443L], result.Entries.Select(e => e.Value.Value));
        var wrong = Assert.Single(result.Diagnostics);
        Assert.Equal(("P2504", "abc", (6, 1)), (wrong.Code, wrong.Span.Text, wrong.Span.Source!.Position(wrong.Span.Start)));
    }

    [Fact]
    public void A_table_has_headings_and_facts_beside_its_entries()
    {
        const string Table = "domain,source,note,expires,confidence\n\"a,b\"\"c\",feed,x,2027-01-01,high\nplain\n,empty\nlate,,,2027-01-01T09:00:00Z,\n";
        var result = ListFileReader.Parse(new SourceText("l.csv", Table), PolicyType.Text);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(["a,b\"c", "plain", "late"], result.Entries.Select(e => e.Value.Value));
        Assert.Equal(("feed", "high", 1_798_761_600_000), (result.Entries[0].Source, result.Entries[0].Confidence, result.Entries[0].Expires));
        Assert.Null(result.Entries[1].Expires);
        Assert.Equal(1_798_794_000_000, result.Entries[2].Expires);
    }

    private const string Bundle = """
        { "type": "bundle", "objects": [
          { "type": "identity", "id": "identity--1", "name": "Feed" },
          { "type": "indicator", "id": "indicator--1", "name": "scanner", "created_by_ref": "identity--1", "pattern_type": "stix", "confidence": 85,
            "valid_until": "2027-01-01T00:00:00Z", "pattern": "[ipv4-addr:value = '192.0.2.0/24' OR ipv6-addr:value='2001:db8::1'] OR [domain-name:value = 'it\\'s.example']" },
          { "type": "indicator", "id": "indicator--2", "pattern": "[url:value = 'http://a.example/x']" },
          { "type": "indicator", "id": "indicator--3", "revoked": true, "pattern": "[ipv4-addr:value = '198.51.100.1']" },
          { "type": "indicator", "id": "indicator--4", "pattern": "[ipv4-addr:value = '203.0.113.1' AND url:value = 'y']" },
          { "type": "indicator", "id": "indicator--5", "pattern_type": "yara", "pattern": "rule r {}" }
        ] }
        """;

    [Fact]
    public void A_bundle_gives_the_values_of_its_indicators_by_the_type_of_the_list()
    {
        var ranges = ListFileReader.Parse(new SourceText("l.json", Bundle), new PolicyType(TypeKind.Cidr));
        Assert.Equal(["192.0.2.0/24", "2001:db8::1/128"], ranges.Entries.Select(e => e.Value.Value.ToString()!));
        Assert.All(ranges.Entries, e => Assert.Equal(("Feed: scanner", "85", 1_798_761_600_000), (e.Source, e.Confidence, e.Expires)));
        Assert.Equal([("P2508", 7), ("P2508", 8)], ranges.Diagnostics.Select(d => (d.Code, d.Span.Source!.Position(d.Span.Start).Line)));
        var texts = ListFileReader.Parse(new SourceText("l.json", Bundle), PolicyType.Text);
        Assert.Equal([("it's.example", "Feed: scanner"), ("http://a.example/x", "indicator--2")], texts.Entries.Select(e => ((string)e.Value.Value, e.Source!)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{ \"objects\": 1 }")]
    [InlineData("{ \"objects\": [")]
    public void What_is_no_bundle_is_an_error(string text) =>
        Assert.Equal("P2507", Assert.Single(ListFileReader.Parse(new SourceText("l.json", text), PolicyType.Text).Diagnostics).Code);
}
