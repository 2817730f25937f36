using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Tests.Binding;

/// <summary>Rules made from recipes are rules like any other, with measures of their own.</summary>
public sealed class RecipeTests
{
    private const string Basis = """
        pack p owner "o"
        entity account
        event follow { account: account  subject: account  limit: integer? }
        event login { account: account }
        label bot of account
        label busy of account
        let quick = 10m
        measure logins_1h = count of login per account over 1h
        recipe burst(source: event, span: duration, limit: integer, mark: label, who: account) {
          measure seen = count of source per who over span
          on source per who
          when seen >= limit and logins_1h(who) < 5
          then label who as mark for 24h
          because "{seen} in {span}, not {limit}"
          once in 24h
          severity low
          owner "recipes"
        }

        """;

    private static PolicyModel Bind(string text, string more = "")
    {
        var result = Example.Compile(Basis + text + more);
        Assert.Empty(result.Diagnostics.Where(d => d.Severity == Severity.Error).Select(DiagnosticRenderer.Concise));
        return result.Model!;
    }

    [Fact]
    public void Parameters_mean_the_arguments_and_measures_are_named_for_their_rule()
    {
        var model = Bind("rule fast from burst(follow, quick, 300, bot, subject) severity high\nrule slow from burst(login, 6h, 500, busy, account)");
        Assert.Equal(["logins_1h", "fast.seen", "slow.seen"], model.Measures.Select(m => m.Name));
        var (fast, slow) = (model.Rules.First(), model.Rules.Last());
        var (seenFast, seenSlow) = (model.Measures.ElementAt(1), model.Measures.ElementAt(2));
        Assert.Equal(("follow", 600_000, "subject"), (seenFast.Sources.Single().Name, seenFast.Window.Length, seenFast.Keys.Single().Text));
        Assert.Equal(("login", 21_600_000, "account"), (seenSlow.Sources.Single().Name, seenSlow.Window.Length, seenSlow.Keys.Single().Text));
        Assert.Equal("subject", Assert.IsType<KeyedTrigger>(fast.Trigger).Keys.Single().Text);
        var comparison = Assert.IsType<ComparisonExpression>(fast.When[0].Condition);
        Assert.Same(seenFast, Assert.IsType<MeasureRead>(comparison.Left).Measure);
        Assert.Equal(300L, Assert.IsType<LiteralExpression>(comparison.Right).Value);
        Assert.Equal("subject", Assert.IsType<FieldRead>(Assert.IsType<MeasureRead>(Assert.IsType<ComparisonExpression>(fast.When[1].Condition).Left).Keys[0]).Name);
        Assert.Equal(("bot", "busy"), (((LabelAct)fast.Actions[0].Act).Label.Name, ((LabelAct)slow.Actions[0].Act).Label.Name));
        Assert.IsType<MeasureRead>(fast.Because!.Parts[0].Hole);
        Assert.Equal(600_000L, Assert.IsType<LiteralExpression>(fast.Because.Parts[2].Hole).Value);
        Assert.Equal(300L, Assert.IsType<LiteralExpression>(fast.Because.Parts[4].Hole).Value);
    }

    [Fact]
    public void What_the_rule_says_stands_in_the_place_of_what_the_recipe_says()
    {
        var rule = Bind("rule r from burst(login, 6h, 500, busy, account) once in 1h severity high").Rules.Single();
        Assert.Equal((3_600_000, "high", "recipes"), ((int)rule.Once!, rule.Metadata.Severity, rule.Metadata.Owner));
    }

    [Fact]
    public void Recipes_of_a_used_pack_can_be_used()
    {
        const string Other = "\n-- file: other.policy\npack q owner \"o\"\nuse p\nlabel mine of account\nrule r from p.burst(login, 6h, 500, mine, account)\n";
        Assert.Equal(["q.r.seen"], Bind("", Other).Packs.Single(p => p.Name == "q").Measures.Select(m => m.QualifiedName));
    }

    [Fact]
    public void A_rule_from_a_recipe_is_an_event_like_any_other()
    {
        var model = Bind("rule r from burst(login, 6h, 500, busy, account)\nrule s on r per account followed by r as second within 1d then observe");
        Assert.Equal(["login"], model.Rules.Single(r => r.Name == "s").Underlying.Select(e => e.Name));
    }

    [Theory]
    [InlineData("rule r from burst(login, 6h, 500, busy)", "P2802 burst")]
    [InlineData("rule r from bust(login, 6h, 500, busy, account)", "P2801 bust")]
    [InlineData("rule r from burst(logn, 6h, 500, busy, account)", "P2001 logn")]
    [InlineData("rule r from burst(\"x\", 6h, 500, busy, account)", "P2803 \"x\"")]
    [InlineData("rule r from burst(login, 6h, 500, 5, account)", "P2803 5")]
    [InlineData("rule r from burst(login, 6, 500, busy, account)", "P2803 6")]
    [InlineData("rule r from burst(login, logins_1h, 500, busy, account)", "P2209 logins_1h")]
    [InlineData("recipe one(a: integer, a: integer) { on each login then observe }", "P2014 a")]
    [InlineData("recipe burst(a: integer) { on each login then observe }", "P2014 burst")]
    [InlineData("rule r from burst(login, 6h, 500, busy, object)", "P2203 who")]
    public void A_mistake_is_told_where_it_is(string text, string expected)
    {
        var errors = Example.Compile(Basis + text).Diagnostics.Where(d => d.Severity == Severity.Error);
        Assert.Equal(expected, errors.Select(e => $"{e.Code} {e.Span.Text}").First());
    }
}
