using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Import;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Tests.Import;

public sealed class PantherTestsTests
{
    private const string Rule = """
        AnalysisType: rule
        RuleID: "Shop.Login"
        LogTypes: [Shop.Audit, Shop.Login]
        Severity: Info
        Tests:

        """;

    [Theory]
    [InlineData("{Name: a, ExpectedResult: true, Mocks: [{objectName: f, returnValue: x}], Log: {p_log_type: Shop.Audit}}", 6, "mocks")]
    [InlineData("{Name: a, ExpectedResult: true, Resource: {x: 1}}", 6, "`Log`")]
    [InlineData("{Name: a, Log: {p_log_type: Shop.Audit}}", 6, "ExpectedResult")]
    [InlineData("{Name: a, ExpectedResult: true, Log: {x: 1}}", 6, "`LogTypes`")]
    [InlineData("a", 6, "mapping")]
    public void What_cannot_be_said_is_left_out_with_its_place_and_reason(string test, int line, string reason)
    {
        var made = Read($"{Rule}  - {test}\n");
        var left = Assert.Single(made.LeftOut);
        Assert.Equal((1, 0, line), (made.Found, made.Imported, left.Place.Source!.Position(left.Place.Start).Line));
        Assert.Contains(reason, left.Why, StringComparison.Ordinal);
        Assert.Empty(made.Files);
    }

    [Theory]
    [InlineData("{p_log_type: Shop.Audit, n: 5, t: True, s: 'true', e: '', z: null, o: {}, l: []}", "p_log_type: \"Shop.Audit\", n: \"5\", t: \"true\", s: \"true\", e: \"\"")]
    [InlineData("{p_log_type: Shop.Audit, a: {b: {c: 1}, d: null}}", "p_log_type: \"Shop.Audit\", a: { b: { c: \"1\" } }")]
    [InlineData("{p_log_type: Shop.Audit, source: x, in: y, a-b: z}", "p_log_type: \"Shop.Audit\", `field source`: \"x\", `in`: \"y\", `a-b`: \"z\"")]
    [InlineData("{p_log_type: Shop.Audit, id: x, a.b: y, l: [1, [2], {c: 3}]}", "p_log_type: \"Shop.Audit\"")]
    public void Values_are_given_by_their_texts(string log, string record)
    {
        var made = Read($"{Rule}  - {{Name: a, ExpectedResult: false, Log: {log}}}\n");
        Assert.Contains($"  given shop_audit {{ {record} }}\n  expect no shop_login\n", made.Files[1].Text, StringComparison.Ordinal);
        var result = PolicyCompilation.Compile([.. made.Files.Select((f, i) => new SourceText($"{i}.policy", f.Text))]);
        Assert.Empty(result.Diagnostics.Where(d => d.Severity == Severity.Error).Select(DiagnosticRenderer.Concise));
    }

    [Fact]
    public void A_rule_is_not_called_as_an_event()
    {
        var made = Read($"{Rule}  - {{ExpectedResult: true, Log: {{p_log_type: Shop.Login}}}}\n");
        Assert.Contains("rule shop_login_2\n  on each shop_login\n", made.Files[1].Text, StringComparison.Ordinal);
    }

    private static ImportedPack Read(string text) => PantherTests.Read([new SourceText("r.yml", text)], "p", yaml: false);
}
